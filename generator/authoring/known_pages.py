"""What a new page must know of the pages that a site has: which ids are taken, which policy has a title.

Read from the first lines of every file, quickly: what is wrong in these is for the check to report.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.domain.vocabulary import FIELDS, Kind

_FRONT_END = re.compile(r"^---\s*$", re.MULTILINE)
_MOST_FRONT = 20_000  # characters


class KnownPage(NamedTuple):
    """A page of the site: its id, its title, its 文号, and whether it is among the policies."""

    id: str
    title: str
    doc_number: str
    is_policy: bool


def known_pages(project: Path) -> Iterator[KnownPage]:
    """Yield the pages of a site, in the order of their paths."""
    content = project / "content"
    for place in sorted(content.rglob("*.md")):
        try:
            with place.open(encoding="utf-8-sig", errors="replace") as file:
                parts = _FRONT_END.split(file.read(_MOST_FRONT), maxsplit=2)
        except OSError:
            continue
        front = parts[1] if len(parts) > 2 else ""
        kind = Kind.parse(_value_of(front, "kind"))  # goes before the folder, as in content/drafts/
        is_policy = (kind.folder if kind else place.relative_to(content).parts[0]) == Kind.POLICY.folder
        yield KnownPage(
            _value_of(front, "id") or place.stem, _value_of(front, "title"), _value_of(front, "doc_number"), is_policy
        )


def _value_of(front: str, key: str) -> str:
    """Return the value of a field on one line of its own, in either language."""
    names = "|".join(map(re.escape, (key, FIELDS[key].label, *FIELDS[key].aliases)))
    match = re.search(rf"^(?:{names})[ \t]{{0,20}}:[ \t](.+)$", front, re.MULTILINE)
    value = re.split(r"(?<!\s)\s+#", match[1].strip(), maxsplit=1)[0].strip() if match else ""
    return value[1:-1] if value[:1] in {"'", '"'} and value[-1:] == value[:1] else value
