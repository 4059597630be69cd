"""The doors to WeasyPrint: every patch of it and every private name that is used, each in a file of its own."""
