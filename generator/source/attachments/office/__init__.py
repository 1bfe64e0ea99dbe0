"""What stands inside an attachment: its text for the rules about personal data, and the traces of its making.

Bounded in time and memory whatever the file is: bytes unpacked, members, pages and nesting have their
limits, and whatever a library raises becomes a word about the file (requirements SAFE-03, SAFE-13).
"""

from generator.source.attachments.office.look import scan_attachment

__all__ = ["scan_attachment"]
