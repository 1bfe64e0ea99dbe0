"""Saved pages of an old site to pages of this one."""
