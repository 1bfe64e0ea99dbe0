"""Which policies an interpretation explains: by its title, its links, the numbers in its text."""

import re
from collections.abc import Callable

from generator.authoring.importing.saved_pages.page import SavedPage
from generator.authoring.importing.saved_pages.site_pages import SitePages
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key, find_doc_numbers
from generator.domain.titles import title_key, titles_in

_ISSUING = re.compile(r"印发《(.+)》的通知")
_MOST_OPENING = 600  # characters


def interpreted_policies(page: SavedPage, known: SitePages, target_of: Callable[[str], object]) -> list[str]:
    """Return the ids of the policies that an interpretation explains; empty where none is sure.

    What its title names goes before what it links, and that before numbers and titles at its beginning.
    """
    named = _by_titles(page.title, known) or _by_key(title_key(page.title), known)
    if named:
        return named
    policies = set(known.policies_by_number.values()) | {one for ids in known.policies_by_title.values() for one in ids}
    linked = [target.id for href in page.links if (target := target_of(href)) and getattr(target, "id", "") in policies]  # type: ignore[attr-defined]
    if len(set(linked)) == 1:
        return linked[:1]
    opening = "\n".join(page.words)[:_MOST_OPENING]
    for *_, number in find_doc_numbers(opening):
        for candidate in doc_number_candidates(number):
            if (found := known.policies_by_number.get(doc_number_key(candidate))) is not None:
                return [found]
    return _by_titles(opening, known)[:1]


def _by_titles(text: str, known: SitePages) -> list[str]:
    ids = [one for *_, key in titles_in(text) for one in _ids_of(key, known)]
    return list(dict.fromkeys(ids))


def _by_key(key: str, known: SitePages) -> list[str]:
    inside = [ids for title, ids in known.policies_by_title.items() if len(title) > 5 and title in key]
    return inside[0] if len(inside) == 1 and len(inside[0]) == 1 else []


def _ids_of(key: str, known: SitePages) -> list[str]:
    """Return the one policy of a title, or the notice that issues a text of that title."""
    if same := known.policies_by_title.get(key):
        return same if len(same) == 1 else []
    issuing = [
        ids
        for title, ids in known.policies_by_title.items()
        if ((match := _ISSUING.search(title)) and match[1] == key) or (title.endswith(key) and len(key) > 8)
    ]
    return issuing[0] if len(issuing) == 1 and len(issuing[0]) == 1 else []
