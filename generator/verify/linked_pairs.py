"""Check that documents and interpretations link to each other on the pages of a built site (LINK-02 to LINK-04)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import RelationKind
from generator.verify.api_records import read_records
from generator.verify.built_page import PageFacts, read_page
from generator.verify.built_site import MANIFEST, RECORDS, BuiltSite, file_of, parsed
from generator.verify.relation_checks import name_of


class PairCheck(NamedTuple):
    """The missing links of a built site in Chinese, by the id of the document; ``as_of`` is the day of the site."""

    wrong: Mapping[str, str]
    as_of: str


def check_pairs(root: Path, pairs: Iterable[tuple[str, str]]) -> PairCheck:
    """Check both links of every pair of a document's and an interpretation's id; only their pages are read.

    Raises ``GongkaiError`` where the folder is no site of gongkai.
    """
    texts = {name: _read(root / name) for name in (MANIFEST, RECORDS)}
    records, _ = read_records(parsed(texts[RECORDS]))
    if not records:
        raise GongkaiError(f"{root} 不是 gongkai 生成的网站：没有 {RECORDS}", "写 gongkai build 的输出目录，如 public")
    all_pairs = list(pairs)
    names = {name for pair in all_pairs for name in pair if name in records}
    pages: dict[str, PageFacts] = {}
    for name in sorted(names):
        path = file_of(records[name].url)
        inside = not path.startswith("/") and ".." not in path.split("/")
        if inside and (page := read_page(_read(root / path))):
            pages[path] = page
    site = BuiltSite({}, pages, texts, records)
    links = {name: _links(site, name) for name in names}
    wrong: dict[str, dict[str, None]] = defaultdict(dict)
    for document, interpretation in all_pairs:
        for name in (document, interpretation):
            if name not in records:
                wrong[document][f"网站上没有 {name}"] = None
        if {document, interpretation} <= records.keys():
            if (RelationKind.INTERPRETED_BY.value, interpretation) not in links[document]:
                wrong[document][f"文件页没有到 {interpretation} 的链接"] = None
            if (RelationKind.INTERPRETS.value, document) not in links[interpretation]:
                wrong[document][f"{interpretation} 没有到文件的链接"] = None
    return PairCheck({name: "；".join(faults) for name, faults in wrong.items()}, str(site.manifest.get("as_of", "")))


def _links(site: BuiltSite, name: str) -> set[tuple[str, str]]:
    path = file_of(site.records[name].url)
    page = site.pages.get(path)
    related = page.related if page else ()
    return {(item.kind, name_of(site, path, item.address, item.words)) for item in related if item.address}


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:
        return b""
