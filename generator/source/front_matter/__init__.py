"""Reads front matter into fields with their line numbers."""
