"""``gongkai audit --pages``: a folder of saved pages → an archive, what the rules find, and what nobody can tell."""

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.audit import Rule, run_rules
from generator.authoring.importing.saved_pages.addresses import FILE_ENDINGS, SavedFolder, ending_of, is_page
from generator.config.load import SiteConfig, load_config
from generator.domain.model import Archive, AsOf, Evidence, LinkFault, MediaFile, PairFault, Undecided
from generator.domain.problems import Finding, GongkaiError
from generator.domain.vocabulary import OVER, InterpretationState, Kind
from generator.pipeline.options import Progress
from generator.saved_site.address_book import NO_BASE, AddressBook, Reach
from generator.saved_site.allowed_rules import allowed_rules, for_auditors
from generator.saved_site.archive import archive_of
from generator.saved_site.naming import PolicyNames
from generator.saved_site.page_facts import page_facts
from generator.saved_site.page_role import PageRole
from generator.saved_site.pairs import Pairs, find_pairs
from generator.saved_site.read_all import read_pages
from generator.saved_site.read_page import ReadPage
from generator.saved_site.survey import Survey, survey
from generator.saved_site.undecided import undecided
from generator.source.attachments.screening import screen_files

_ENDING = re.compile(r"[-_|–—]\s*([^-_|–—]{3,30})\Z")
_CLEAN_UP = re.compile(r"废止|失效|清理|继续有效")
_DUTY_SINCE = dt.date(2016, 11, 10)  # 国办发〔2016〕80号


class SavedPagesOptions(NamedTuple):
    """The folder of pages, the config, if any, and everything that depends on the machine and the day."""

    root: Path
    config_path: Path | None
    cache_path: Path
    as_of: AsOf
    jobs: int
    progress: Progress


class CheckedPages(NamedTuple):
    """A folder of saved pages that was checked; ``pair_faults`` are in words, by the id of the policy."""

    config: SiteConfig
    archive: Archive
    evidence: Evidence
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    pair_faults: Mapping[str, str]
    undecided: tuple[Undecided, ...]
    pages: int


def check_pages(options: SavedPagesOptions) -> CheckedPages:
    """Read all pages of a folder and run the rules that pages allow; nothing is written but the cache.

    Raises ``GongkaiError`` where there is nothing to read, ``ConfigError`` for a config that cannot be used.
    """
    root = options.root
    if not root.is_dir():
        raise GongkaiError(f"没有文件夹 {root}", "写保存网页的文件夹，如 gongkai audit --pages 保存的网页")
    given = load_config(options.config_path) if options.config_path else None
    all_paths = SavedFolder(root, given.site.base_url if given else NO_BASE).paths
    paths = [path for path in all_paths if is_page(path)]
    if not paths:
        raise GongkaiError(f"{root} 里没有网页（html、htm 等）", "写保存网页的文件夹")
    pages = read_pages(
        root,
        paths,
        options.cache_path,
        jobs=options.jobs,
        advance=lambda done, total: options.progress("读取网页", done, total),
    )
    options.progress("核对规则", 0, 1)
    book = AddressBook(root, given.site.base_url if given else "", pages)
    surveyed = survey(pages, book)
    config = given or _config_of(book.base_url, pages)
    pairs = find_pairs(surveyed, PolicyNames(surveyed.of_kind(Kind.POLICY)))
    files = screen_files(root, _media_files(root, all_paths), options.cache_path, jobs=options.jobs)
    saved = archive_of(surveyed, pairs, files, config, options.as_of)
    evidence = Evidence(
        saved=page_facts(surveyed, pairs, saved.archive),
        shared_files=tuple(file for file in files.values() if file.path not in _linked_files(saved.archive)),
    )
    rules = allowed_rules()
    unjudged = _unjudged(surveyed, saved.archive)
    evidence_of_pages = _Certainty(pages, pairs, unjudged, saved.archive)
    hits = run_rules(saved.archive, config, rules, evidence)
    findings = [for_auditors(one) for one in hits if evidence_of_pages.bears_out(one)]
    options.progress("核对规则", 1, 1)
    return CheckedPages(
        config,
        saved.archive,
        evidence,
        rules,
        tuple(sorted(set(findings))),
        _in_words(saved.archive, pairs.faults),
        undecided(surveyed, pairs, saved, unjudged),
        len(pages),
    )


