"""Draws what Nordre Verk makes."""
