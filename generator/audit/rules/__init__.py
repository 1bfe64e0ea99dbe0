"""The rules, one family a file; the letter of its rule ids comes first in the name of a file."""
