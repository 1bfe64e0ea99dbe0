"""What the text of a page lacks, or only refers to: facts for the rules on guides, services, reports and responses."""

import datetime as dt
from typing import NamedTuple


class TextFacts(NamedTuple):
    """Facts of a text on which duties of its kind depend.

    ``key`` identifies the words of a text, whatever their layout; empty for a text too short to tell apart.
    ``lacking`` names the parts that a guide, a service guide or an annual report must have and has not.
    ``refers_only`` is the line of the only sentence, which refers to an attachment; 0 for any other text.
    ``revised_on`` is the newest day of revision that a guide states of itself. ``promise`` are the words with which
    a response announces a result that it does not give; empty where it gives one. ``is_short`` is whether a text is so
    short that many documents may share its words. ``named_parts`` are the elements of its kind of information.
    """

    key: str = ""
    lacking: tuple[str, ...] = ()
    refers_only: int = 0
    revised_on: dt.date | None = None
    promise: str = ""
    is_short: bool = False
    named_parts: tuple[str, ...] = ()


NO_TEXT_FACTS = TextFacts()
