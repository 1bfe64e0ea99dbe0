"""A policy as a PDF: what its Word file shows, in the print style of the theme."""

import html
from collections.abc import Callable, Sequence
from math import ceil

from markupsafe import Markup

from generator.domain.model import Block
from generator.publish.pages.file_words import attachment_lines, file_blocks, status_lines
from generator.publish.pdf.printer import Printer
from generator.publish.text.qr_code import qr_path
from generator.publish.theme.environment import Theme, View

TEMPLATE, STYLES = "policy-pdf.html", "policy-pdf.css"
_TITLE_LINE = 20  # characters of a title in a line of its size
_LATIN = 0x2E7F
_PRINT_STYLES = "print.css"
_CODE = Markup('<svg viewBox="0 0 {side} {side}"><title>{name}</title><path stroke="#000" d="{path}"/></svg>')


def open_printer(theme: Theme) -> Printer:
    """Return a printer with the print style of a theme; raises ``GongkaiError`` where WeasyPrint cannot be used."""
    return Printer((theme.asset_bytes(_PRINT_STYLES) + theme.template_bytes(STYLES)).decode())


def pdf_document(
    printer: Printer, theme: Theme, view: View, blocks: Sequence[Block], picture: Callable[[str], bytes]
) -> bytes:
    """Return the PDF of a document; the same ``file_view``, text, pictures and fonts give the same bytes.

    Raises ``GongkaiError`` for a template with a mistake, and where no font has a Chinese character of the text.
    """
    words = theme.words
    path, side = qr_path(view["canonical"])
    page = theme.render(
        TEMPLATE,
        page=view,
        lines=list(status_lines(view, words)),
        body=Markup("\n".join(_pieces(view, blocks, theme))),
        title_width=_title_width(view["heading"]),
        attachments=list(attachment_lines(view)),
        code=_CODE.format(side=side, name=words.paper.code, path=path) if path else "",
        t=words,
    )
    return printer.pdf(page, view["canonical"], view["root"], picture)


def _title_width(title: str) -> str:
    """Return the width of a title in ems, by which its lines have about the same length, as a percentage of a line."""
    length = sum(1.0 if ord(char) > _LATIN else 0.5 for char in title)
    lines = ceil(length / _TITLE_LINE)
    return f"{min(ceil(length / lines) + 1, _TITLE_LINE):.0f}em" if lines > 1 else ""


def _pieces(view: View, blocks: Sequence[Block], theme: Theme) -> list[str]:
    """Return the blocks of a text as HTML, each with the state of its part or clause behind it."""
    pieces = []
    for block, is_part, lines in file_blocks(view, blocks, theme.words):
        opening = f"<h{block.level}"
        text = block.html.replace(opening, f'{opening} class="part-title"', 1) if is_part else block.html
        stated = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        pieces.append(f'{text}<div class="notice">{stated}</div>' if stated else text)
    return pieces
