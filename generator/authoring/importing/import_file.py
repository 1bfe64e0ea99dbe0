"""``gongkai import``: a file becomes one draft of the site, with what its text says for certain as front matter.

What is required and was not found stays a place to fill in; nothing is guessed, and never that a text is public.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.authoring.document_ids import day_of, free_id, id_of_number, looks_like_another_number, used_ids
from generator.authoring.front_matter_writer import front_matter, keys_of, required_of
from generator.authoring.importing import messages
from generator.authoring.importing.answers import asked
from generator.authoring.importing.captions import with_captions
from generator.authoring.importing.official.document import OfficialDocument, kind_by_title, read_official
from generator.authoring.importing.pictures import Pictures, floating_seals
from generator.authoring.importing.questions import with_question_levels
from generator.authoring.importing.reading import read_source, refuse_marked
from generator.authoring.importing.stated.fields import offered_fields
from generator.authoring.importing.word.blocks import block_text
from generator.authoring.importing.word.markdown import PictureMarkup, Writer, pictures_of
from generator.authoring.importing.word.odd_words import odd_passages
from generator.authoring.importing.word.tidy import tidy_blocks
from generator.authoring.key_language import KeyLanguage, language_of_site
from generator.authoring.known_pages import known_pages
from generator.authoring.new import place_of
from generator.authoring.new_files import write_new
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import AsOf, MediaFile
from generator.domain.problems import Finding, GongkaiError
from generator.domain.vocabulary import Disclosure, Kind
from generator.source.front_matter.values import is_false

_RULES = ("F003", "F007", "F008", "F012", "F013", "G002", "G004", "H002", "H003", "H008", "H011", "S")
_PRIVATE = "S"
_DRAFT = {"draft": "true"}
_NO_DRAFT = "不是草稿：下一次 gongkai build 就发布；先运行 gongkai check"
_DRAFT_HINT = {"draft": "草稿不发布；填好、核对后删去这一行"}
_HOW_TO_PUBLISH = "发布：填好、核对，删去 {} 那一行，运行 gongkai check 和 gongkai build"
_ASKED_KINDS = frozenset({Kind.INTERPRETATION, Kind.RESPONSE})
_Values = Mapping[str, str | Sequence[str]]


class ImportOptions(NamedTuple):
    """What a person asks for: kind, id and fields, and how to ask for what is missing (``None``: not at all).

    ``ask`` takes a question and what was wrong with the answer before, and returns the answer, empty for none.
    ``language`` is that of the keys; ``None`` for that of the site.
    """

    kind: Kind | None = None
    document_id: str | None = None
    fields: _Values = MappingProxyType({})
    ask: Callable[[str, str], str] | None = None
    language: KeyLanguage | None = None


class ImportResult(NamedTuple):
    """A page that was written: its place, what a person must know, and what the rules find in it."""

    place: Path
    messages: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_private(self) -> bool:
        """Whether there is something in it that must not be published."""
        return any(finding.blocking and finding.rule.startswith(_PRIVATE) for finding in self.findings)


def import_file(project: Path, config: SiteConfig, source: Path, options: ImportOptions, day: dt.date) -> ImportResult:
    """Write one draft under ``content/`` from a file, its pictures beside it; ``day`` is today.

    Raises ``GongkaiError`` for a file that cannot be read, that bears a mark of secrecy, or whose page exists
    already; then nothing is written.
    """
    file = read_source(source)
    text = tidy_blocks(file.document.blocks)
    notes = tuple(tidy_blocks(note).blocks for note in file.document.notes)
    if not any(block_text(block).strip() for block in text.blocks):
        if not list(pictures_of(text.blocks)):
            raise GongkaiError(f"{source} 里面没有文字，没有导入", "核对是不是选错了文件")
        raise GongkaiError(f"{source} 里面只有图片，多半是扫描件，没有导入", "先识别成文字、逐字核对，再导入")
    given_title = options.fields.get("title", "")
    official = read_official(text.blocks, given_title if isinstance(given_title, str) else "")
    known = _known(official, options.fields)
    kind = options.kind or kind_by_title(str(known.get("title", "")))
    captioned = with_captions(official.blocks)
    levels = with_question_levels(captioned.blocks, official.levels) if kind in _ASKED_KINDS else official.levels
    blocks = [*captioned.blocks, *(block for note in notes for block in note)]
    unnamed = dict.fromkeys(pictures_of(blocks), PictureMarkup("", ""))
    plain = Writer(unnamed, notes).text(captioned.blocks, levels)
    offered = offered_fields(kind, known, captioned.blocks, plain, project)
    document_id = _id_of(project, config, kind, source, known, options, day)
    if options.ask:
        values = {**known, **{key: field.value for key, field in offered.items()}}
        known = _asked(kind, values, known, options.ask, config)
        offered = {**offered_fields(kind, known, captioned.blocks, plain, project), **offered}
        document_id = _id_of(project, config, kind, source, known, options, day)
    place = place_of(project, kind, document_id)
    pictures = Pictures(
        file.pictures,
        document_id,
        options.ask,
        captions=captioned.captions,
        seals=floating_seals(captioned.blocks),
    )
    markup = {picture: pictures.markup_of(picture) for picture in dict.fromkeys(pictures_of(blocks))}
    body = Writer(markup, notes).text(captioned.blocks, levels)
    for mark in file.marks_left_out(body):  # what is left out must not take a mark with it
        refuse_marked(source, "正文以外的部分（文本框、水印、隐藏的文字、没有放进正文的行）", mark)
    known = {**known, **{key: field.value for key, field in offered.items() if key not in known}}
    hints = {
        **messages.attachment_hints(body, known),
        **{key: field.note for key, field in offered.items() if field.note},
    }
    language = options.language or language_of_site(project)
    is_draft = not is_false(str(known.get("draft", "")))
    hints = {**(_DRAFT_HINT if is_draft else {}), **hints}
    front = front_matter(kind, {**_DRAFT, **known}, hints, language=language, notes=pictures.notes)
    _write(place, f"{front}\n{body}", pictures.files)
    findings = _findings(
        project, config, place, _page_if_public(kind, known, hints, pictures.notes, body, day), pictures.files, day
    )
    return ImportResult(
        place,
        (
            *messages.sources(official, known, options.fields, kind, offered),
            *_remarks_on_id(project, config, document_id, known, options),
            *messages.left_out_and_changed(official, notes, file, text.changes),
            *(f"请核对：{one}" for one in (*file.remarks, *messages.overruled(official, options.fields))),
            *(f"请核对：{one}" for one in (*official.doubts, *file.document.warnings, *pictures.doubts)),
            *(f"请核对：{one}" for one in messages.missing(file, f"{_text_of(known)}\n{body}", official, notes)),
            *(f"请核对：{one}" for one in odd_passages(body, front.count("\n") + 2)),
            f"写成了草稿，不会发布。{_HOW_TO_PUBLISH.format(language.name_of('draft'))}" if is_draft else _NO_DRAFT,
        ),
        findings,
    )


def _known(official: OfficialDocument, given: _Values) -> dict[str, str | Sequence[str]]:
    """Return the value of every field that is known; what a person gave goes before what the text says."""
    values: dict[str, str | Sequence[str]] = {}
    for field in official.fields:
        values.setdefault(field.key, field.value)
    return {**values, **given}


def _id_of(
    project: Path,
    config: SiteConfig,
    kind: Kind,
    source: Path,
    known: _Values,
    options: ImportOptions,
    day: dt.date,
) -> str:
    """Return the id that was asked for, or a free one; raises ``GongkaiError`` for one that a page has already."""
    number = str(known.get("doc_number", ""))
    day = day_of(str(known.get("date_written", ""))) or day
    document_id = options.document_id or free_id(
        project, kind, day, doc_number=number, prefixes=config.ids, name=source.stem
    )
    if document_id.casefold() in used_ids(project):
        raise GongkaiError(f"编号 {document_id} 已经有了，没有改动它", "用 --id 换一个编号，或直接编辑原来的文件")
    return document_id


def _remarks_on_id(
    project: Path, config: SiteConfig, document_id: str, known: _Values, options: ImportOptions
) -> list[str]:
    """Return what a person must know of an id that is the address from now on."""
    number = str(known.get("doc_number", ""))
    has_number = number not in {"", "none"}
    remarks = []
    same = [
        one.id
        for one in known_pages(project)
        if number not in {"", "none"}
        and doc_number_key(one.doc_number) == doc_number_key(number)
        and one.id != document_id
    ]
    if same:
        remarks.append(f"请核对：文号 {number} 站内已有（{'、'.join(same)}），是不是重复导入")
    if options.document_id and looks_like_another_number(document_id, number):
        remarks.append(
            f"请核对：编号 {document_id} 的末尾像文号的年份和序号，却不是本文的；编号就是网址，发布后不能再改"
        )
    elif has_number and not options.document_id and not id_of_number(number, config.ids):
        remarks.append(
            f"编号：{document_id}（就是网址，发布后不能再改；在配置里写 ids: {{机关代字: 英文前缀}}，以后按文号编）"
        )
    return remarks


def _asked(
    kind: Kind, values: _Values, known: _Values, ask: Callable[[str, str], str], config: SiteConfig
) -> dict[str, str | Sequence[str]]:
    """Return what is known with the answers for what is required and has no value."""
    missing = [key for key in keys_of(kind) if key not in values and (key in required_of(kind) or key == "disclosure")]
    answers = {key: asked(key, ask, config) for key in missing}
    return {**known, **{key: answer for key, answer in answers.items() if answer}}


def _text_of(known: _Values) -> str:
    return "\n".join(value if isinstance(value, str) else "\n".join(value) for value in known.values())


def _page_if_public(
    kind: Kind, known: _Values, hints: Mapping[str, str], notes: Sequence[str], body: str, day: dt.date
) -> str:
    """Return the page as it will be when it is filled in and public, line by line: most rules look at such alone."""
    public = {"disclosure": Disclosure.PROACTIVE.label, "date_published": day.isoformat()}
    values = {"draft": "false", **{key: value for key, value in public.items() if key in keys_of(kind)}, **known}
    return f"{front_matter(kind, values, hints, notes=notes)}\n{body}"


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
    """Return what the rules find in the page alone, in the words of ``gongkai check``."""
    from generator.audit import run_rules, select_rules
    from generator.graph.archive import build_archive
    from generator.source.load import parse_page

    path = place.relative_to(project).as_posix()
    folder = path.rpartition("/")[0]
    files = {f"{folder}/{name}": MediaFile(f"{folder}/{name}", len(data), 0) for name, data in pictures.items()}
    page = parse_page(path, path, text.encode()).page
    archive = build_archive([page], files, (), config, AsOf(day))
    return tuple(finding for finding in run_rules(archive, config, select_rules(_RULES, ())) if finding.path == path)
