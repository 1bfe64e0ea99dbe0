"""Reports on an ``Archive`` for the public body itself: withheld files, the ledger, review forms, the audit.

No report is part of the site, and none may be written into it (requirements ATTR-08).
"""
