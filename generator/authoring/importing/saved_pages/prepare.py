"""The Markdown of a page with its front matter and files, links between pages resolved."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from generator.authoring.front_matter_writer import front_matter, keys_of, required_of
from generator.authoring.importing.captions import with_captions
from generator.authoring.importing.comparison import missing_words
from generator.authoring.importing.saved_pages.addresses import (
    SavedFolder,
)
from generator.authoring.importing.saved_pages.blocks import map_pieces
from generator.authoring.importing.saved_pages.drafts import Draft, Targets
from generator.authoring.importing.saved_pages.files import Files
from generator.authoring.importing.saved_pages.interpreted import interpreted_policies
from generator.authoring.importing.saved_pages.page import SavedPage, line_of_status
from generator.authoring.importing.saved_pages.results import PageOptions, is_published
from generator.authoring.importing.saved_pages.site_pages import SitePages
from generator.authoring.importing.stated.fields import offered_fields
from generator.authoring.importing.stated.offered_field import OfferedField
from generator.authoring.importing.word.blocks import Piece, Words
from generator.authoring.importing.word.markdown import Writer, pictures_of
from generator.authoring.importing.word.odd_words import odd_passages
from generator.authoring.key_language import KeyLanguage, language_of_site
from generator.domain.vocabulary import FIELDS, Kind, label_of


class PreparedPage(NamedTuple):
    """A page as it will be written, and what a person must know."""

    draft: Draft
    text: str
    files: Files
    messages: tuple[str, ...]
    missing: tuple[str, ...]


def prepared_pages(
    project: Path,
    folder: SavedFolder,
    drafts: Sequence[Draft],
    options: PageOptions,
    known: SitePages,
) -> list[PreparedPage]:
    """Return the pages that will be written, with their texts and files."""
    by_path = {draft.page.path: draft for draft in drafts}
    by_key = {address.key: draft for draft in drafts for address in draft.addresses}
    language = language_of_site(project)
    return [_prepare(project, folder, draft, by_path, by_key, options, known, language) for draft in drafts]


def _prepare(
    project: Path,
    folder: SavedFolder,
    draft: Draft,
    by_path: Mapping[str, Draft],
    by_key: Mapping[str, Draft],
    options: PageOptions,
    known: SitePages,
    language: KeyLanguage,
) -> PreparedPage:
    page = draft.page
    files = Files(folder, page.path, draft.id)
    files.attach(page.files)
    dead: list[str] = []

    def target_of(href: str) -> Draft | None:
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

    blocks, captions = with_captions(map_pieces(page.blocks, resolved))
    markup = files.pictures(list(pictures_of(blocks)))
    body = Writer(markup, ()).text(blocks, page.levels)
    values, hints, doubts = _values(draft, options, known, target_of)
    offered = _offered(page, values, body, project)
    values |= {key: field.value for key, field in offered.items()}
    hints |= {key: field.note for key, field in offered.items()}
    doubts += [f"取自正文：{'、'.join(map(label_of, offered))}，行末是正文的原话"] if offered else []
    notes = tuple(f"请核对：{markup[one].address} 的文字说明取自图题“{caption}”" for one, caption in captions.items())
    front = front_matter(page.kind, values, hints, language=language, notes=notes)
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
    return PreparedPage(draft, f"{front}\n{body}", files, messages, absent)


def _values(
    draft: Draft, options: PageOptions, known: SitePages, target_of: Targets
) -> tuple[dict[str, str | Sequence[str]], dict[str, str], list[str]]:
    """Return the fields of a page, comments for some, and what a person must check."""
    page = draft.page
    values: dict[str, str | Sequence[str]] = {"title": page.title}
    hints: dict[str, str] = {}
    doubts: list[str] = []
    if not is_published(options):
        values["draft"] = "true"
    values |= {key: value for key, value in page.fields.items() if key not in {"draft", "title"}}
    relations = _related(page, target_of)
    is_open = page.kind is Kind.INTERPRETATION and "interprets" not in values and "interprets" not in relations
    if is_open and (explained := interpreted_policies(page, known, target_of)):
        relations["interprets"] = explained
    values |= {key: refs[0] if len(refs) == 1 else refs for key, refs in relations.items() if key not in values}
    if mark := line_of_status(page):
        key = "repealed_by" if page.kind is Kind.POLICY else ""
        doubts.append(
            f"旧网站写明有效性是“{mark}”：核对后由新文件写“{label_of('repeals')}”，或在这里写“{label_of('repealed_by')}”"
        )
        if key and key not in values:
            hints[key] = f"请核对：旧网站写明“{mark}”，写废止它的文件；没有的写{label_of('repeal_reason')}"
    if draft.addresses:
        values["aliases"] = [address.text for address in draft.addresses]
    if draft.outside:
        doubts.append(
            f"原网址 {draft.outside[:120]} 不在 base_url 之下，这个网站放不了它的跳转页，在旧网址的服务器上设"
        )
    values["migrated"] = "true"
    return values, hints, doubts


def _offered(
    page: SavedPage, values: Mapping[str, str | Sequence[str]], body: str, project: Path
) -> dict[str, OfferedField]:
    """Return the fields that a text states; a page that gongkai built has all that its document was given."""
    if page.document_id or page.kind is Kind.INTERPRETATION:
        return {}
    offered = offered_fields(page.kind, values, page.blocks, body, project)
    if "takedown_on" in offered and str(offered["takedown_on"].value) <= str(values.get("date_published", "")):
        del offered["takedown_on"]  # the period of something else
    return offered


def _related(page: SavedPage, target_of: Targets) -> dict[str, list[str]]:
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


def _relative(draft: Draft, target: Draft) -> str:
    return (
        target.place.name
        if target.page.kind is draft.page.kind
        else f"../{target.page.kind.folder}/{target.place.name}"
    )


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