class _Certainty:
    """Whether pages prove a finding; they do not where what is missing may merely not have been saved."""

    def __init__(self, pages: Sequence[ReadPage], pairs: Pairs, unjudged: Iterable[str], archive: Archive) -> None:
        ended = {document.path for document in archive.documents if document.status in OVER}
        marked = {page.path for page in pages if page.says_end}
        of_marked = {path for path, about in pairs.policies_of.items() if marked.intersection(about)}
        self._only = {
            "L001": pairs.orphans,
            "T002": {page.path for page in pages if page.shows_term},
            "T003": {page.path for page in pages if page.shows_effect},
        }
        self._never = {
            "L002": {*unjudged, *ended},  # nobody needs to interpret what has ended
            "L004": {*unjudged, *ended},
            "L008": {page.path for page in pages if _CLEAN_UP.search(page.title)},
            "L015": of_marked,  # the day of the end is not known
        }

    def bears_out(self, finding: Finding) -> bool:
        """Whether a finding is certain."""
        if finding.rule == "F004":
            shown = (("施行日期", "T003"), ("有效期至", "T002"))
            return all(name not in finding.message or finding.path in self._only[rule] for name, rule in shown)
        only = self._only.get(finding.rule)
        return (only is None or finding.path in only) and finding.path not in self._never.get(finding.rule, ())


def _unjudged(surveyed: Survey, archive: Archive) -> tuple[str, ...]:
    """Return the policies without an interpretation of which nobody can tell whether it was published elsewhere."""
    waiting = {InterpretationState.MISSING, InterpretationState.PENDING}
    without = [
        one.path for one in archive.documents if one.interpretation_state in waiting and one.path in surveyed.kinds
    ]
    has_interpretations = bool(surveyed.of_kind(Kind.INTERPRETATION)) or any(
        page.role is PageRole.COLUMN and "解读" in page.column_title for page in surveyed.pages
    )
    if not has_interpretations:
        return tuple(without)
    return tuple(
        path
        for path in without
        if any(
            "解读" in link.words
            and len(link.words) > 4
            and target.reach is not Reach.SAVED
            and target.reach is not Reach.MISSING
            for link, target in surveyed.links[path]
        )
    )


def _linked_files(archive: Archive) -> frozenset[str]:
    return frozenset(
        resolved.file
        for each in (archive.links, archive.attachments)
        for found in each.values()
        for resolved in found
        if resolved.file
    )


def _media_files(root: Path, paths: Iterable[str]) -> dict[str, MediaFile]:
    files = {}
    for path in paths:
        if ending_of(path) in FILE_ENDINGS:
            status = os.stat(root / path)  # noqa: PTH116 - size and times at once
            files[path] = MediaFile(path, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns))
    return files


def _endings(pages: Sequence[ReadPage]) -> Counter[str]:
    """Return the names that stand behind the titles of many pages (某某通知_某某局), with their numbers."""
    endings = Counter(match[1] for page in pages if (match := _ENDING.search(page.page_title)))
    return Counter({name: count for name, count in endings.items() if count > 1})


def _config_of(base_url: str, pages: Sequence[ReadPage]) -> SiteConfig:
    """Return the settings of a site of which only its pages are known: its name, its agency, national limits."""
    names = Counter(page.site_name for page in pages if page.site_name) or _endings(pages)
    issuers = Counter(
        str(field.value)
        for page in pages
        if page.role is PageRole.ARTICLE and (field := page.page.fields.get("issuer")) and isinstance(field.value, str)
    )
    host = base_url.partition("://")[2].strip("/")
    site = names.most_common(1)[0][0] if names else "保存的网页" if base_url == NO_BASE else host
    agency = issuers.most_common(1)[0][0] if issuers else site
    return SiteConfig.model_validate(
        {
            "site": {"title": site, "agency": agency, "base_url": base_url},
            "interpretation": {"since": _DUTY_SINCE},
        }
    )


_WORDS = {
    LinkFault.NO_LINK_TO_INTERPRETATION: "文件页没有到 {} 的链接",
    LinkFault.NO_LINK_TO_POLICY: "{} 没有到文件的链接",
    LinkFault.NO_LINKS: "和 {} 互相没有链接",
    LinkFault.WRONG_POLICY: "{} 链接到别的文件",
    LinkFault.WRONG_INTERPRETATION: "没有链接到 {}，链接到别的解读",
}


def _in_words(archive: Archive, faults: Iterable[PairFault]) -> dict[str, str]:
    """Return the faults of links in words, by the id of the policy."""
    words: dict[str, list[str]] = {}
    for fault in faults:
        document = archive.by_path[fault.path]
        is_policy = document.kind is Kind.POLICY
        policy, other = (
            (document, archive.by_path[fault.other]) if is_policy else (archive.by_path[fault.other], document)
        )
        text = _WORDS[fault.fault].format(other.path)
        if text not in words.setdefault(policy.id, []):
            words[policy.id].append(text)
    return {path: "；".join(texts) for path, texts in words.items()}
