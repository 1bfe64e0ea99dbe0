"""``gongkai import``: a Word file becomes one page of the site, with what its text says for certain as front matter.

What is required and was not found stays a place to fill in; nothing is guessed, and never that a text is public.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from generator.authoring.front_matter_writer import front_matter, keys_of, required_of
from generator.authoring.importing.comparison import missing_words
from generator.authoring.importing.known_pages import interpreted_policy, known_pages
from generator.authoring.importing.offered_fields import offered_fields
from generator.authoring.importing.official.document import OfficialDocument, kind_by_title, read_official
from generator.authoring.importing.pictures import Pictures
from generator.authoring.importing.surroundings import words_around
from generator.authoring.importing.word.blocks import Block, Document, block_text
from generator.authoring.importing.word.docx import DocxPackage, open_word
from generator.authoring.importing.word.markdown import Writer, notes_called, pictures_of
from generator.authoring.importing.word.odd_words import odd_passages
from generator.authoring.importing.word.read import read_document
from generator.authoring.importing.word.secrecy import mark_of_name, marks_beside, marks_left_out
from generator.authoring.importing.word.tidy import tidy_blocks
from generator.authoring.new import ID, next_free_id, place_of
from generator.authoring.new_files import write_new
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import find_doc_numbers
from generator.domain.model import AsOf, MediaFile
from generator.domain.problems import Finding, GongkaiError
from generator.domain.vocabulary import Disclosure, Kind, label_of
from generator.source.attachments.office.findings import UnreadableError
from generator.source.facts.announced_attachments import find_announced_attachments

_RULES = ("F003", "F007", "F008", "F012", "F013", "G002", "G004", "H002", "H003", "H008", "H011", "S")
_PRIVATE = "S"
_READING = (UnreadableError, etree.LxmlError, KeyError, IndexError, ValueError, RecursionError, MemoryError)
_SOURCES = {"interprets": "标题", **dict.fromkeys(("date_effective", "expires_on", "repeals"), "正文，请核对")}
_Values = Mapping[str, str | Sequence[str]]


class ImportOptions(NamedTuple):
    """What a person asks for: kind, id and fields, and how to ask for what is missing (``None``: not at all).

    ``ask`` takes the name of what is missing and returns the answer, empty for none.
    """

    kind: Kind | None = None
    document_id: str | None = None
    fields: _Values = MappingProxyType({})
    ask: Callable[[str], str] | None = None


class ImportResult(NamedTuple):
    """A page that was written: its place, what a person must know, and what the rules find in it."""

    place: Path
    messages: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_private(self) -> bool:
        """Whether there is something in it that must not be published."""
        return any(finding.blocking and finding.rule.startswith(_PRIVATE) for finding in self.findings)


def import_word(project: Path, config: SiteConfig, source: Path, options: ImportOptions, day: dt.date) -> ImportResult:
    """Write one page under ``content/`` from a docx, its pictures beside it; ``day`` is today.

    Raises ``GongkaiError`` for a file that is no docx, that bears a mark of secrecy, or whose page exists
    already; then nothing is written.
    """
    package, document, around = _read(source)
    text = tidy_blocks(document.blocks)
    notes = tuple(tidy_blocks(note).blocks for note in document.notes)
    if not any(block_text(block).strip() for block in text.blocks):
        only = "里面只有图片，多半是扫描件" if list(pictures_of(text.blocks)) else "里面没有文字"
        raise GongkaiError(f"{source} {only}，没有导入", "扫描件先识别成文字、逐字核对，再导入")
    given_title = options.fields.get("title", "")
    official = read_official(text.blocks, given_title if isinstance(given_title, str) else "")
    known = _known(official, options.fields)
    kind = options.kind or kind_by_title(str(known.get("title", "")))
    if kind is Kind.INTERPRETATION and (explained := interpreted_policy(str(known.get("title", "")), project)):
        known = {"interprets": explained, **known}
    document_id = options.document_id or _id_of(project, kind, source, known, day)
    place = place_of(project, kind, document_id)
    if document_id.casefold() in _ids(project):
        raise GongkaiError(f"编号 {document_id} 已经有了，没有改动它", "用 --id 换一个编号，或直接编辑原来的文件")
    if options.ask:
        known = _asked(kind, known, options.ask)
    pictures = Pictures(package, document_id, options.ask)
    blocks = [*official.blocks, *(block for note in notes for block in note)]
    picture_markup = {picture: pictures.markup_of(picture) for picture in dict.fromkeys(pictures_of(blocks))}
    body = Writer(picture_markup, notes).text(official.blocks, official.levels)
    for mark in marks_left_out(package, body):  # what is left out must not take a mark with it
        _refuse_marked(source, "正文以外的部分（文本框、水印、隐藏的文字、没有放进正文的行）", mark)
    offered = offered_fields(kind, known, body, project)
    known = {**known, **{key: field.value for key, field in offered.items()}}
    hints = {**_hints(body, known), **{key: f"请核对：正文写“{field.words}”" for key, field in offered.items()}}
    front = front_matter(kind, known, hints)
    _write(place, f"{front}\n{body}", pictures.files)
    public = {"disclosure": Disclosure.PROACTIVE.label, "date_published": day.isoformat()}
    as_public = {**{key: value for key, value in public.items() if key in keys_of(kind)}, **known}
    page_if_public = f"{front_matter(kind, as_public, hints)}\n{body}"
    findings = _findings(project, config, place, page_if_public, pictures.files, day)
    dropped = (*official.dropped, *_notes_left_out(official, notes), *document.dropped, *around)
    missing = _missing(package, body, known, official, (*dropped, *document.left_out))
    first_line = front.count("\n") + 2
    messages = (
        *_sources(official, known, options.fields, kind),
        *_changes(dropped, text.changes),
        *(f"请核对：{one}" for one in (*_overruled(official, options.fields), *official.doubts, *document.warnings)),
        *(f"请核对：{one}" for one in (*pictures.doubts, *missing, *odd_passages(body, first_line))),
    )
    return ImportResult(place, messages, findings)


def _read(source: Path) -> tuple[DocxPackage, Document, list[str]]:
    """Return a docx, what it says, and the words around its text.

    Raises ``GongkaiError`` for a file that is no docx or bears a mark of secrecy beside its text.
    """
    if mark := mark_of_name(source.stem):
        _refuse_marked(source, "文件名", mark)
    package = open_word(source)
    try:
        for where, mark in marks_beside(package):
            _refuse_marked(source, where, mark)
        return package, read_document(package), words_around(package)
    except _READING as error:
        reason = str(error) if isinstance(error, UnreadableError) else "文件已损坏，或者太大"
        raise GongkaiError(f"{source} 导入不了：{reason}", "用 Word 或 WPS 打开后另存一份 docx 再试") from None


def _notes_left_out(official: OfficialDocument, notes: Sequence[Sequence[Block]]) -> Iterator[str]:
    """Yield the footnotes that only lines call which are not in the text: the title, the letterhead."""
    called = notes_called(official.blocks, notes)
    for number, note in enumerate(notes, 1):
        words = " ".join(block_text(block) for block in note).strip()
        if number not in called and words:
            yield f"标题、版头上的脚注“{words}”"


def _missing(
    package: DocxPackage, body: str, known: _Values, official: OfficialDocument, left_out: Sequence[str]
) -> Iterator[str]:
    """Yield a line where words of the file are neither in the page nor reported as left out."""
    values = "\n".join(value if isinstance(value, str) else "\n".join(value) for value in known.values())
    lines = [f"{field.value}{field.where}" for field in official.fields]
    if passages := "、".join(missing_words(package, f"{values}\n{body}", (*left_out, *lines))):
        yield f"原文里的这些文字，正文里没有，也没有列在“没有放进正文”里，对照原件补上：{passages}"


def _refuse_marked(source: Path, where: str, mark: str) -> None:
    raise GongkaiError(
        f"{source} 的{where}有密级或内部标志“{mark}”，没有导入", "先交保密审查；涉密文件不得放进网站的文件夹"
    )


def _known(official: OfficialDocument, given: _Values) -> dict[str, str | Sequence[str]]:
    """Return the value of every field that is known; what a person gave goes before what the text says."""
    values: dict[str, str | Sequence[str]] = {}
    for field in official.fields:
        values.setdefault(field.key, field.value)
    return {**values, **given}


def _id_of(project: Path, kind: Kind, source: Path, known: _Values, day: dt.date) -> str:
    """Return the id: the file's name where it can be one, else the kind with year and number of the 文号."""
    if ID.fullmatch(source.stem):
        return source.stem
    used_ids = _ids(project)
    number = next((text for _, text in find_doc_numbers(str(known.get("doc_number", "")))), "")
    match = re.search(r"〔(\d{4})〕(\d+)号", number)
    if match and (candidate := f"{kind.value}-{match[1]}-{match[2]}") not in used_ids:
        return candidate
    written = re.match(r"\d{4}", str(known.get("date_written", "")))
    year = int(written[0]) if written else day.year
    candidate, at = next_free_id(project, kind, year), 1
    while candidate.casefold() in used_ids:
        candidate, at = f"{kind.value}-{year}-{at}", at + 1
    return candidate


