"""One folder for each medium."""
