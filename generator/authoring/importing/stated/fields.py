"""The fields that a text states, by the kind of its page."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.authoring.importing.stated.consultation import stated_by_consultation
from generator.authoring.importing.stated.interpretation import stated_by_interpretation
from generator.authoring.importing.stated.notice import stated_by_notice
from generator.authoring.importing.stated.offered_field import OfferedField
from generator.authoring.importing.stated.policy import stated_by_policy
from generator.authoring.importing.word.blocks import Block
from generator.domain.vocabulary import Kind


def offered_fields(
    kind: Kind, known: Mapping[str, str | Sequence[str]], blocks: Sequence[Block], body: str, project: Path
) -> dict[str, OfferedField]:
    """Return the fields that a text states, without what is known; ``body`` is the text as Markdown."""
    return {key: field for key, field in _stated(kind, known, blocks, body, project) if key not in known}


def _stated(
    kind: Kind, known: Mapping[str, str | Sequence[str]], blocks: Sequence[Block], body: str, project: Path
) -> Iterator[tuple[str, OfferedField]]:
    title = str(known.get("title", ""))
    if kind is Kind.POLICY:
        yield from stated_by_policy(known, body, project)
    elif kind is Kind.INTERPRETATION:
        yield from stated_by_interpretation(title, blocks, project)
    elif kind is Kind.CONSULTATION:
        yield from stated_by_consultation(blocks)
    elif kind is Kind.NOTICE:
        yield from stated_by_notice(title, blocks)
