"""Scans attachments: their text for the rules about personal data, and residual metadata.

Time and memory are limited for every file: bytes unpacked, members, pages and nesting have limits, and whatever
a library raises becomes an ``Unreadable`` part (requirements SAFE-03, SAFE-13).
"""

from generator.source.attachments.office.scan import scan_attachment

__all__ = ["scan_attachment"]
