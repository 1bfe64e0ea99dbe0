"""What the text of a policy says of its own fields, to be compared with its front matter (T001 to T005).

Only what a text surely says of itself counts: nothing in quotation marks, tables and quotations, nothing of single
clauses, and nothing that another text says which an amending or forwarding document carries.
"""

import re
from collections.abc import Sequence

from generator.domain.model import PartLocation, StatedFields, Text
from generator.domain.model.stated_fields import NOTHING_STATED
from generator.source.facts.binding_clauses import find_binding_clause
from generator.source.facts.passages import Passages
from generator.source.facts.stated_effects import find_effects_and_terms
from generator.source.facts.stated_haste import find_haste
from generator.source.facts.stated_head_and_signature import find_head, find_signature_day
from generator.source.facts.stated_repeals import find_repeals

_DRAFT = re.compile("征求意见|草案|送审稿|讨论稿")
_FORWARDS = re.compile("转发|批转")


def find_stated_fields(
    text: Text,
    title: str,
    genre: str,
    parts: Sequence[tuple[PartLocation, str]] = (),
    *,
    with_binding: bool = False,
) -> StatedFields:
    """Return what a text says of its fields; ``parts`` are the declared parts that were found, with their titles.

    ``with_binding`` looks for a clause that binds people outside too.
    """
    if _DRAFT.search(title):
        return NOTHING_STATED
    head, signed = find_head(text), find_signature_day(text)
    passages = Passages(text, title, genre, parts)
    effects, terms = find_effects_and_terms(text, passages)
    repeals = () if _FORWARDS.search(title) else tuple(find_repeals(text, passages))
    binding = find_binding_clause(text, passages, effects, terms) if with_binding else None
    return StatedFields(effects, terms, repeals, head.number, signed, head.days, binding, find_haste(text))
