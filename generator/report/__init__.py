"""report: an ``Archive`` → what stays with the public body: what is held back, the ledger, review forms.

Nothing here is part of the site, and nothing here may be written into it (requirements ATTR-08).
"""
