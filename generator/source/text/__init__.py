"""The text of a page: Markdown to HTML and its outline."""
