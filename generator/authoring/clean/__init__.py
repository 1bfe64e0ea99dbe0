"""Copies of Word, Excel and PowerPoint files without traces of their making."""
