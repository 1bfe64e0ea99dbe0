"""The rows of a comparison as a page shows them: old and new words of a clause, what is gone and new marked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from generator.domain.model import TextClause
from generator.publish.text.comparison import Row, Run, RunKind, compare_clauses

_FIRST_WORDS = 12
_TAG = {RunKind.GONE: "del", RunKind.NEW: "ins"}


class ComparisonRow(NamedTuple):
    """One row: the clause that it is about, its id on the page, what has become of it, and both cells as HTML.

    ``name`` is what a link to it says: the number of the clause, or the first words of a passage without one.
    """

    clause: str
    id: str
    change: str
    label: str
    number: str
    name: str
    old: Markup
    new: Markup


def comparison_rows(
    old: Iterable[Sequence[Any]],
    new: Iterable[Sequence[Any]],
    words: Mapping[str, Any],
    prefix: str,
    *,
    by_anchor: bool = False,
) -> list[ComparisonRow]:
    """Return the rows of two texts, whose clauses are plain data; ``prefix`` begins the ids of one section.

    ``by_anchor`` is for a text and the same one amended.
    """
    rows = compare_clauses([_clause(one) for one in old], [_clause(one) for one in new], by_anchor=by_anchor)
    names = Counter[str]()
    return [_row(row, words, prefix, names) for row in rows]


def _clause(plain: Sequence[Any]) -> TextClause:
    anchor, name, lines, is_plain = plain
    return TextClause(anchor, name, tuple(lines), is_plain)


def _row(row: Row, words: Mapping[str, Any], prefix: str, names: Counter[str]) -> ComparisonRow:
    old, new = row.old.name if row.old else "", row.new.name if row.new else ""
    clause = new or old
    number = words["moved_from"].format(new=new, old=old) if old and new and old != new else clause
    names[clause] += 1
    again = f"-{names[clause]}" if names[clause] > 1 or not clause else ""
    return ComparisonRow(
        clause,
        f"{prefix}{clause}{again}",
        row.change.value,
        words[row.change.value],
        number,
        number or words["passage"].format(words=_first_words(row)),
        _cell(row.runs, RunKind.GONE, words),
        _cell(row.runs, RunKind.NEW, words),
    )


def _first_words(row: Row) -> str:
    clause = row.new or row.old
    words = clause.words if clause else ""
    return f"{words[:_FIRST_WORDS]}…" if len(words) > _FIRST_WORDS else words


def _cell(runs: Sequence[Run], kind: RunKind, words: Mapping[str, Any]) -> Markup:
    """Return one side of a row as paragraphs; ``kind`` are the words that only this side has."""
    paragraphs: list[list[Markup]] = [[]]
    for one in runs:
        if one.kind not in {RunKind.SAME, kind}:
            continue
        for number, line in enumerate(one.words.split("\n")):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(_piece(one.kind, line, words))
    return Markup("").join(Markup("<p>{}</p>").format(Markup("").join(one)) for one in paragraphs if one)


def _piece(kind: RunKind, line: str, words: Mapping[str, Any]) -> Markup:
    if kind is RunKind.SAME:
        return escape(line)
    tag = _TAG[kind]
    return Markup('<{tag} data-said="{said}" data-end="{end}">{line}</{tag}>').format(
        tag=tag, said=words[tag], end=words["end"], line=line
    )
