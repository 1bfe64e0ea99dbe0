"""OpenDocument texts (odt) to blocks."""
