"""Which interpretation explains which policy, and where their pages do not link to each other as they should."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from generator.domain.model.saved_pages import LinkFault, PairFault
from generator.domain.vocabulary import Kind
from generator.saved_site.address_book import Reach
from generator.saved_site.naming import PolicyNames
from generator.saved_site.page_links import PageLink
from generator.saved_site.page_role import PageRole
from generator.saved_site.read_page import ReadPage
from generator.saved_site.survey import Survey, site_wide_count

LinksByPage: TypeAlias = Mapping[str, list[PageLink]]


class Pairs(NamedTuple):
    """The policies that each interpretation explains, by path.

    ``orphans`` name and link no policy at all; ``unknown`` explain something that is not in the folder, or nobody can
    say what.
    """

    policies_of: Mapping[str, tuple[str, ...]]
    clauses: Mapping[tuple[str, str], str]
    faults: tuple[PairFault, ...]
    orphans: frozenset[str]
    unknown: tuple[str, ...]


def find_pairs(survey: Survey, names: PolicyNames) -> Pairs:
    """Return which interpretation explains which policy, and the faults of their links."""
    policies = {page.path: page for page in survey.of_kind(Kind.POLICY)}
    interpretations = survey.of_kind(Kind.INTERPRETATION)
    own = {page.path for page in interpretations}
    links = {path: survey.links_to(path) for path in (*policies, *own)}
    certain: dict[str, list[str]] = {}
    about: dict[str, list[str]] = {}
    clauses: dict[tuple[str, str], str] = {}
    orphans: set[str] = set()
    unknown: list[str] = []
    for page in interpretations:
        declared = list(_declared(survey, page, policies, clauses))
        certain[page.path] = [path for path in (declared or names.named_in_title(page)) if path in policies]
        found = certain[page.path] or _by_links(page, links, policies) or names.named_at_beginning(page)
        about[page.path] = [path for path in found if path in policies]
        if not about[page.path]:
            backward = [path for path in policies if _is_near_link(links[path], page.path)]
            about[page.path] = backward if len(backward) == 1 else []
        if not about[page.path]:
            is_orphan = _names_nothing(page, survey, links[page.path], policies)
            if is_orphan:
                orphans.add(page.path)
            else:
                unknown.append(page.path)
    pairs = {path: tuple(found) for path, found in about.items() if found}
    faults = tuple(_faults(survey, pairs, certain, links, policies))
    return Pairs(pairs, clauses, faults, frozenset(orphans), tuple(unknown))


def _declared(
    survey: Survey, page: ReadPage, policies: Mapping[str, ReadPage], clauses: dict[tuple[str, str], str]
) -> Iterator[str]:
    """Yield the policies that the page of another gongkai names as interpreted."""
    for href, clause in page.relations.get("interprets", ()):
        target = survey.book.target(page.path, href)
        path = survey.first(target.path)
        if target.reach is Reach.SAVED and path in policies:
            if clause:
                clauses[page.path, path] = clause
            yield path


def _by_links(page: ReadPage, links: Mapping[str, LinksByPage], policies: Mapping[str, ReadPage]) -> list[str]:
    """Return the one policy to which an interpretation links: in its text, else anywhere."""
    found = {path: its_links for path, its_links in links[page.path].items() if path in policies}
    inside = [path for path, its_links in found.items() if any(link.in_text for link in its_links)]
    if len(inside) == 1:
        return inside
    both = [path for path in found if page.path in links[path]]
    return both if len(both) == 1 else list(found) if len(found) == 1 else []


def _is_near_link(links: LinksByPage, path: str) -> bool:
    """Whether a page leads to another by words that call it an interpretation."""
    return any("解读" in link.words or "读懂" in link.words or "图解" in link.words for link in links.get(path, ()))


def _names_nothing(
    page: ReadPage,
    survey: Survey,
    links: LinksByPage,
    policies: Mapping[str, ReadPage],
) -> bool:
    """Whether an interpretation of this site names no text at all, and leads to none, saved or not."""
    if page.named_titles or page.named_numbers or page.opening_titles or page.opening_numbers or page.doubt:
        return False
    if policies.keys() & links.keys() or "source_name" in page.page.fields:
        return False
    in_text = [linked for linked in survey.links[page.path] if linked.link.in_text]
    return not in_text and page.page.length >= 100


def _faults(
    survey: Survey,
    pairs: Mapping[str, tuple[str, ...]],
    certain: Mapping[str, list[str]],
    links: Mapping[str, LinksByPage],
    policies: Mapping[str, ReadPage],
) -> Iterator[PairFault]:
    site_wide = _site_wide(survey, pairs)
    for interpretation, about in pairs.items():
        for policy in about:
            forward = _leads(links[policy], interpretation, site_wide)
            backward = _leads(links[interpretation], policy, site_wide)
            maybe_forward = _unsaved_link(survey, policy, "解读")
            maybe_backward = _unsaved_link(survey, interpretation, policies[policy].title[-12:])
            is_certain = policy in certain[interpretation]
            others = [
                path
                for path in links[interpretation]
                if path in policies and path not in about and path not in site_wide
            ]
            wrong_policy = others[0] if is_certain and not backward and len(others) == 1 else ""
            strangers = [
                path
                for path in links[policy]
                if path in pairs and policy not in pairs[path] and certain[path] and path not in site_wide
            ]
            wrong_interpretation = strangers[0] if not forward and strangers else ""
            forward_missing = not forward and not maybe_forward
            backward_missing = not backward and not maybe_backward
            if forward_missing and backward_missing and not wrong_policy and not wrong_interpretation:
                yield PairFault(policy, LinkFault.NO_LINKS, interpretation)
                yield PairFault(interpretation, LinkFault.NO_LINKS, policy)
                continue
            if wrong_policy:
                yield PairFault(interpretation, LinkFault.WRONG_POLICY, policy, wrong_policy)
            elif backward_missing:
                yield PairFault(interpretation, LinkFault.NO_LINK_TO_POLICY, policy)
            if wrong_interpretation:
                yield PairFault(policy, LinkFault.WRONG_INTERPRETATION, interpretation, wrong_interpretation)
            elif forward_missing:
                yield PairFault(policy, LinkFault.NO_LINK_TO_INTERPRETATION, interpretation)


def _leads(links: LinksByPage, path: str, site_wide: frozenset[str]) -> bool:
    its_links = links.get(path, ())
    return any(link.in_text for link in its_links) or bool(its_links and path not in site_wide)


def _unsaved_link(survey: Survey, path: str, words: str) -> bool:
    """Whether a page has a link by some words that leads to a page that was not saved: then nobody can tell."""
    return any(
        words in link.words and target.reach is Reach.UNKNOWN and len(link.words) > 4
        for link, target in survey.links[path]
    )


def _site_wide(survey: Survey, pairs: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the pages to which so many unrelated articles lead that such a link is no relation."""
    related = {(one, path) for path, about in pairs.items() for one in about} | {
        (path, one) for path, about in pairs.items() for one in about
    }
    articles = [page.path for page in survey.pages if page.role is PageRole.ARTICLE and page.path not in survey.copies]
    counts: dict[str, int] = defaultdict(int)
    for source in articles:
        for target, its_links in survey.links_to(source).items():
            if (source, target) not in related and not any(link.in_text for link in its_links):
                counts[target] += 1
    least = site_wide_count(len(articles))
    return frozenset(path for path, count in counts.items() if count >= least)
