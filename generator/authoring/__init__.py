"""authoring: files that a webmaster begins with. Nothing that exists is ever overwritten."""
