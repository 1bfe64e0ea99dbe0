"""``gongkai mask``: mask the personal data in a text, and list what was masked."""

from collections import Counter

from generator.domain.model import MatchKind
from generator.domain.privacy import mask_text
from generator.source.attachments.office.plaintext import decoded

_BINARY = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")


def is_text(data: bytes) -> bool:
    """Whether bytes are a text rather than an office file or a picture."""
    return not data.startswith(_BINARY) and (b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff")))


def mask_bytes(data: bytes) -> tuple[str, list[str]]:
    """Return a text in any usual encoding with personal data masked, and a Chinese line on each match."""
    text = decoded(data)
    masked_text, matches = mask_text(text)
    counts: Counter[tuple[int, str]] = Counter()
    line, position = 1, 0
    for match in matches:
        line += text.count("\n", position, match.start)
        position = match.start
        if match.kind is MatchKind.SECRECY:
            counts[line, f"有密级或内部标志“{match.masked}”，没有改动：先交保密审查"] += 1
        elif match.kind is MatchKind.NAME_LIST:
            counts[line, f"是人员名单的表头（{match.masked}），没有改动：删去不必公示的列"] += 1
        else:
            counts[line, f"遮盖{match.kind.label} {match.masked}"] += 1
    return masked_text, [
        f"第 {number} 行：{label}" + (f"（{count} 处）" if count > 1 else "")
        for (number, label), count in counts.items()
    ]
