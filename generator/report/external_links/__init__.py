"""Check whether the addresses outside the site to which it links can be opened. Never part of a build."""
