"""The archive of a folder of saved pages: fields that its texts and links give, then what the graph makes of them."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.audit.facts.stated_days import certain_range, effect_range, term_range
from generator.audit.facts.stated_repeals import PolicyIndex
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key
from generator.domain.model import (
    Archive,
    AsOf,
    Attachment,
    Document,
    Field,
    LinkOutcome,
    MediaFile,
    Page,
    PrintedDisclosure,
    Reference,
    ResolvedLink,
)
from generator.domain.model.page import FieldValue
from generator.domain.model.stated_fields import NOTHING_STATED
from generator.domain.vocabulary import FIELDS, Disclosure, DocType, Kind, Status
from generator.graph.archive import build_archive
from generator.graph.validity import effective_on
from generator.saved_site.address_book import Reach
from generator.saved_site.naming import names_of_title
from generator.saved_site.pairs import Pairs
from generator.saved_site.read_page import ReadPage, page_id
from generator.saved_site.survey import Survey
from generator.saved_site.validity_marks import says_in_force

_NORMATIVE = re.compile(r"规范性文件")
_NORMATIVE_FOLDER = re.compile(r"(?:^|/)(?:xz)?gfx?wj(?:/|$)|guifan(?:xing)?wenjian", re.IGNORECASE)
_NOT_NORMATIVE = re.compile(
    r"废止|失效|清理|目录|征求意见|解读|转发|批复|答复|公示|任免|会议|表彰|通报|立法计划|制定计划|管理制度|备案审查"
)
_ORDER = re.compile(r"(?:人民政府|部|总局|委员会)令|第.{1,6}号令|^.{2,20}令第?.{0,8}号?$")
_NOT_NORMATIVE_COLUMN = re.compile(r"废止|失效|清理|解读|目录|备案|征求")
_MOST_REPEATED = 3
_ENDS = re.compile(r"废止|失效|清理")  # a clean-up is no text that needs to be explained


class SavedArchive(NamedTuple):
    """The archive of a folder, and what was filled in from its texts.

    ``terms_unknown`` are policies whose text sets a term of which nobody can tell whether it is over,
    ``undated`` the interpreted policies whose interpretation has no day.
    """

    archive: Archive
    terms_unknown: tuple[str, ...]
    undated: tuple[str, ...]


def archive_of(
    survey: Survey, pairs: Pairs, files: Mapping[str, MediaFile], config: SiteConfig, as_of: AsOf
) -> SavedArchive:
    """Return the archive of all pages at a day; every line is 1, because a page has none that means something."""
    repeated = _repeated_matches(survey.pages)
    undated_pages = {page.path for page in survey.pages if "date_published" not in page.page.fields}
    undated = {path for one, about in pairs.policies_of.items() if one in undated_pages for path in about}
    pages = {page.path: _page(survey, page, pairs, repeated, undated) for page in survey.pages}
    bare = [_bare(page, config) for page in pages.values()]
    terms_unknown = tuple(_fill_days(survey, bare, pages, as_of.day))
    _fill_repeals(survey, [_bare(page, config) for page in pages.values()], pages)
    archive = build_archive(pages.values(), {}, (), config, as_of)
    if _fill_status(survey, archive, pages):
        archive = build_archive(pages.values(), {}, (), config, as_of)
    links, attachments = _resolved(survey, archive, files)
    return SavedArchive(
        replace(archive, files=files, links=links, attachments=attachments, problems=()), terms_unknown, tuple(undated)
    )


def _bare(page: Page, config: SiteConfig) -> Document:
    kind = page.kind or Kind.PAGE
    document = Document.of(page, kind=kind, column="", address="", agency=config.site.agency)
    return document._replace(effective_on=effective_on(document)) if kind is Kind.POLICY else document


def _repeated_matches(pages: Iterable[ReadPage]) -> dict[str, str]:
    """Return the first page of each value that stands beside the texts of many pages: it is reported once."""
    firsts: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for page in pages:
        for key in {match.key for match in page.beside}:
            counts[key] += 1
            firsts.setdefault(key, page.path)
    return {key: path for key, path in firsts.items() if counts[key] > _MOST_REPEATED}


def _page(survey: Survey, read: ReadPage, pairs: Pairs, repeated: Mapping[str, str], undated: set[str]) -> Page:
    kind = survey.kinds.get(read.path, Kind.PAGE)
    beside = [match for match in read.beside if repeated.get(match.key, read.path) == read.path]
    page = read.page._replace(kind=kind, links=(), matches=(*read.page.matches, *beside))
    if kind is Kind.PAGE and read.kind is not Kind.PAGE:  # a copy: only its words count
        fields = {key: field for key, field in page.fields.items() if key in {"title", "disclosure"}}
        return page._replace(
            fields=fields, stated_fields=NOTHING_STATED, printed_disclosures=(), announced_attachments=(), citations=()
        )
    fields = {
        key: field._replace(line=1) for key, field in page.fields.items() if kind in FIELDS[key].kinds and key != "kind"
    }
    if kind is not Kind.POLICY:
        page = page._replace(stated_fields=NOTHING_STATED)
        fields.pop("doc_number", None)  # an interpretation that prints the number of its policy is no second one
        fields.pop("date_written", None)
    if kind is Kind.POLICY and read.path in undated:
        fields.pop("doc_type", None)
    elif kind is Kind.POLICY and (doc_type := _doc_type(read, survey.columns[read.path], fields)):
        fields["doc_type"] = Field(doc_type, 1)
    fields |= _relations(survey, read, pairs)
    attachments = tuple(Attachment(one.title, one.href, Disclosure.PROACTIVE, 1) for one in read.files)
    if attachments:
        fields["attachments"] = Field(attachments, 1)
    notes = tuple(note._replace(line=1) for note in page.printed_disclosures)
    label = Disclosure.parse(read.disclosure)
    if label and label is not Disclosure.PROACTIVE:
        notes = (*notes, PrintedDisclosure(f"公开属性：{read.disclosure}", label, 1))
    return page._replace(fields=fields, printed_disclosures=notes)


def _doc_type(read: ReadPage, columns: Sequence[str], fields: Mapping[str, Field]) -> DocType | None:
    """Return 文件类别: by its label; normative by its column, its folder, or a number that only such texts have."""
    field = fields.get("doc_type")
    declared = field.value if field and isinstance(field.value, DocType) else None
    if declared:
        return DocType.POLICY if declared is DocType.NORMATIVE and _ENDS.search(read.title) else declared
    if _NOT_NORMATIVE.search(read.title):
        return None
    if _ORDER.search(read.title):
        return DocType.RULE
    by_column = any(_NORMATIVE.search(name) and not _NOT_NORMATIVE_COLUMN.search(name) for name in columns)
    by_folder = not any("文件" in name for name in columns) and _NORMATIVE_FOLDER.search(read.path)
    if by_column or read.is_registered or by_folder:
        return DocType.NORMATIVE
    return None


_ACTING = ("interprets", "repeals", "amends", "replaces", "based_on", "suspends", "resumes", "responds_to")


def _relations(survey: Survey, read: ReadPage, pairs: Pairs) -> Iterator[tuple[str, Field]]:
    """Yield the relations of a page: of an interpretation those found, of a page of gongkai those that it declares."""
    kind = survey.kinds.get(read.path)
    for key in _ACTING:
        if key == "interprets" or kind not in FIELDS[key].kinds:
            continue
        found = [
            (survey.first(target.path), clause)
            for href, clause in read.relations.get(key, ())
            if (target := survey.book.target(read.path, href)).reach is Reach.SAVED
        ]
        if references := tuple(
            Reference(page_id(path), clause) for path, clause in found if path != read.path and path in survey.kinds
        ):
            yield key, Field(references, 1)
    if kind is Kind.INTERPRETATION and (about := pairs.policies_of.get(read.path)):
        references = tuple(Reference(page_id(path), pairs.clauses.get((read.path, path), "")) for path in about)
        yield "interprets", Field(references, 1)


def _fill_days(survey: Survey, documents: Sequence[Document], pages: dict[str, Page], day: dt.date) -> Iterator[str]:
    """Add the day of effect and the end of the term that a text states for certain; yield where nobody can tell."""
    prolonged = _prolonged(survey, documents)
    for document in documents:
        stated = document.page.stated_fields
        if document.kind is not Kind.POLICY or document.page.path not in survey.kinds:
            continue
        page = pages[document.path]
        effects = [one for effect in stated.effects if not effect.part and (one := effect_range(effect, document))]
        if "date_effective" not in page.fields and (effect := certain_range(effects)) and effect.first == effect.last:
            page = _with(page, "date_effective", effect.likeliest)
        if stated.terms and "expires_on" not in page.fields:
            dated = document._replace(page=page, effective_on=document.effective_on)
            terms = [one for term in stated.terms if not term.part and (one := term_range(term, dated))]
            term = certain_range(terms)
            if term and document.path not in prolonged and document.path not in _undated_terms(document):
                page = _with(page, "expires_on", term.last if term.last < day else term.likeliest)
            elif document.path in prolonged or not term:
                yield document.path
        pages[document.path] = page


def _undated_terms(document: Document) -> tuple[str, ...]:
    """Return the path of a document whose term counts from a day that the page does not give."""
    has_day = (
        document.date("date_written")
        or document.published
        or any(one.last_day for one in document.page.stated_fields.terms)
    )
    has_day = has_day or any(one.effect and one.effect.day for one in document.page.stated_fields.terms)
    return () if has_day else (document.path,)


def _prolonged(survey: Survey, documents: Sequence[Document]) -> set[str]:
    """Return the policies that another page, which speaks of a longer term, names."""
    index: dict[str, set[str]] = {}
    numbers = {document.path: document.doc_number for document in documents}
    for page in survey.of_kind(Kind.POLICY):
        names = [*names_of_title(page.title)]
        if number := numbers[page.path]:
            names.append(doc_number_key(number))
        for name in names:
            index.setdefault(name, set()).add(page.path)
    named: set[str] = set()
    for page in survey.pages:
        if not page.renews:
            continue
        words = [*page.page.quoted_titles, *page.named_titles, *page.opening_titles]
        words += [key for one in page.page.citations for key in map(doc_number_key, doc_number_candidates(one.text))]
        for word in words:
            named |= index.get(word, set()) - {page.path}
    return named


def _with(page: Page, key: str, value: FieldValue) -> Page:
    return page._replace(fields={**page.fields, key: Field(value, 1)})


def _fill_repeals(survey: Survey, documents: Sequence[Document], pages: dict[str, Page]) -> None:
    """Add the repeals that texts state (…同时废止) as relations of their pages; a page of gongkai declares its own."""
    index = PolicyIndex(documents)
    declaring = {page.path for page in survey.pages if page.is_own}
    for document in documents:
        if document.page.stated_fields.repeals and document.path not in declaring:
            found = tuple(Reference(one.document.id, one.part) for one in index.undeclared(document))
            if found:
                pages[document.path] = _with(pages[document.path], "repeals", found)


def _fill_status(survey: Survey, archive: Archive, pages: dict[str, Page]) -> bool:
    """Add the printed validity of what has ended, for V001; and the end of what only its own page says has ended.

    Return whether there was any.
    """
    before = dict(pages)
    for read in survey.of_kind(Kind.POLICY):
        document = archive.by_path[read.path]
        is_over = document.status in {Status.REPEALED, Status.EXPIRED}
        if is_over and says_in_force(read.status) and not read.says_end:
            pages[read.path] = _with(pages[read.path], "status", Status.EFFECTIVE)
        elif read.says_end and not is_over:
            since = min(document.published or document.date("date_written") or archive.day, archive.day)
            page = _with(pages[read.path], "repealed_on", since)
            pages[read.path] = _with(page, "repeal_reason", "网页标注")
    return any(pages[path] is not page for path, page in before.items())


def _resolved(
    survey: Survey, archive: Archive, files: Mapping[str, MediaFile]
) -> tuple[dict[str, tuple[ResolvedLink, ...]], dict[str, tuple[ResolvedLink, ...]]]:
    """Return the links and the attachments of all pages; a dead link of many pages is on the first of them alone."""
    sources: dict[str, list[str]] = defaultdict(list)
    for page in survey.pages:
        for _, target in survey.links[page.path]:
            if target.reach is Reach.MISSING and page.path not in sources[target.path][-1:]:
                sources[target.path].append(page.path)
    saves_pictures = any(
        survey.book.target(page.path, source).reach is Reach.SAVED for page in survey.pages for source in page.pictures
    )
    links: dict[str, tuple[ResolvedLink, ...]] = {}
    attachments: dict[str, tuple[ResolvedLink, ...]] = {}
    for read in survey.pages:
        document = archive.by_path[read.path]
        given = {one.file for one in document.attachments}
        attachments[read.path] = tuple(_link(survey, read, one.file, files) for one in document.attachments)
        found: dict[str, ResolvedLink] = {}
        for link, target in survey.links[read.path]:
            is_repeated = target.reach is Reach.MISSING and len(sources[target.path]) > _MOST_REPEATED
            if link.href in given or (is_repeated and sources[target.path][0] != read.path):
                continue
            found.setdefault(link.href, _link(survey, read, link.href, files))
        for source in read.pictures if saves_pictures else ():
            found.setdefault(source, _link(survey, read, source, files))
        links[read.path] = tuple(one for one in found.values() if one.outcome is not LinkOutcome.ELSEWHERE)
    return links, attachments


def _link(survey: Survey, read: ReadPage, href: str, files: Mapping[str, MediaFile]) -> ResolvedLink:
    target = survey.book.target(read.path, href)
    if target.reach is Reach.SAVED:
        return ResolvedLink(href, 1, LinkOutcome.FINE, file=target.path if target.path in files else "")
    if target.reach is not Reach.MISSING:
        return ResolvedLink(href, 1, LinkOutcome.ELSEWHERE)
    return ResolvedLink(href, 1, LinkOutcome.NO_PAGE if survey.book.is_page_name(target.path) else LinkOutcome.NO_FILE)
