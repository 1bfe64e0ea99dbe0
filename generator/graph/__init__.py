"""graph: all pages and a day → one frozen ``Archive``, and through the gate the public ``Site``."""
