"""Hostile programs: `inputs` writes them, `trial` runs one and says what is wrong with how it ended."""
