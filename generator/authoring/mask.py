"""``gongkai mask``: a passage with its personal data masked, and what was masked in it."""

from collections import Counter

from generator.domain.model import MatchKind
from generator.domain.privacy import mask_text
from generator.source.attachments.office.plaintext import decoded

_BINARY = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")


def is_text(data: bytes) -> bool:
    """Whether bytes are a text, and no office file or picture."""
    return not data.startswith(_BINARY) and (b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff")))


def mask_bytes(data: bytes) -> tuple[str, list[str]]:
    """Return a text in any usual encoding masked, and a line for a person on each thing found in it."""
    text = decoded(data)
    result, pieces = mask_text(text)
    counts: Counter[tuple[int, str]] = Counter()
    line, position = 1, 0
    for piece in pieces:
        line += text.count("\n", position, piece.start)
        position = piece.start
        if piece.kind is MatchKind.SECRECY:
            counts[line, f"有密级或内部标志“{piece.masked}”，没有改动：先交保密审查"] += 1
        elif piece.kind is MatchKind.NAME_LIST:
            counts[line, f"是人员名单的表头（{piece.masked}），没有改动：删去不必公示的列"] += 1
        else:
            counts[line, f"遮盖{piece.kind.label} {piece.masked}"] += 1
    return result, [
        f"第 {number} 行：{label}" + (f"（{count} 处）" if count > 1 else "")
        for (number, label), count in counts.items()
    ]
