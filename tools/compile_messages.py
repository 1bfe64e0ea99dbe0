"""Compile ``generator/cli/locale/…/click.po``, the Chinese translation of click's messages, to a ``.mo`` file.

Run it after changing the ``.po`` file; a test compares the two.
"""

import ast
import re
import struct
from pathlib import Path

CATALOGUE = Path(__file__).parents[1] / "generator" / "cli" / "locale" / "zh_CN" / "LC_MESSAGES" / "click.po"
_MAGIC = 0x950412DE
_HEADER_SIZE = 28
_ENTRY = re.compile(
    r'^msgid (?P<one>".*"(?:\n".*")*)\n(?:msgid_plural (?P<many>".*")\n)?msgstr(?:\[0\])? (?P<text>".*"(?:\n".*")*)',
    re.MULTILINE,
)


def messages(po: str) -> dict[str, str]:
    """Return the translations of a ``.po`` text by message; the key of a plural is both forms, separated by NUL."""
    translations = {}
    for entry in _ENTRY.finditer(po):
        singular, plural, text = (
            ast.literal_eval(f"({part})") if part else "" for part in entry.group("one", "many", "text")
        )
        translations[f"{singular}\0{plural}" if plural else singular] = text
    return translations


def compiled(po: str) -> bytes:
    """Return the GNU ``.mo`` file of a ``.po`` text: a header, two tables of lengths and offsets, the strings."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages(po).items())
    tables, strings = bytearray(), bytearray()
    offset = _HEADER_SIZE + 16 * len(pairs)
    for side in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[side]), offset + len(strings))
            strings += pair[side] + b"\0"
    header = struct.pack(
        "<7I", _MAGIC, 0, len(pairs), _HEADER_SIZE, _HEADER_SIZE + 8 * len(pairs), 0, _HEADER_SIZE + 16 * len(pairs)
    )
    return header + tables + strings


if __name__ == "__main__":
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(CATALOGUE.read_text(encoding="utf-8")))
