"""What programs read: the API, feeds, metadata, tables."""
