"""The search index: the fields of all documents, and the full text."""
