"""What the text of an imported file states of its own fields, offered for a person to check."""
