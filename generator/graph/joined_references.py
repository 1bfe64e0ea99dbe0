"""References that are written as one text: ``o-5，o-6`` instead of ``[o-5, o-6]`` (F019)."""

import re
from typing import Protocol

from generator.domain.doc_numbers import repair_doc_number
from generator.domain.joined_lists import joined_message, split_list
from generator.domain.model import Document, Reference
from generator.domain.problems import Problem
from generator.domain.vocabulary import label_of

_ID_OR_INDEX_NO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_BARE_NUMBER = re.compile(r"第?\d{1,4}号?")
_BLANKS = re.compile(r"[ \t　]+")


class _Index(Protocol):
    def find(self, text: str) -> list[Document]:
        """Return the documents that the text of a reference before ``#`` names."""


def joined_references(reference: Reference, index: _Index) -> list[str]:
    """Return the references that one text contains, an empty list for a single reference.

    A later one must be in a form that a reference has, so that ``o-5#第八条、第九条`` is one; between blanks each
    must name a document.
    """
    text = f"{reference.text}#{reference.clause}" if reference.clause else reference.text
    items = _with_whole_numbers(split_list(text))
    if len(items) > 1 and all(_is_reference(item, index) for item in items):
        return items
    items = _BLANKS.split(text.strip())
    return items if len(items) > 1 and all(index.find(_target(item)) for item in items) else []


def _with_whole_numbers(items: list[str]) -> list[str]:
    """Return items in which 4号 behind 示例人社发〔2026〕3号 has its body and year, too."""
    head = ""
    whole: list[str] = []
    for item in items:
        bare = head and _BARE_NUMBER.fullmatch(item)
        whole.append(f"{head}{item.removeprefix('第').removesuffix('号')}号" if bare else item)
        number = repair_doc_number(whole[-1])
        head = number[: number.rindex("〕") + 1] if number and "〕" in number else head
    return whole


def _target(item: str) -> str:
    return item.partition("#")[0].strip()


def _is_reference(item: str, index: _Index) -> bool:
    target = _target(item)
    return bool(index.find(target) or _ID_OR_INDEX_NO.fullmatch(target) or repair_doc_number(target))


def joined_problem(document: Document, key: str, reference: Reference, items: list[str]) -> Problem:
    """Return F019 for a reference that contains several."""
    text = f"{reference.text}#{reference.clause}" if reference.clause else reference.text
    others = document.references(key) if key != "cleanup" else ()
    if reference in others:
        place = others.index(reference)
        written = [f"{one.text}#{one.clause}" if one.clause else one.text for one in others]
        items = [*written[:place], *items, *written[place + 1 :]]
    message, hint = joined_message(label_of(key), text, items)
    return Problem("F019", message, hint, document.page.line_of(key), key)
