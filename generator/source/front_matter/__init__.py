"""Front matter: a text to fields with their lines."""
