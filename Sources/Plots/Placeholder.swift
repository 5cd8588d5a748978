// The first file of this target; replaced as it grows.
