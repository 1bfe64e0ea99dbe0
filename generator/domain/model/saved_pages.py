"""What the saved pages of a site show, for the rules that look at pages instead of sources."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class LinkFault(StrEnum):
    """What is wrong with the links between a policy and an interpretation of it."""

    NO_LINK_TO_INTERPRETATION = "no_link_to_interpretation"
    NO_LINK_TO_POLICY = "no_link_to_policy"
    NO_LINKS = "no_links"
    WRONG_POLICY = "wrong_policy"
    WRONG_INTERPRETATION = "wrong_interpretation"


class PairFault(NamedTuple):
    """One fault of links on the page ``path``; ``other`` is the page to which it should link.

    ``wrong`` is the page to which it links instead, empty where it links to none.
    """

    path: str
    fault: LinkFault
    other: str
    wrong: str = ""


class Lack(NamedTuple):
    """What a page, or a whole site, does not show; ``more`` are other pages that lack it too, for one report of all."""

    path: str
    names: tuple[str, ...]
    more: int = 0


class SavedPages(NamedTuple):
    """What saved pages show and what they do not.

    ``pair_faults`` are about links; ``printed_status`` gives by page the validity as it is printed, ``marked_ended``
    the pages that say themselves that their document has ended; ``tags`` lack official meta tags, ``empty_columns``
    gives the title of each empty column by its page, ``without_disclosure`` do not show 公开属性.
    """

    pair_faults: tuple[PairFault, ...] = ()
    printed_status: Mapping[str, str] = {}
    marked_ended: frozenset[str] = frozenset()
    tags: tuple[Lack, ...] = ()
    empty_columns: Mapping[str, str] = {}
    without_disclosure: tuple[Lack, ...] = ()


class Undecided(NamedTuple):
    """Something that saved pages do not show: what is unknown, what follows from that, how often, and some pages."""

    what: str
    why: str
    number: int
    examples: tuple[str, ...]
