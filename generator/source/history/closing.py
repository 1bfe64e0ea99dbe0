"""Tell whether a revision was kept off the site by something else than its 公开属性: a draft, or withdrawn."""

import datetime as dt
from collections.abc import Iterable, Mapping

from generator.domain.model import Field, Withdrawal
from generator.domain.problems import Problem
from generator.source.drafts import in_draft_folder

# English and Chinese names, so that a revision with an unknown field (F002) is recognised too.
_KEYS = frozenset({"draft", "草稿", "withdrawn", "撤下"})


def is_closed(path: str, fields: Mapping[str, Field], problems: Iterable[Problem], day: dt.date) -> bool:
    """Whether a revision is marked as not public on a day, by its folder under ``content/`` or by a field."""
    if in_draft_folder(path):
        return True
    if any(problem.field in _KEYS for problem in problems):
        return True
    return any(key in fields and _closes(fields[key], day) for key in _KEYS)


def _closes(field: Field, day: dt.date) -> bool:
    if isinstance(field.value, Withdrawal):
        return field.value.on <= day
    return field.value is not False
