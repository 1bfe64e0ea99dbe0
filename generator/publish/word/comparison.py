"""Old and new clauses side by side as a Word file: a table for each pair of texts, as on the page."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from generator.domain.model import Block, BlockKind
from generator.publish.text.comparison_rows import ComparisonRow
from generator.publish.theme.environment import View, Words
from generator.publish.word.paragraphs import Paragraphs, Picture
from generator.publish.word.template import WordTemplate

_TABLE = Markup(
    "<table><thead><tr><th>{clause}</th><th>{old}</th><th>{new}</th></tr></thead><tbody>{rows}</tbody></table>"
)
_ROW = Markup("<tr><td>{name}</td><td>{old}</td><td>{new}</td></tr>")


def comparison_document(
    template: WordTemplate,
    view: View,
    sections: Sequence[Sequence[ComparisonRow]],
    words: Words,
    picture: Picture,
) -> bytes:
    """Return the Word file of a page of comparison; the same view gives the same bytes.

    What is gone is struck through, what is new underlined. The day of the build is not in it (decision 0110).
    """
    paragraphs = Paragraphs(template.styles, picture, view["root"])
    pieces = [
        paragraphs.paragraph(words.compare.note, "Document Status"),
        paragraphs.paragraph(f"{words.compare.title}：{view['newer']['title']}", "Title"),
    ]
    for section, rows in zip(view["sections"], sections, strict=True):
        pieces.append(paragraphs.paragraph(section["title"], "heading 1"))
        pieces += (paragraphs.paragraph(line, "Source Note") for line in _lines(section, words))
        pieces.append(paragraphs.block(_table(section, rows, words)))
    pieces.append(paragraphs.paragraph(f"{words.paper.address}：{view['canonical']}", "Source Note"))
    values = {
        "title": view["title"],
        "number": view["paper"]["number"] or "",
        "issuer": "",
        "address": view["canonical"],
        "day": "",
        "head": words.compare.title,
    }
    return template.filled("".join(pieces), values, paragraphs.pictures)


def _lines(section: View, words: Words) -> Iterator[str]:
    for label, item in ((section["old_label"], section["older"]), (section["new_label"], section["newer"])):
        number = f"（{item['number']}）" if item["number"] else ""
        state = words.paper.status.format(state=item["status_label"]) if item["status_label"] else ""
        yield f"{label}：{item['title']}{number}　{state}".rstrip("　")
    yield from section["notes"]


def _table(section: View, rows: Sequence[ComparisonRow], words: Words) -> Block:
    none = Markup("<p>{}</p>").format(words.compare.none)
    body = Markup("").join(
        _ROW.format(name=f"{row.number} {row.label}".strip(), old=row.old or none, new=row.new or none) for row in rows
    )
    html = _TABLE.format(clause=words.compare.clause, old=section["old_label"], new=section["new_label"], rows=body)
    return Block(BlockKind.TABLE, "", str(html), "", 1)
