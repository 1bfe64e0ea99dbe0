"""Verify a built site from its files alone (contract sections 1 and 5), without its sources.

This package shares nothing with the code that builds but the vocabulary, so that a mistake there
is not repeated here.
"""
