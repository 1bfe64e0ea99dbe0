"""The preview of ``gongkai serve``: the site as it is built, its drafts, and the browser editor."""
