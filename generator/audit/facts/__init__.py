"""What rules ask of a document and that is no finding yet."""
