"""links: whether what the site leads to outside itself can still be opened. Never part of a build."""
