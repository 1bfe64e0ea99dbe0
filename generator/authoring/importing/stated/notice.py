"""The period of a 公示, and the day from which it has ended."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from generator.authoring.importing.stated.offered_field import OfferedField
from generator.authoring.importing.stated.periods import StatedPeriod, periods_in
from generator.authoring.importing.word.blocks import Block, block_text

_NEAR = 40  # characters
_TERM = re.compile(r"公示(?:期限?|时间|时限|日期)")
_TERM_HEADING = re.compile(r".{0,6}公示(?:期限?|时间|时限|日期)[:：]?")


def stated_by_notice(title: str, blocks: Sequence[Block]) -> Iterator[tuple[str, OfferedField]]:
    """Yield the day behind the last one of the period that a 公示 states."""
    text = "\n".join(block_text(block) for block in blocks)
    periods = list(_of_notice(text, is_notice="公示" in title))
    last_days = {one.last for one in periods}
    if len(last_days) == 1:
        period = periods[0]
        words = f"{period.before[-_NEAR:]}{period.words}".strip()
        takedown = period.last + dt.timedelta(days=1)
        yield "takedown_on", OfferedField(takedown.isoformat(), words, "，从期满的次日起算已结束")


def _of_notice(text: str, *, is_notice: bool) -> Iterator[StatedPeriod]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        heading = lines[number - 1] if number else ""
        for period in periods_in(line):
            near = period.before[-_NEAR:]
            if _TERM.search(near) or _TERM_HEADING.fullmatch(heading.strip()) or (is_notice and "公示" in near):
                yield period