def _ids(project: Path) -> set[str]:
    """Return the ids of a site and the names of its files, in small letters: case alone does not part two."""
    stems = (place.stem for place in (project / "content").rglob("*.md"))
    return {name.casefold() for name in (*stems, *(one.id for one in known_pages(project)))}


def _asked(kind: Kind, known: _Values, ask: Callable[[str], str]) -> dict[str, str | Sequence[str]]:
    missing = [key for key in keys_of(kind) if key not in known and (key in required_of(kind) or key == "disclosure")]
    answers = {key: ask(label_of(key)).strip() for key in missing}
    return {**known, **{key: answer for key, answer in answers.items() if answer}}


def _hints(body: str, known: _Values) -> dict[str, str]:
    titles = [
        f"{one.number}. {one.title}".removeprefix(". ") for one in find_announced_attachments(body, 1) if not one.held
    ]
    if not titles or "attachments" in known:
        return {}
    return {
        "attachments": f"{label_of('attachments')}：正文说有 {'；'.join(titles)}。文件放进 files/，再逐个列出".replace(
            "\n", " "
        )
    }


def _write(place: Path, text: str, pictures: Mapping[str, bytes]) -> None:
    """Write a page and its pictures, all or none."""
    written: list[Path] = []
    try:
        for address, data in pictures.items():
            written.append(write_new(place.parent / address, data))
        written.append(write_new(place, text))
    except (GongkaiError, OSError):
        for one in written:
            one.unlink(missing_ok=True)
        raise


