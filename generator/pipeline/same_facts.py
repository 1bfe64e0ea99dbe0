"""Whether only the words of a text have changed: everything else that its page states is the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from generator.domain.model import Page
from generator.domain.vocabulary import Kind
from generator.support.cache import Cache


def reparsed_text_key(project: Path, cache: Cache, path: str, old: str, new: str) -> str | None:
    """Parse a changed text and store it; return the new digest of its words, ``None`` where facts have changed too.

    ``old`` and ``new`` are the cache keys of the text before and now. Its lines may change, and the digest.
    """
    from generator.source.load import parse_file

    before = cache.pages([old]).get(old)
    if before is None or before.kind is Kind.PAGE:  # the page of a column may show the words of such a page
        return None
    try:
        entry = parse_file(project, path)
    except OSError:
        return None
    cache.put([entry])
    if entry.key != new or _facts(before) != _facts(entry.page):
        return None
    return entry.page.text_facts.key


def doubles_in(paths: Iterable[str], text_keys: Mapping[str, str]) -> bool:
    """Whether one of these texts has the same words as another text of the site; ``text_keys`` are by path."""
    counts = Counter(text_keys.values())
    return any(key and counts[key] > 1 for key in (text_keys.get(path, "") for path in paths))


def _facts(page: Page) -> Any:
    return _without_lines(page._replace(body="", text_facts=page.text_facts._replace(key="")))


def _without_lines(value: Any) -> Any:
    """Return a value with every line number set to 0."""
    if isinstance(value, Page):
        value = value._replace(empty_keys=dict.fromkeys(value.empty_keys, 0))
    if isinstance(value, tuple):
        names = getattr(value, "_fields", ())
        return tuple(
            0 if name == "line" else _without_lines(item) for name, item in zip_longest(names, value, fillvalue="")
        )
    if isinstance(value, Mapping):
        return {key: _without_lines(item) for key, item in value.items()}
    return value
