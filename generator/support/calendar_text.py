"""Calendars as RFC 5545 writes them: escaped values, folded lines. The same events give the same bytes."""

import re
from collections.abc import Iterable

_LINE_BYTES = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar_bytes(name: str, event_lines: Iterable[str]) -> bytes:
    """Return a calendar with a name; ``event_lines`` are the lines of its events in their order, unfolded."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongkai//calendar//ZH", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    return "".join(f"{folded(line)}\r\n" for line in (*lines, *event_lines, "END:VCALENDAR")).encode()


def escaped(text: str) -> str:
    """Return a text value: backslash, semicolon, comma and line breaks are escaped (RFC 5545, 3.3.11)."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which cuts a character (RFC 5545, 3.1)."""
    pieces: list[str] = []
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece])
