"""The pages: one maker for each kind of page, which gives plain data to the templates."""
