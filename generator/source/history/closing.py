"""What takes a revision of a document off the site beside its 公开属性: a draft, and what was withdrawn."""

from collections.abc import Iterable, Mapping

from generator.domain.model import Field
from generator.domain.problems import Problem

# (English, 中文): also where the vocabulary does not know the field and F002 names it.
_KEYS = frozenset({"draft", "草稿", "withdrawn", "撤下"})
_FOLDERS = frozenset({"drafts", "草稿"})


def is_closed(path: str, fields: Mapping[str, Field], problems: Iterable[Problem]) -> bool:
    """Whether a revision says by its folder under ``content/`` or by a field that it is not for the public."""
    folders = path.split("/")[1:-1]
    if folders and folders[0].casefold() in _FOLDERS:
        return True
    if any(problem.field in _KEYS for problem in problems):
        return True
    return any(key in fields and fields[key].value is not False for key in _KEYS)
