"""A built site checked from its files alone (contract sections 1 and 5): it knows what the output promises, no source.

What stands here shares nothing with the program that builds but the vocabulary, so a mistake there
is not made here again.
"""
