"""A Word file as gongkai reads it to import it: blocks of words, tables and pictures, and what was left out."""
