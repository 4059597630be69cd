"""Never run: only the file must be there."""
