"""graph: builds the ``Archive`` from all pages at a day, and through the gate the public ``Site``."""
