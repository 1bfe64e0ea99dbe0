"""A policy as a Word file: its status and notices first, then number, title, text and attachments."""

from collections.abc import Sequence

from generator.domain.model import Block
from generator.publish.pages.file_words import attachment_lines, file_blocks, status_lines
from generator.publish.text.code_picture import code_png
from generator.publish.theme.environment import View, Words
from generator.publish.word.paragraphs import Paragraphs, Picture
from generator.publish.word.template import WordTemplate

_CODE_CM = 2.4  # as on paper (print.css)


def word_document(template: WordTemplate, view: View, blocks: Sequence[Block], words: Words, picture: Picture) -> bytes:
    """Return the Word file of a document; the same ``file_view`` and text give the same bytes."""
    file = view["paper"]
    paragraphs = Paragraphs(template.styles, picture, view["root"])
    pieces = [paragraphs.paragraph(line, "Document Status") for line in status_lines(view, words)]
    if file["number"]:
        pieces.append(paragraphs.paragraph(file["number"], "Document Number"))
    pieces.append(paragraphs.paragraph(view["heading"], "Title"))
    pieces += (paragraphs.paragraph(view[name], "Subtitle") for name in ("subtitle", "caption") if view[name])
    for block, is_part, lines in file_blocks(view, blocks, words):
        pieces.append(paragraphs.block(block, is_part=is_part))
        pieces += (paragraphs.paragraph(line, "Document Status") for line in lines)
    if view["disclosure_note"]:
        pieces.append(paragraphs.paragraph(view["disclosure_note"]))
    if view["attachments"]:
        pieces.append(paragraphs.paragraph(words.paper.attachments, "Source Note"))
        pieces += (paragraphs.paragraph(line, "Source Note") for line in attachment_lines(view))
    pieces.append(paragraphs.paragraph(f"{words.paper.address}：{view['canonical']}", "Source Note"))
    pieces.append(paragraphs.picture(code_png(view["canonical"]), words.paper.code, _CODE_CM))
    head = "　".join(part for part in (file["state"], file["number"]) if part)
    values = {
        "title": view["title"],
        "number": file["number"],
        "issuer": file["issuer"],
        "address": view["canonical"],
        "day": file["day"],
        "head": head or view["title"],
    }
    return template.filled("".join(pieces), values, paragraphs.pictures)
