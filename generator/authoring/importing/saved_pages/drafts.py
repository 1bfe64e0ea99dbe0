"""Which saved pages will be written: articles that are new, with their ids and addresses."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from lxml.cssselect import CSSSelector

from generator.authoring.document_ids import ID, id_of_number, looks_like_another_number
from generator.authoring.importing.saved_pages.addresses import (
    OldAddress,
    SavedFolder,
)
from generator.authoring.importing.saved_pages.page import SavedPage, read_page
from generator.authoring.importing.saved_pages.results import LeftOut, PageOptions
from generator.authoring.importing.saved_pages.site_pages import SitePages
from generator.authoring.importing.saved_pages.tree import MOST_BYTES
from generator.authoring.importing.word.secrecy import mark_of_name
from generator.authoring.new import place_of
from generator.config.load import SiteConfig
from generator.domain.problems import GongkaiError, reason_of
from generator.domain.titles import title_key
from generator.domain.vocabulary import Kind, label_of

_GENERIC_NAMES = frozenset(
    [
        "index",
        "default",
        "content",
        "contents",
        "article",
        "articles",
        "list",
        "show",
        "view",
        "detail",
        "details",
        "page",
        "info",
        "news",
        "main",
        "display",
    ]
)


class Draft(NamedTuple):
    """A page that is to be written: its id, its place, and the addresses that it had."""

    page: SavedPage
    id: str
    place: Path
    addresses: tuple[OldAddress, ...]
    outside: str


Targets: TypeAlias = Callable[[str], Draft | None]


def drafts_of(
    project: Path,
    config: SiteConfig,
    folder: SavedFolder,
    names: Sequence[str],
    options: PageOptions,
    selector: CSSSelector | None,
    known: SitePages,
    left_out: list[LeftOut],
) -> list[Draft]:
    """Return the pages that are articles and new; the others go to ``left_out``."""
    drafts: list[Draft] = []
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
            left_out.append(
                LeftOut(source, f"和 {first.page.path} 是同一篇，网址并入 {first.id} 的{label_of('aliases')}")
            )
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
        drafts.append(
            Draft(page, document_id, place_of(project, page.kind, document_id), (address,) if address else (), outside)
        )
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
    words = [
        _ascii(part.rpartition(".")[0] or part if number == len(parts) - 1 else part)
        for number, part in enumerate(parts)
    ]
    query = "-".join(
        _ascii(part.partition("=")[2] or part) for part in (address.query if address else "").split("&") if part
    )
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
