"""Helpers for tests; ``pythonpath`` in pyproject.toml makes this package importable as ``support``."""
