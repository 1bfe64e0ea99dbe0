"""The acts outside a site on which rules and texts rest: from when, until when, and what came after (``laws.yaml``)."""

import datetime as dt
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.domain.numerals import ORDINAL

LAWS_FILE = Path(__file__).with_name("laws.yaml")
_ARTICLE = re.compile(rf"第{ORDINAL}条")
_CLAUSE = rf"第{ORDINAL}[条款项]"
_NAMED = re.compile(rf"\{{([^{{}}]+)\}}((?:[、至和]?{_CLAUSE})*)")
_KEYS = {"cite", "name", "number", "since", "ended", "successor", "renumbered", "local", "checked", "note"}
_TYPES: Mapping[str, type] = {"since": dt.date, "ended": dt.date, "checked": dt.date, "local": bool}


class LawFileError(ValueError):
    """``laws.yaml`` is not of its form: what is wrong, and in which entry."""


@dataclass(frozen=True, slots=True)
class Renumbering:
    """The article numbers of a later version: pairs of the former and the new one."""

    since: dt.date
    articles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Law:
    """One act: how grounds cite it, its title and number, from when and until when it is in force."""

    cite: str
    name: str = ""
    number: str = ""
    since: dt.date | None = None
    ended: dt.date | None = None
    successor: str = ""
    renumbered: tuple[Renumbering, ...] = ()
    local: bool = False
    checked: dt.date | None = None
    note: str = ""

    def has_ended(self, day: dt.date) -> bool:
        """Whether it is not in force any more at a day."""
        return self.ended is not None and self.ended <= day

    def article_at(self, article: str, day: dt.date) -> str:
        """Return the number that an article, named by its newest number, had at a day."""
        for version in sorted(self.renumbered, key=lambda one: one.since, reverse=True):
            if day < version.since:
                article = next((old for old, new in version.articles if new == article), article)
        return article

    @property
    def title(self) -> str:
        """Its title in 《》 with its number, as a sentence names it."""
        if not self.name:
            return self.number
        return f"《{self.name}》" + (f"（{self.number}）" if self.number else "")

    def ending_text(self, laws: Mapping[str, "Law"]) -> str:
        """Return that it has ended, when, and what took its place; empty for one that goes on."""
        if self.ended is None:
            return ""
        return f"{self.title}自 {self.ended} 起不再有效" + successor_text(self, laws)


def successor_text(law: Law, laws: Mapping[str, Law]) -> str:
    """Return what took the place of an act, as the end of a sentence; empty where nothing is known."""
    if not law.successor:
        return ""
    successor = laws.get(law.successor)
    return f"，由{successor.title if successor else law.successor}替代"


def read_laws(text: str) -> Mapping[str, Law]:
    """Return the acts of a file by their ``cite``.

    Raises ``LawFileError`` for an entry that is not of the form.
    """
    import yaml

    entries = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    if not isinstance(entries, list):
        raise LawFileError("the file is no list of entries")
    laws: dict[str, Law] = {}
    for entry in entries:
        law = _law(entry)
        if law.cite in laws:
            raise LawFileError(f"{law.cite}: twice")
        laws[law.cite] = law
    for law in laws.values():
        if law.successor and law.successor not in laws:
            raise LawFileError(f"{law.cite}: successor {law.successor} is no entry")
    return MappingProxyType(laws)


def _law(entry: Any) -> Law:
    if not isinstance(entry, dict) or not entry.get("cite") or not (entry.get("name") or entry.get("number")):
        raise LawFileError(f"{entry}: no cite, or neither name nor number")
    cite = entry["cite"]
    if unknown := entry.keys() - _KEYS:
        raise LawFileError(f"{cite}: unknown key {min(unknown)}")
    for key, value in entry.items():
        if key != "renumbered" and type(value) is not _TYPES.get(key, str):
            raise LawFileError(f"{cite}: {key} is no {_TYPES.get(key, str).__name__}")
    law = Law(**{**entry, "renumbered": tuple(_renumbering(cite, one) for one in entry.get("renumbered", ()))})
    if law.since and law.ended and law.ended <= law.since:
        raise LawFileError(f"{cite}: ended before it began")
    if law.successor and not law.ended:
        raise LawFileError(f"{cite}: a successor, and not ended")
    if not law.checked and not law.note:
        raise LawFileError(f"{cite}: neither checked nor a note that says what is not certain")
    return law


def _renumbering(cite: str, entry: Any) -> Renumbering:
    articles = entry.get("articles") if isinstance(entry, dict) else None
    if not isinstance(articles, dict) or not articles or type(entry.get("since")) is not dt.date:
        raise LawFileError(f"{cite}: renumbered needs since and articles")
    if wrong := [word for pair in articles.items() for word in pair if not _ARTICLE.fullmatch(str(word))]:
        raise LawFileError(f"{cite}: {wrong[0]} is no article")
    return Renumbering(entry["since"], tuple(articles.items()))


@lru_cache(maxsize=1)
def known_laws() -> Mapping[str, Law]:
    """Return the acts of the package by their ``cite``; read once."""
    return read_laws(LAWS_FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground as a rule states it: words in which ``{cite}`` names an act, with its articles behind it.

    >>> Ground("{网络安全法}第二十三条").text(dt.date(2025, 12, 31))
    '网络安全法第二十一条'
    """

    words: str

    def named(self) -> tuple[Law, ...]:
        """Return the acts that it names, each once."""
        return tuple(dict.fromkeys(self._law(match[1]) for match in _NAMED.finditer(self.words)))

    def text(self, day: dt.date | None = None, *, local: AbstractSet[str] | None = None) -> str:
        """Return the ground in words, with the article numbers of a day (else the newest) and what had ended by then.

        With ``local``, the local acts that hold at a place, what rests on other local acts only is left out: a part of
        the words between ；. The result is empty where nothing is left.
        """
        words = self.words if local is None else "；".join(part for part in self._parts() if self._holds(part, local))
        return _NAMED.sub(lambda match: self._cited(match, day), words)

    def _parts(self) -> list[str]:
        return self.words.split("；")

    def _holds(self, part: str, local: AbstractSet[str]) -> bool:
        """Whether a part of the words names no act, or one that is national or holds at the place."""
        laws = [self._law(match[1]) for match in _NAMED.finditer(part)]
        return not laws or any(not law.local or law.cite in local for law in laws)

    def ended(self, day: dt.date) -> tuple[str, ...]:
        """Return a sentence for each act that had ended by a day."""
        return tuple(law.ending_text(known_laws()) for law in self.named() if law.has_ended(day))

    @staticmethod
    def _law(cite: str) -> Law:
        if cite not in known_laws():
            raise LawFileError(f"no act {cite} in {LAWS_FILE.name}")
        return known_laws()[cite]

    def _cited(self, match: re.Match[str], day: dt.date | None) -> str:
        law, articles = self._law(match[1]), match[2]
        if day is None:
            return law.cite + articles
        articles = _ARTICLE.sub(lambda article: law.article_at(article[0], day), articles)
        ended = f"［自 {law.ended} 起不再有效{successor_text(law, known_laws())}］" if law.has_ended(day) else ""
        return law.cite + articles + ended
