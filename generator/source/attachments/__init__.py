"""Checks the files that are published beside the pages for content that must not be public."""
