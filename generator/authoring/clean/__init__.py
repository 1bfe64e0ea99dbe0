"""Clean copies of Word, Excel and PowerPoint files, without residual metadata."""
