"""``gongkai import FOLDER`` and ``gongkai import page.html``: saved pages of an old site become drafts.

Every page is read first, so that links between them and interpretations find their documents; then all are written.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.authoring.importing.saved_pages.addresses import (
    FILE_ENDINGS,
    OldAddress,
    SavedFolder,
    ending_of,
    is_page,
)
from generator.authoring.importing.saved_pages.container import compiled_selector
from generator.authoring.importing.saved_pages.drafts import drafts_of
from generator.authoring.importing.saved_pages.prepare import PreparedPage, prepared_pages
from generator.authoring.importing.saved_pages.results import (
    FolderResult,
    ImportedPage,
    LeftOut,
    PageOptions,
    is_published,
)
from generator.authoring.importing.saved_pages.site_pages import read_site_pages
from generator.authoring.new_files import write_new
from generator.config.load import SiteConfig
from generator.domain.model import AsOf, MediaFile
from generator.domain.problems import Finding, GongkaiError, reason_of
from generator.domain.vocabulary import Disclosure

_RULES = (
    "F003",
    "F006",
    "F005",
    "F007",
    "F008",
    "F012",
    "F013",
    "G002",
    "G003",
    "G004",
    "H002",
    "H003",
    "H008",
    "S",
    "T006",
)


def import_pages(project: Path, config: SiteConfig, source: Path, options: PageOptions, day: dt.date) -> FolderResult:
    """Write a draft under ``content/`` for each article among saved pages; ``source`` is a folder or one page.

    Raises ``GongkaiError`` where there is nothing to read.
    """
    selector = compiled_selector(options.selector) if options.selector else None
    folder, names = _opened(source, config)
    known = read_site_pages(project, unquote(urlsplit(config.site.base_url).path) or "/")
    left_out: list[LeftOut] = []
    drafts = drafts_of(project, config, folder, names, options, selector, known, left_out)
    prepared = prepared_pages(project, folder, drafts, options, known)
    prepared = _without_own_addresses(project, config, prepared, day)
    findings = _findings(project, config, prepared, day)
    written = list(_written(prepared, findings, left_out, folder.root, options))
    used = {path for one in prepared for path in one.files.used}
    pages = set(names)
    unused = [path for path in folder.paths if path not in used and path not in pages]
    files = [path for path in unused if ending_of(path) in FILE_ENDINGS]
    left_out += [LeftOut(str(folder.root / path), "没有导入的网页链接到它") for path in files]
    labels = Counter(label for one in prepared for label in one.draft.page.other_labels)
    others = sum(
        1 for path in folder.paths if path not in used and path not in pages and ending_of(path) not in FILE_ENDINGS
    )
    return FolderResult(tuple(written), tuple(left_out), tuple(labels.most_common()), others, is_published(options))


_DOCUMENTS = frozenset({"docx", "doc", "wps", "rtf", "odt", "txt"})


def _opened(source: Path, config: SiteConfig) -> tuple[SavedFolder, list[str]]:
    """Return the folder of some pages and the paths of these."""
    if source.is_dir():
        folder = SavedFolder(source, config.site.base_url)
        if names := [path for path in folder.paths if is_page(path)]:
            return folder, names
        hint = "写保存旧网站网页的文件夹"
        if document := next((path for path in folder.paths if ending_of(path) in _DOCUMENTS), ""):
            hint += f"；Word、WPS 文件逐个写，如 gongkai import {source / document}，一次可以写几个"
        raise GongkaiError(f"{source} 里没有网页（html、htm 等）", hint)
    if not source.is_file():
        raise GongkaiError(f"{source} 不存在", "检查路径")
    return SavedFolder(source.parent, config.site.base_url, is_single=True), [source.name]


def _archive(project: Path, config: SiteConfig, prepared: Sequence[PreparedPage], day: dt.date, *, as_public: bool):  # type: ignore[no-untyped-def]
    from generator.graph.archive import build_archive
    from generator.source.load import parse_page

    pages, files = [], dict[str, MediaFile]()
    for one in prepared:
        path = one.draft.place.relative_to(project).as_posix()
        text = _as_public(one, day) if as_public else one.text
        pages.append(parse_page(path, path, text.encode()).page)
        folder = path.rpartition("/")[0]
        files |= {
            f"{folder}/{name}": MediaFile(f"{folder}/{name}", len(data), 0) for name, data in one.files.data.items()
        }
    return build_archive(pages, files, (), config, AsOf(day))


def _as_public(one: PreparedPage, day: dt.date) -> str:
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
    project: Path, config: SiteConfig, prepared: Sequence[PreparedPage], day: dt.date
) -> list[PreparedPage]:
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
    project: Path, config: SiteConfig, prepared: Sequence[PreparedPage], day: dt.date
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
    prepared: Sequence[PreparedPage],
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
        yield ImportedPage(
            source, place, page.title, page.kind, one.messages, findings.get(str(place), ()), one.missing
        )
