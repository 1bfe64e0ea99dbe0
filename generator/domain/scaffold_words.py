"""The words that ``new`` and ``report`` leave to be replaced: none of them may be published (F016)."""

import re
from collections.abc import Iterator

from generator.domain.problems import Problem

TEXT = "正文写在这里。"
"""The text of a new file."""
TITLE = "标题"
"""The title of a new file."""
TO_FILL = "【待填】"
"""The place of a number or a sentence in a new annual report."""
_GUIDE = "在这里写明机构名称、办公地址"  # in the guide of sites that were made before 0.3
_WORDS = (TEXT.rstrip("。"), TO_FILL, _GUIDE)
_LEFT = re.compile("|".join(map(re.escape, _WORDS)))


def scaffold_problems(title: str, title_line: int, body: str, first_line: int) -> Iterator[Problem]:
    """Yield F016 for a title that was never written, and for the first words of each kind that a text still has."""
    if title == TITLE or TO_FILL in title:
        yield Problem("F016", f"标题还是样稿的“{title[:40]}”", "写上这份文件的标题", title_line, "title")
    counts: dict[str, int] = {}
    places: dict[str, int] = {}
    for match in _LEFT.finditer(body) if any(words in body for words in _WORDS) else ():
        counts[match[0]] = counts.get(match[0], 0) + 1
        places.setdefault(match[0], match.start())
    for words, place in places.items():
        more = f"，共 {counts[words]} 处" if counts[words] > 1 else ""
        hint = "写上要填的内容，没有的写“无”或删去这一段" if words == TO_FILL else "换成这份文件的正文"
        line = first_line + body.count("\n", 0, place)
        yield Problem("F016", f"正文里还留着样稿的“{words}”{more}", hint, line)
