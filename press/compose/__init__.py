"""A report and an edition made into HTML in parts."""
