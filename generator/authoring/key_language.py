"""The language of the keys in front matter: Chinese or English, as most files of a site have them."""

import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from generator.domain.vocabulary import FIELDS, field_key, label_of

_FRONT_END = re.compile(r"^---\s*$", re.MULTILINE)
_KEY = re.compile(r"^([^\s:#\-][^\s:#]*)[ \t]*:(?:\s|\Z)", re.MULTILINE)
_MOST_FRONT = 20_000  # characters


class KeyLanguage(Enum):
    """The language in which keys are written; the value is how an option names it."""

    CHINESE = "zh"
    ENGLISH = "en"

    @property
    def name_of(self) -> Callable[[str], str]:
        """The function that gives the name of a field in this language."""
        return label_of if self is KeyLanguage.CHINESE else str


def language_of_site(project: Path) -> KeyLanguage:
    """Return the language that most files of a site use, by most of their keys; English where no file says."""
    votes = sum(_vote(place) for place in sorted((project / "content").rglob("*.md")))
    return KeyLanguage.CHINESE if votes > 0 else KeyLanguage.ENGLISH


def _vote(place: Path) -> int:
    """Return 1 for a file with mostly Chinese keys, -1 for one with mostly English ones, 0 for neither."""
    try:
        with place.open(encoding="utf-8-sig", errors="replace") as file:
            parts = _FRONT_END.split(file.read(_MOST_FRONT), maxsplit=2)
    except OSError:
        return 0
    keys = [key for key in _KEY.findall(parts[1] if len(parts) > 2 else "") if field_key(key)]
    english = sum(key in FIELDS for key in keys)
    chinese = len(keys) - english
    return (chinese > english) - (english > chinese)
