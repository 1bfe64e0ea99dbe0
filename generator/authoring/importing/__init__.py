"""Word files to pages."""
