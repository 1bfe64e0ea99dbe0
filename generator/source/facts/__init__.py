"""Facts that are read from a text: citations, parts, tables, stated limits."""
