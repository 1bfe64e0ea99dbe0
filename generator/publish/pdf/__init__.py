"""Policies as PDF files, an optional extra: a template of the theme, laid out by WeasyPrint."""
