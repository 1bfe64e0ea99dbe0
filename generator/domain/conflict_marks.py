"""Find the marks that git leaves in a file when two people changed the same lines."""

import re

from generator.domain.problems import Problem

# Exactly seven signs at the beginning of a line, alone or with a name behind a blank. ``=======`` alone underlines a
# heading, and ``|||||||`` alone is an empty row of a table. An indented mark is part of a code block that shows it.
_MARK = re.compile(r"^(?:(?:<{7}|>{7})(?:[ \t][^\n]*)?|\|{7} [^|\n]+)$", re.MULTILINE)
_BEGIN = "<"
_LONGEST = 40


def conflict_problem(text: str) -> Problem | None:
    """Return F015 at the first conflict mark of a source file, ``None`` for a file without one."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text and "|||||||" not in text:
        return None
    marks = list(_MARK.finditer(text))
    if not marks:
        return None
    first = marks[0]
    line = text.count("\n", 0, first.start()) + 1
    conflicts = sum(1 for mark in marks if mark[0].startswith(_BEGIN))
    more = f"，共 {conflicts} 处" if conflicts > 1 else ""
    return Problem(
        "F015",
        f"有 git 合并冲突的标记“{first[0].strip()[:_LONGEST]}”{more}，两边的文字都在文件里",
        "每处在 <<<<<<< 和 ======= 之间、======= 和 >>>>>>> 之间两种文字里选定要留的，删去另一种和这几行标记，"
        "再 git add、git commit；要在正文里展示标记的，缩进四格",
        line,
    )
