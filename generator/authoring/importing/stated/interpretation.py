"""What an interpretation interprets, and in which form: by its title, and by what its text names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.authoring.importing.questions import question_places
from generator.authoring.importing.stated.offered_field import OfferedField
from generator.authoring.importing.word.blocks import Block, block_text
from generator.authoring.known_pages import KnownPage, known_pages
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key, find_doc_numbers
from generator.domain.titles import title_key, titles_in
from generator.domain.vocabulary import Form

_SHORT = 5  # 《办法》 names nothing
_ISSUED = re.compile(r"《(.+)》")
_FORM_BY_TITLE = (
    (re.compile(r"答记者问"), Form.MEDIA),
    (re.compile(r"政策问答|问答(?:解读)?\Z"), Form.QA),
    (re.compile(r"一图读懂|图解|图说"), Form.INFOGRAPHIC),
)
_FIRST_PARAGRAPHS = 6
_LEAST_QUESTIONS = 2


def stated_by_interpretation(title: str, blocks: Sequence[Block], project: Path) -> Iterator[tuple[str, OfferedField]]:
    """Yield what an interpretation interprets, where one policy of the site is sure, and its form."""
    policies = [one for one in known_pages(project) if one.is_policy]
    if interpreted := _by_title(title, policies) or _by_text(title, blocks, policies):
        yield "interprets", interpreted
    form = next((form for pattern, form in _FORM_BY_TITLE if pattern.search(title)), None)
    questions = [block_text(blocks[place]) for place in question_places(blocks)]
    if form:
        yield "form", OfferedField(form.label, title, is_sure=True)
    elif len(questions) >= _LEAST_QUESTIONS:
        yield "form", OfferedField(Form.QA.label, questions[0].split("\n")[0])


def _by_title(title: str, policies: Sequence[KnownPage]) -> OfferedField | None:
    """Return the one policy whose whole title is in the title of the interpretation."""
    key = title_key(title)
    named = [one for one in policies if len(one.title) > _SHORT and f"《{title_key(one.title)}》" in key]
    named = named or [one for one in policies if len(one.title) > _SHORT and title_key(one.title) in key]
    return OfferedField(named[0].id, named[0].title, is_sure=True) if len(named) == 1 else None


def _by_text(title: str, blocks: Sequence[Block], policies: Sequence[KnownPage]) -> OfferedField | None:
    """Return the one policy that the title, or the first paragraph that names any, names by number or 《title》."""
    for text in (title, *(block_text(block) for block in blocks[:_FIRST_PARAGRAPHS])):
        named = _named_in(text, policies)
        if len(named) == 1:
            return OfferedField(*next(iter(named.items())))
        if named:
            return None
    return None


def _named_in(text: str, policies: Sequence[KnownPage]) -> dict[str, str]:
    """Return the ids of the policies that a text names, with the words that name them."""
    named: dict[str, str] = {}
    by_number: Mapping[str, str] = {doc_number_key(one.doc_number): one.id for one in policies if one.doc_number}
    for _, number in find_doc_numbers(text):
        for candidate in map(doc_number_key, doc_number_candidates(number)):
            if candidate in by_number:
                named.setdefault(by_number[candidate], number)
    for start, end, key in titles_in(text):
        same = [one.id for one in policies if key in _keys_of(one.title)]
        if len(same) == 1:
            named.setdefault(same[0], text[start:end])
    return named


def _keys_of(title: str) -> set[str]:
    """Return the keys of a title: whole, without its agency, and of what a notice issues (印发《…》)."""
    key = title_key(title)
    issued = _ISSUED.search(key)
    keys = {key, key[key.index("关于") :] if "关于" in key else key}
    is_issued = issued and ("印发" in key or "公布" in key or "发布" in key)
    return keys | ({issued[1]} if issued and is_issued else set())
