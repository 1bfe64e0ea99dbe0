"""source: one file → one ``Page``, and the cache of what parsing made."""
