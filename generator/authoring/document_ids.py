"""Ids of new documents: an id is the address, so none may look like the 文号 of another document.

An id ends in ``-YYYY-N`` only where that is the year and the number of the document's own 文号.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from generator.authoring.importing.known_pages import known_pages
from generator.domain.doc_numbers import parts_of
from generator.domain.vocabulary import Kind

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LIKE_A_NUMBER = re.compile(r"(?:\A|[-_.])(\d{4})[-_.]0*(\d+)\Z")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def id_of_number(doc_number: str, prefixes: Mapping[str, str]) -> str:
    """Return the id that the 机关代字 of a 文号 gives, ``""`` where the config has no prefix for it.

    >>> id_of_number("云溪人社规〔2026〕2号", {"云溪人社规": "yrsg"})
    'yrsg-2026-2'
    """
    parts = parts_of(doc_number)
    prefix = prefixes.get("".join(parts.code.split()), "") if parts else ""
    return "-".join(part for part in (prefix, parts.year, parts.ordinal) if part) if parts and prefix else ""


def looks_like_another_number(document_id: str, doc_number: str) -> bool:
    """Whether an id ends in a year and a number that are not those of its own 文号.

    >>> looks_like_another_number("policy-2026-3", "云溪人社发〔2026〕2号")
    True
    """
    match = _LIKE_A_NUMBER.search(document_id)
    parts = parts_of(doc_number)
    return bool(match) and not (parts and match and (parts.year, parts.ordinal) == (match[1], str(int(match[2]))))


def free_id(
    project: Path,
    kind: Kind,
    day: dt.date,
    *,
    doc_number: str = "",
    prefixes: Mapping[str, str] | None = None,
    name: str = "",
) -> str:
    """Return an id that no page of a site has.

    It is the prefix of the 机关代字 with year and number of the 文号; else the file's ``name`` where that can be an id
    and does not look like another 文号; else the kind with ``day``. Letters tell those of one day apart.
    """
    used = used_ids(project)
    preferred = id_of_number(doc_number, prefixes or {})
    if not preferred and ID.fullmatch(name) and not looks_like_another_number(name, doc_number):
        return name  # a second file of the same name is refused, not renamed
    return next(one for one in _candidates(preferred or f"{kind.value}-{day:%Y%m%d}") if one.casefold() not in used)


def _candidates(first: str) -> Iterator[str]:
    yield first
    for length in count(1):
        letters = [_LETTERS] * length
        yield from (f"{first}-{suffix}" for suffix in _words(letters) if suffix != "a")


def _words(letters: list[str]) -> Iterator[str]:
    if not letters:
        yield ""
        return
    for head in letters[0]:
        yield from (head + tail for tail in _words(letters[1:]))


def used_ids(project: Path) -> set[str]:
    """Return the ids of a site and the names of its files, in small letters: case alone does not part two."""
    stems = (place.stem for place in (project / "content").rglob("*.md"))
    return {name.casefold() for name in (*stems, *(one.id for one in known_pages(project)))}


def day_of(text: str) -> dt.date | None:
    """Return the day at the beginning of a value, ``None`` where it has none."""
    match = _DAY.match(text)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
