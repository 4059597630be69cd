"""Parts of HTML made into pages, and pages into one PDF."""
