"""The formats for programs: API, feeds, metadata, tables."""
