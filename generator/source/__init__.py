"""source: turns each source file into a ``Page`` and caches the result."""
