"""What is put into a text when its page is written: links, clause marks, differences."""
