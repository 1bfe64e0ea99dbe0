"""审核表, filled in from the front matter: its view, and a printable page and a Word file made of it (FLOW-08)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, ReviewForm, review_of
from generator.domain.vocabulary import REVIEW_FIELDS, SIGNATORIES, Disclosure, LegalOpinion, Platform, SourceType, Term
from generator.domain.written_moments import chinese_day
from generator.report.word_paper import new_paper, paper_bytes

HEADING = "政府信息公开及合规性审核表"
TICK = "√"
_NOTES = (
    "网站和新媒体发布的信息，发布以前都要填写本表。",
    "不同意的、涉密的不得发布；转载的注明转载来源。",
    "审核在前，上传在后；本表由发布单位存档备查。",
)


class Column(NamedTuple):
    """One of the fifteen columns: its group (empty for none), its heading, its text."""

    group: str
    heading: str
    text: str


@dataclass(frozen=True)
class FormView:
    """The view of a form: everything that its files show."""

    heading: str
    agency: str
    columns: tuple[Column, ...]
    signatures: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    source: str = ""
    notes: Sequence[str] = field(default=_NOTES)

    @property
    def groups(self) -> list[tuple[str, list[Column]]]:
        """The columns by group, in their order; a column without a group is a group of its own."""
        groups: list[tuple[str, list[Column]]] = []
        for column in self.columns:
            if column.group and groups and groups[-1][0] == column.group:
                groups[-1][1].append(column)
            else:
                groups.append((column.group, [column]))
        return groups


def view_of(document: Document, archive: Archive, config: SiteConfig) -> FormView:
    """Return the view of a document's form, filled in as far as its front matter allows."""
    form = review_of(document) or ReviewForm(document, {})
    titles = {column.id: column.title for column in archive.columns}
    column = form.text("column") or document.column
    secret, disclosure = form.value("is_secret"), form.value("disclosure")
    source = form.value("source_type")
    platforms = form.value("platforms") or ()
    opinion = form.value("legal_opinion")
    secrecy = "保密及公开属性意见"
    columns = [
        Column("", "序号", form.text("no") or "1"),
        Column("", "信息名称", form.text("title") or document.title),
        *_boxes("信息来源", SourceType, lambda term: term is source),
        Column(secrecy, "是否涉密", "" if secret is None else "是" if secret else "否"),
        *_boxes(secrecy, Disclosure, lambda term: term is disclosure),
        *_boxes("发布平台", Platform, lambda term: term in platforms),
        *_boxes("法律法规核查意见", LegalOpinion, lambda term: term is opinion),
        Column("", "发布栏目", titles.get(column, column)),
    ]
    return FormView(
        heading=HEADING,
        agency=config.site.agency,
        columns=tuple(columns),
        signatures=tuple((label, form.text(key)) for key, label in SIGNATORIES.items()),
        dates=tuple(
            (REVIEW_FIELDS[key].label, chinese_day(day) if (day := form.day(key)) else "")
            for key in ("form_date", "upload_date")
        ),
        source="　".join(filter(None, (form.text("source_name"), form.text("source_url")))),
    )


def _boxes(group: str, terms: type[Term], ticked: Any) -> list[Column]:
    return [Column(group, term.label, TICK if ticked(term) else "") for term in terms]


def html_bytes(view: FormView) -> bytes:
    """Return the form as one HTML page for printing, which loads nothing from elsewhere."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = Path(__file__).with_name("review_form.html").read_text(encoding="utf-8")
    return environment.from_string(source).render(form=view).encode()


def docx_bytes(view: FormView) -> bytes:
    """Return the form as a Word file, on landscape A4, without an author."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paper = new_paper(view.heading, font="宋体", points=9)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(view.heading)
    run.bold, run.font.size = True, Pt(18)
    paper.add_paragraph(f"单位：{view.agency}")
    _grid(paper, view)
    if view.source:
        paper.add_paragraph(f"转载来源：{view.source}")
    _signatures(paper, view)
    for number, note in enumerate(view.notes, 1):
        paper.add_paragraph(f"注{number}：{note}")
    return paper_bytes(paper)


def _grid(paper: Any, view: FormView) -> None:
    table = paper.add_table(rows=3, cols=len(view.columns))
    table.style = "Table Grid"
    place = 0
    for group, columns in view.groups:
        last = place + len(columns) - 1
        if group:
            table.cell(0, place).merge(table.cell(0, last)).text = group
            for number, column in enumerate(columns, place):
                table.cell(1, number).text = column.heading
        else:
            table.cell(0, place).merge(table.cell(1, place)).text = columns[0].heading
        for number, column in enumerate(columns, place):
            table.cell(2, number).text = column.text
        place = last + 1


def _signatures(paper: Any, view: FormView) -> None:
    paper.add_paragraph()
    pairs = [*view.signatures, *view.dates]
    table = paper.add_table(rows=(len(pairs) + 1) // 2, cols=4)
    table.style = "Table Grid"
    for number, (label, text) in enumerate(pairs):
        row, side = divmod(number, 2)
        table.cell(row, side * 2).text, table.cell(row, side * 2 + 1).text = label, text


def files_of(document: Document, view: FormView) -> Mapping[str, bytes]:
    """Return the files of a form by name."""
    return {f"{document.id}-审核表.html": html_bytes(view), f"{document.id}-审核表.docx": docx_bytes(view)}
