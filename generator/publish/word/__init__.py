"""Policies as Word files: a template of the theme, filled with what the page of a document shows."""