def _findings(
    project: Path, config: SiteConfig, place: Path, text: str, pictures: Mapping[str, bytes], day: dt.date
) -> tuple[Finding, ...]:
    """Return what the rules find in the page alone, in the words of ``gongkai check``.

    Most of them look at public documents alone, so ``text`` is what it will be when it is filled in as one.
    """
    from generator.audit import run_rules, select_rules
    from generator.graph.archive import build_archive
    from generator.source.load import parse_page

    path = place.relative_to(project).as_posix()
    folder = path.rpartition("/")[0]
    files = {f"{folder}/{name}": MediaFile(f"{folder}/{name}", len(data), 0) for name, data in pictures.items()}
    page = parse_page(path, path, text.encode()).page
    archive = build_archive([page], files, (), config, AsOf(day))
    return tuple(finding for finding in run_rules(archive, config, select_rules(_RULES, ())) if finding.path == path)


def _sources(official: OfficialDocument, known: _Values, given: _Values, kind: Kind) -> Iterator[str]:
    """Yield where each field comes from, and which are left to fill in."""
    yield f"{label_of('kind')}：{kind.label}"
    where = {field.key: field.where for field in reversed(official.fields)}
    for key, value in known.items():
        source = "选项" if key in given else where.get(key, _SOURCES.get(key, "回答"))
        yield f"{label_of(key)}：{value if isinstance(value, str) else '、'.join(value)}（取自{source}）"
    missing = [key for key in keys_of(kind) if key not in known and (key in required_of(kind) or key == "disclosure")]
    if missing:
        yield f"待填：{'、'.join(map(label_of, missing))}"


def _overruled(official: OfficialDocument, given: _Values) -> Iterator[str]:
    """Yield what the text says otherwise than a person: a title that was field out of it is nowhere else."""
    for field in official.fields:
        given_value = given.get(field.key, field.value)
        if given_value != field.value and list(given_value) != list(field.value):
            extracted_value = field.value if isinstance(field.value, str) else "、".join(field.value)
            yield f"{label_of(field.key)}按选项填写，{field.where}是“{extracted_value}”"


def _changes(dropped: Sequence[str], changes: Sequence[str]) -> Iterator[str]:
    if dropped:
        yield f"没有放进正文：{'；'.join(dropped)}"
    if changes:
        yield f"已整理：{'；'.join(changes)}"
