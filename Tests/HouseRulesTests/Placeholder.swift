// Checks of the sources.
