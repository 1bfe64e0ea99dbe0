"""The commands of a chapter of the handbook, run one after the other as a reader would type them.

- A ``console`` block holds commands, each after ``$ ``, and what they print. ``…`` is any text, on a line of its own
  any number of lines. With a number behind ``console``, the last command ends with that status, all others with 0.
- ``sh`` blocks hold commands alone. ``sh server`` and ``sh project`` ones need a server or the checkout: they are
  parsed, not run.
- Other blocks with a path behind the language are files that the reader writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.machine import Machine

_BLOCK = re.compile(r"^```(\w+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "\x01"


@dataclass
class Step:
    """One command, or one file that the reader writes, with the line of its block in the chapter."""

    line: int
    command: str
    output: str | None = None  # nothing is shown
    status: int = 0


def steps_of(text: str) -> Iterator[Step]:
    """Yield the steps of a chapter in their order."""
    for match in _BLOCK.finditer(text):
        language, words, body = match.groups()
        line = text.count("\n", 0, match.start()) + 1
        if language == "console":
            yield from _console(line, words, body)
        elif language == "sh" and not words:
            yield Step(line, body)
        elif language not in {"sh", "text"} and re.fullmatch(r"[\w./-]+\.\w+|[\w./-]+/\w+|[A-Z]+", words):
            yield Step(line, f"mkdir -p \"$(dirname {words})\"\ncat >{words} <<'{_END}'\n{body}{_END}")


def _console(line: int, words: str, body: str) -> Iterator[Step]:
    steps: list[Step] = []
    for row in body.splitlines():
        if row.startswith("$ "):
            steps.append(Step(line, row[2:], ""))
        elif row.startswith("> ") and steps and not steps[-1].output:
            steps[-1].command += f"\n{row[2:]}"
        else:
            steps[-1].output = f"{steps[-1].output}{row}\n"
    steps[-1].status = int(words or 0)
    yield from steps


def other_commands(text: str) -> list[str]:
    """Return the blocks for a server or the checkout, which are not run."""
    return [body for language, words, body in _BLOCK.findall(text) if language == "sh" and words]


def play(text: str, machine: Machine, folder: Path) -> None:
    """Run the steps of a chapter in one session of ``sh``; fails where an output or a status is another one."""
    steps = list(steps_of(text))
    assert steps, "the chapter has no commands"
    script = "exec 2>&1\n" + "".join(f"{step.command}\nprintf '{_END}%s{_END}' $?\n" for step in steps)
    pieces = machine.run(script, folder).stdout.split(_END)
    for number, step in enumerate(steps):
        output, status = (*pieces[2 * number : 2 * number + 2], "", "")[:2]
        place = f"line {step.line}: $ {step.command}\n{output}"
        assert status == str(step.status), f"{place}ended with {status or 'nothing'}, not {step.status}"
        if step.output is not None:
            assert matches(step.output, output), f"{place}--- the chapter shows:\n{step.output}"


def matches(expected: str, output: str) -> bool:
    """Whether an output is what a chapter shows."""
    rows = [
        "(?:.*\n)*?" if row == "…" else "[^\n]*".join(map(re.escape, row.split("…"))) + "\n"
        for row in expected.splitlines()
    ]
    return re.fullmatch("".join(rows), output) is not None
