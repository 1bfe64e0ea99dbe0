"""The search index: Pagefind bundles and a table of all documents."""
