"""publish: a ``Site`` → files. Nothing in here can see a document that is not public."""
