"""The rules; the name of each file begins with the letter of its rule ids."""
