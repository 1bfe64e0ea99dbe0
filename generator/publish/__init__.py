"""publish: turns a ``Site`` into files. It never sees the ``Archive``, so no document that is not public."""
