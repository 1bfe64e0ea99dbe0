"""The pages: one maker a page kind, plain data to templates."""
