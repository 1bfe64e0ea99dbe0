"""authoring: creates the files that a webmaster starts from. Existing files are never overwritten."""
