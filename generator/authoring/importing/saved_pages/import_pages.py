"""``gongkai import FOLDER`` and ``gongkai import page.html``: saved pages of an old site become drafts.

Every page is read first, so that links between them and interpretations find their documents; then all are written.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote, urlsplit

from lxml.cssselect import CSSSelector

from generator.authoring.document_ids import ID, id_of_number, looks_like_another_number
from generator.authoring.front_matter_writer import front_matter, keys_of, required_of
from generator.authoring.importing.saved_pages.addresses import (
    FILE_ENDINGS,
    OldAddress,
    SavedFolder,
    ending_of,
    is_page,
)
from generator.authoring.importing.saved_pages.blocks import map_pieces
from generator.authoring.importing.saved_pages.compare import missing_words
from generator.authoring.importing.saved_pages.container import compiled_selector
from generator.authoring.importing.saved_pages.files import Files
from generator.authoring.importing.saved_pages.interpreted import interpreted_policies
from generator.authoring.importing.saved_pages.page import SavedPage, line_of_status, read_page
from generator.authoring.importing.saved_pages.site_pages import SitePages, read_site_pages
from generator.authoring.importing.saved_pages.tree import MOST_BYTES
from generator.authoring.importing.word.blocks import Piece, Words
from generator.authoring.importing.word.markdown import Writer, pictures_of
from generator.authoring.importing.word.odd_words import odd_passages
from generator.authoring.importing.word.secrecy import mark_of_name
from generator.authoring.key_language import KeyLanguage, language_of_site
from generator.authoring.new import place_of
from generator.authoring.new_files import write_new
from generator.config.load import SiteConfig
from generator.domain.model import AsOf, MediaFile
from generator.domain.problems import Finding, GongkaiError, reason_of
from generator.domain.titles import title_key
from generator.domain.vocabulary import FIELDS, Disclosure, Kind, label_of

_RULES = ("F003", "F006", "F005", "F007", "F008", "F012", "F013", "G002", "G003", "G004", "H002", "H003", "H008", "S", "T006")
_GENERIC_NAMES = frozenset(
    "index default content contents article articles list show view detail details page info news main display".split()
)
_FALSE = frozenset({"false", "no", "否", "off"})


class PageOptions(NamedTuple):
    """What a person asks for: kind, id and fields of all pages, the selector of the text, whether to write."""

    kind: Kind | None = None
    document_id: str | None = None
    fields: Mapping[str, str | Sequence[str]] = {}
    selector: str = ""
    is_trial: bool = False


class ImportedPage(NamedTuple):
    """A page that was written: from where, to where, and what a person must know."""

    source: str
    place: Path
    title: str
    kind: Kind
    messages: tuple[str, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]


class LeftOut(NamedTuple):
    """A file that was not imported, and why."""

    source: str
    reason: str


class FolderResult(NamedTuple):
    """What an import of saved pages wrote and left out; ``labels`` are those that have no field, with counts."""

    pages: tuple[ImportedPage, ...]
    left_out: tuple[LeftOut, ...]
    labels: tuple[tuple[str, int], ...]
    other_files: int
    is_published: bool


class _Draft(NamedTuple):
    """A page that is to be written: its id, its place, and the addresses that it had."""

    page: SavedPage
    id: str
    place: Path
    addresses: tuple[OldAddress, ...]
    outside: str


_Targets: TypeAlias = Callable[[str], _Draft | None]


class _Prepared(NamedTuple):
    draft: _Draft
    text: str
    files: Files
    messages: tuple[str, ...]
    missing: tuple[str, ...]


def import_pages(project: Path, config: SiteConfig, source: Path, options: PageOptions, day: dt.date) -> FolderResult:
    """Write a draft under ``content/`` for each article among saved pages; ``source`` is a folder or one page.

    Raises ``GongkaiError`` where there is nothing to read.
    """
    selector = compiled_selector(options.selector) if options.selector else None
    folder, names = _opened(source, config)
    known = read_site_pages(project, unquote(urlsplit(config.site.base_url).path) or "/")
    left_out: list[LeftOut] = []
    drafts = _drafts(project, config, folder, names, options, selector, known, left_out)
    prepared = _prepared(project, config, folder, drafts, options, known)
    prepared = _without_own_addresses(project, config, prepared, day)
    findings = _findings(project, config, prepared, day)
    written = list(_written(prepared, findings, left_out, folder.root, options))
    used = {path for one in prepared for path in one.files.used}
    pages = set(names)
    for path in folder.paths:
        if path not in used and path not in pages and ending_of(path) in FILE_ENDINGS:
            left_out.append(LeftOut(str(folder.root / path), "没有导入的网页链接到它"))
    labels = Counter(label for one in prepared for label in one.draft.page.other_labels)
    others = sum(1 for path in folder.paths if path not in used and path not in pages and ending_of(path) not in FILE_ENDINGS)
    return FolderResult(tuple(written), tuple(left_out), tuple(labels.most_common()), others, _is_published(options))


def _opened(source: Path, config: SiteConfig) -> tuple[SavedFolder, list[str]]:
    """Return the folder of some pages and the paths of these."""
    if source.is_dir():
        folder = SavedFolder(source, config.site.base_url)
        if names := [path for path in folder.paths if is_page(path)]:
            return folder, names
        raise GongkaiError(f"{source} 里没有网页（html、htm 等）", "写保存旧网站网页的文件夹")
    if not source.is_file():
        raise GongkaiError(f"{source} 不存在", "检查路径")
    return SavedFolder(source.parent, config.site.base_url, is_single=True), [source.name]


def _drafts(
    project: Path,
    config: SiteConfig,
    folder: SavedFolder,
    names: Sequence[str],
    options: PageOptions,
    selector: CSSSelector | None,
    known: SitePages,
    left_out: list[LeftOut],
) -> list[_Draft]:
    """Return the pages that are articles and new; the others go to ``left_out``."""
    drafts: list[_Draft] = []
    by_letters: dict[str, int] = {}
    for name in names:
        source = str(folder.root / name)
        try:
            if mark := mark_of_name(Path(name).stem):
                raise GongkaiError(f"文件名有密级或内部标志“{mark}”", "先交保密审查；涉密文件不得放进网站的文件夹")
            title = options.fields.get("title", "")
            data = folder.read(name, MOST_BYTES)
            page = read_page(name, data, config.site.agency, selector=selector, kind=options.kind, title=str(title))
        except GongkaiError as error:
            left_out.append(LeftOut(source, f"{error}{f'；{error.hint}' if error.hint else ''}"))
            continue
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "网页读不了"
            left_out.append(LeftOut(source, reason))
            continue
        address, outside = folder.own_address(name, page.declared_address)
        if address and (other := known.by_address.get(address.key)):
            left_out.append(LeftOut(source, f"已经导入过，就是 {other}（{label_of('aliases')} {address.text}）"))
            continue
        if (same := by_letters.get(page.letters)) is not None:
            first = drafts[same]
            left_out.append(LeftOut(source, f"和 {first.page.path} 是同一篇，网址并入 {first.id} 的{label_of('aliases')}"))
            if address and address.key not in {one.key for one in first.addresses}:
                drafts[same] = first._replace(addresses=(*first.addresses, address))
            continue
        page = page._replace(fields={**page.fields, **options.fields})
        document_id = options.document_id or _id_of(page, address, config, known, name)
        if not document_id:
            left_out.append(LeftOut(source, f"已经导入过：编号 {_name_of(page, address, name)} 的标题和它一样"))
            continue
        if document_id.casefold() in known.ids:
            left_out.append(LeftOut(source, f"编号 {document_id} 已经有了，没有改动它"))
            continue
        by_letters[page.letters] = len(drafts)
        drafts.append(_Draft(page, document_id, place_of(project, page.kind, document_id), (address,) if address else (), outside))
        number = str(page.fields.get("doc_number", ""))
        known.add(document_id, page.title, number, is_policy=page.kind is Kind.POLICY)
    return drafts


def _id_of(page: SavedPage, address: OldAddress | None, config: SiteConfig, known: SitePages, name: str) -> str:
    """Return the id of a page: by its 文号 and the config's ``ids``, else by the name of its old address.

    It is empty where that id has the page's own title already: the page was imported before.
    """
    number = str(page.fields.get("doc_number", ""))
    first = id_of_number(number, config.ids) or _name_of(page, address, name)
    if looks_like_another_number(first, number):
        first = f"{first}-{page.kind.value}"
    candidates = (first, *())
    for candidate in _candidates(first):
        title = known.ids.get(candidate.casefold())
        if title is None:
            return candidate
        if title == title_key(page.title) and page.document_id and candidate == candidates[0]:
            return ""
    return ""


def _candidates(first: str) -> Iterator[str]:
    yield first
    yield from (f"{first[:90]}-n{number}" for number in count(2))


def _name_of(page: SavedPage, address: OldAddress | None, name: str) -> str:
    if page.document_id and ID.fullmatch(page.document_id):
        return page.document_id
    path = address.path if address else unquote(name)
    parts = [part for part in path.split("/") if part]
    words = [_ascii(part.rpartition(".")[0] or part if number == len(parts) - 1 else part) for number, part in enumerate(parts)]
    query = "-".join(_ascii(part.partition("=")[2] or part) for part in (address.query if address else "").split("&") if part)
    telling = [word for word in words if word and word.casefold() not in _GENERIC_NAMES]
    last = telling[-1] if telling else ""
    stem = words[-1] if words else ""
    if query:
        last = f"{stem or last}-{query}"
    elif last.isdecimal() and len(last) < 3:  # 2024/1.html: its folder tells more
        last = "-".join((*telling[-2:-1], f"p{last}"))
    candidate = last.strip("-._")[:80]
    if candidate and not candidate[0].isdecimal() and ID.fullmatch(candidate):
        return candidate
    return f"{page.kind.value}-{candidate}" if candidate else f"{page.kind.value}-page"


def _ascii(text: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "" for char in text)


def _prepared(
    project: Path,
    config: SiteConfig,
    folder: SavedFolder,
    drafts: Sequence[_Draft],
    options: PageOptions,
    known: SitePages,
) -> list[_Prepared]:
    by_path = {draft.page.path: draft for draft in drafts}
    by_key = {address.key: draft for draft in drafts for address in draft.addresses}
    language = language_of_site(project)
    return [_prepare(folder, draft, by_path, by_key, options, known, language) for draft in drafts]


def _prepare(
    folder: SavedFolder,
    draft: _Draft,
    by_path: Mapping[str, _Draft],
    by_key: Mapping[str, _Draft],
    options: PageOptions,
    known: SitePages,
    language: KeyLanguage,
) -> _Prepared:
    page = draft.page
    files = Files(folder, page.path, draft.id)
    files.attach(page.files)
    dead: list[str] = []

    def target_of(href: str) -> _Draft | None:
        path = folder.find(page.path, href)
        address = folder.own_address(page.path, href)[0] if path is None else None
        return by_path.get(path) if path else by_key.get(address.key) if address else None

    def resolved(piece: Piece) -> Piece:
        if not isinstance(piece, Words) or not piece.href:
            return piece
        href = piece.href
        if href in files.by_href:
            return piece._replace(href=files.by_href[href])
        if folder.is_outside(page.path, href):
            return piece
        if (target := target_of(href)) is not None and target is not draft:
            return piece._replace(href=_relative(draft, target) + _fragment(href, page))
        if not href.startswith("#") and not href.casefold().startswith("javascript:") and target is None:
            dead.append(f"“{piece.text[:30]}”（{href[:80]}）")
        return piece._replace(href="")

    blocks = map_pieces(page.blocks, resolved)
    markup = files.pictures(list(pictures_of(blocks)))
    body = Writer(markup, ()).text(blocks, page.levels)
    values, hints, doubts = _values(draft, files, options, known, target_of)
    front = front_matter(page.kind, values, hints, language=language)
    if files.attachments and "attachments" not in values:
        front = _with_attachments(front, files, language, str(values.get("disclosure", "")))
    reported = (*page.dropped, *(one for pair in page.fields.items() for one in pair[1:] if isinstance(one, str)))
    missing = tuple(missing_words(page.words, f"{front}\n{body}", reported))
    lost = [f"原网页里的这些文字，正文里没有，也没有列出来，对照原网页补上：{'、'.join(missing)}"] if missing else []
    dead_links = [f"没有导入的网页，链接只留文字：{'；'.join(dict.fromkeys(dead))}"] if dead else []
    first_line = front.count("\n") + 2
    doubts = [*page.doubts, *doubts, *files.doubts, *dead_links, *lost, *odd_passages(body, first_line)]
    messages = (
        *_missing_fields(page.kind, values),
        *([f"没有放进正文：{'；'.join(dict.fromkeys(map(_shortened, page.dropped)))}"] if page.dropped else []),
        *([f"已整理：{'；'.join(page.changes)}"] if page.changes else []),
        *(f"请核对：{one}" for one in doubts),
    )
    absent = tuple(key for key in _absent(page.kind, values))
    return _Prepared(draft, f"{front}\n{body}", files, messages, absent)


def _values(
    draft: _Draft, files: Files, options: PageOptions, known: SitePages, target_of: _Targets
) -> tuple[dict[str, str | Sequence[str]], dict[str, str], list[str]]:
    """Return the fields of a page, comments for some, and what a person must check."""
    page = draft.page
    values: dict[str, str | Sequence[str]] = {"title": page.title}
    hints: dict[str, str] = {}
    doubts: list[str] = []
    if not _is_published(options):
        values["draft"] = "true"
    values |= {key: value for key, value in page.fields.items() if key not in {"draft", "title"}}
    relations = _related(page, target_of)
    if page.kind is Kind.INTERPRETATION and "interprets" not in values and "interprets" not in relations:
        if explained := interpreted_policies(page, known, target_of):
            relations["interprets"] = explained
    values |= {key: refs[0] if len(refs) == 1 else refs for key, refs in relations.items() if key not in values}
    if mark := line_of_status(page):
        key = "repealed_by" if page.kind is Kind.POLICY else ""
        doubts.append(f"旧网站写明有效性是“{mark}”：核对后由新文件写“{label_of('repeals')}”，或在这里写“{label_of('repealed_by')}”")
        if key and key not in values:
            hints[key] = f"请核对：旧网站写明“{mark}”，写废止它的文件；没有的写{label_of('repeal_reason')}"
    if draft.addresses:
        values["aliases"] = [address.text for address in draft.addresses]
    if draft.outside:
        doubts.append(f"原网址 {draft.outside[:120]} 不在 base_url 之下，这个网站放不了它的跳转页，在旧网址的服务器上设")
    values["migrated"] = "true"
    return values, hints, doubts


def _related(page: SavedPage, target_of: _Targets) -> dict[str, list[str]]:
    relations: dict[str, list[str]] = {}
    for key, hrefs in page.relations.items():
        targets = [
            f"{target.id}#{clause}" if clause else target.id
            for href, clause in hrefs
            if (target := target_of(href)) is not None
        ]
        if targets and page.kind in FIELDS[key].kinds:
            relations[key] = list(dict.fromkeys(targets))
    return relations


def _relative(draft: _Draft, target: _Draft) -> str:
    return target.place.name if target.page.kind is draft.page.kind else f"../{target.page.kind.folder}/{target.place.name}"


def _fragment(href: str, page: SavedPage) -> str:
    fragment = unquote(href.partition("#")[2])
    return f"#{fragment}" if page.document_id and fragment else ""


def _with_attachments(front: str, files: Files, language: KeyLanguage, disclosure: str) -> str:
    """Return front matter with its list of attachments."""
    name = language.name_of
    rows = [f"{name('attachments')}:"]
    for title, address in files.attachments:
        words = title.replace("\\", "＼").replace('"', "”")
        rows.append(f'  - {"标题" if language is KeyLanguage.CHINESE else "title"}: "{words}"')
        rows.append(f"    {'文件' if language is KeyLanguage.CHINESE else 'file'}: {address}")
        if disclosure:
            rows.append(f"    {name('disclosure')}: {disclosure}")
    bare = front.removesuffix("---\n")
    kept = [line for line in bare.split("\n") if not line.startswith(f"{name('attachments')}:")]
    return "\n".join([*kept[:-1], *rows]) + "\n---\n"


def _absent(kind: Kind, values: Mapping[str, object]) -> Iterator[str]:
    return (key for key in keys_of(kind) if key not in values and (key in required_of(kind) or key == "disclosure"))


def _missing_fields(kind: Kind, values: Mapping[str, object]) -> Iterator[str]:
    if missing := list(_absent(kind, values)):
        yield f"待填：{'、'.join(map(label_of, missing))}"


def _shortened(text: str) -> str:
    return f"“{text[:60]}{'……' if len(text) > 60 else ''}”"


def _is_published(options: PageOptions) -> bool:
    return str(options.fields.get("draft", "")).strip().casefold() in _FALSE


def _archive(project: Path, config: SiteConfig, prepared: Sequence[_Prepared], day: dt.date, *, as_public: bool):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from generator.graph.archive import build_archive
    from generator.source.load import parse_page

    pages, files = [], {}
    for one in prepared:
        path = one.draft.place.relative_to(project).as_posix()
        text = _as_public(one, day) if as_public else one.text
        pages.append(parse_page(path, path, text.encode()).page)
        folder = path.rpartition("/")[0]
        files |= {f"{folder}/{name}": MediaFile(f"{folder}/{name}", len(data), 0) for name, data in one.files.data.items()}
    return build_archive(pages, files, (), config, AsOf(day))


def _as_public(one: _Prepared, day: dt.date) -> str:
    """Return a page as it will be when it is filled in and published: most rules look at public documents alone.

    Its lines stay the lines of the file.
    """
    front, fence, body = one.text.removeprefix("---\n").partition("\n---\n")
    rows = []
    for row in front.split("\n"):
        key, _, value = row.partition(":")
        if key in {"draft", "草稿"}:
            rows.append(f"{key}: false")
        elif key in {"disclosure", "公开属性"} and not value.partition("#")[0].strip():
            rows.append(f"{key}: {Disclosure.PROACTIVE.label}")
        elif key in {"date_published", "发布日期"} and not value.partition("#")[0].strip():
            rows.append(f"{key}: {day}")
        else:
            rows.append(row)
    return "---\n" + "\n".join(rows) + fence + body


def _without_own_addresses(
    project: Path, config: SiteConfig, prepared: Sequence[_Prepared], day: dt.date
) -> list[_Prepared]:
    """Return pages without the aliases that are their own new addresses."""
    base = unquote(urlsplit(config.site.base_url).path) or "/"
    archive = _archive(project, config, prepared, day, as_public=False)
    own = {document.id: OldAddress(base + unquote(document.address)).key for document in archive.documents}
    kept = []
    for one in prepared:
        text = one.text
        for address in one.draft.addresses:
            if address.key == own.get(one.draft.id):
                text = _without_alias(text, address.text)
        kept.append(one._replace(text=text))
    return kept


def _without_alias(text: str, alias: str) -> str:
    lines = text.split("\n")
    end = lines.index("---", 1)
    for number in range(1, end):
        if lines[number].strip().removeprefix("- ").strip("'\"") == alias:
            del lines[number]
            is_alone = lines[number - 1].split(":")[0] in {"aliases", "旧网址"} and not lines[number].startswith("  -")
            if is_alone:
                del lines[number - 1]
            break
    return "\n".join(lines)


def _findings(
    project: Path, config: SiteConfig, prepared: Sequence[_Prepared], day: dt.date
) -> Mapping[str, tuple[Finding, ...]]:
    """Return what the rules find in the new pages, by their paths."""
    from generator.audit import run_rules, select_rules

    if not prepared:
        return {}
    archive = _archive(project, config, prepared, day, as_public=True)
    by_path: dict[str, tuple[Finding, ...]] = {}
    for finding in run_rules(archive, config, select_rules(_RULES, ())):
        by_path[finding.path] = (*by_path.get(finding.path, ()), finding)
    return {str(project / path): findings for path, findings in by_path.items()}


def _written(
    prepared: Sequence[_Prepared],
    findings: Mapping[str, tuple[Finding, ...]],
    left_out: list[LeftOut],
    root: Path,
    options: PageOptions,
) -> Iterator[ImportedPage]:
    for one in prepared:
        place, source = one.draft.place, str(root / one.draft.page.path)
        if not options.is_trial:
            written: list[Path] = []
            try:
                for address, data in one.files.data.items():
                    written.append(write_new(place.parent / address, data))
                written.append(write_new(place, one.text))
            except (GongkaiError, OSError) as error:
                for path in written:
                    path.unlink(missing_ok=True)
                left_out.append(LeftOut(source, reason_of(error) if isinstance(error, OSError) else str(error)))
                continue
        page = one.draft.page
        yield ImportedPage(source, place, page.title, page.kind, one.messages, findings.get(str(place), ()), one.missing)
