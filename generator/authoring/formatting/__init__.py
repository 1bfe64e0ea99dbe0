"""``gongkai fmt``: tidy source files without changing a word."""
