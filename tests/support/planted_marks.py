"""Words that are planted in what is not public, and the ways of not being public."""

import gzip

from support.project import AS_OF

WORD, NAME = "龘", "xqzleak"  # stand nowhere but in what is not public; each survives any cutting
MARKS = tuple(mark.encode() for mark in (WORD, NAME, "2099-", "2099年"))
HIDDEN: dict[str, object] = {
    "disclosure": "withheld",
    "withhold_class": "N03",
    "withhold_note": f"理由{WORD}",
    "review_on": "2099-11-11",
}
UNSEEN: dict[str, dict[str, object]] = {
    "withheld": HIDDEN,
    "on request": {**HIDDEN, "disclosure": "on_request"},
    "next year": {"date_published": "2099-05-08"},
    "tomorrow": {"date_published": "2026-11-22"},
    "in a minute": {"date_published": f"{AS_OF} 09:01"},
}


def shown(data: bytes) -> bytes:
    """Return what a file holds: unpacked where it is packed, in small letters."""
    if data.startswith(b"\x1f\x8b"):
        data += gzip.decompress(data)
    return data.lower()
