"""What the pages of a folder show and lack: validity, tags, 公开属性, content of columns."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.domain.model import Archive, Lack, SavedPages
from generator.domain.vocabulary import Kind
from generator.saved_site.page_role import PageRole
from generator.saved_site.pairs import Pairs
from generator.saved_site.read_page import CONTENT_TAGS, TAGS, ReadPage
from generator.saved_site.survey import Survey

_SITE_TAGS, _COLUMN_TAGS = TAGS[:3], TAGS[3:]
_HOME = re.compile(r"(?:index|default|main|home)\.(?:s?html?|aspx?|jspx?|php)", re.IGNORECASE)
_MOST = 0.5  # a share of the pages: what most of them lack is one fault of the site


def page_facts(survey: Survey, pairs: Pairs, archive: Archive) -> SavedPages:
    """Return what the rules for saved pages look at."""
    policies = survey.of_kind(Kind.POLICY)
    return SavedPages(
        pair_faults=pairs.faults,
        printed_status={page.path: page.status for page in policies if page.status},
        marked_ended=frozenset(page.path for page in policies if page.says_end or page.shows_end or page.shows_term),
        tags=tuple(_tags(survey)),
        empty_columns={
            page.path: page.column_title or page.title or page.path
            for page in survey.pages
            if page.is_empty and page.role in {PageRole.COLUMN, PageRole.OTHER, PageRole.SCRIPT}
        },
        without_disclosure=tuple(_without_disclosure(survey, policies, archive)),
    )


def _tags(survey: Survey) -> Iterator[Lack]:
    pages = [page for page in survey.pages if page.role in {PageRole.ARTICLE, PageRole.COLUMN}]
    home = _home_of(survey)
    columns = [page for page in pages if page.role is PageRole.COLUMN and not is_home(page)]
    articles = [page for page in pages if page.role is PageRole.ARTICLE]
    lacking: dict[str, list[str]] = defaultdict(list)
    for group, names in ((pages, _SITE_TAGS), (columns, _COLUMN_TAGS), (articles, CONTENT_TAGS)):
        for name in names:
            without = [page for page in group if name not in page.tags]
            if not without:
                continue
            if len(without) > _MOST * len(group) or len(group) < 3:  # a page without its group's habit proves nothing
                lacking[f"{home or without[0].path}\n{len(without)}"].append(name)
            else:
                for page in without:
                    lacking[f"{page.path}\n1"].append(name)
    for key, missing in sorted(lacking.items()):
        path, _, number = key.partition("\n")
        yield Lack(path, tuple(missing), int(number) - 1)


def is_home(page: ReadPage) -> bool:
    """Whether a page is the front page of a site, or of a folder into which a program saved it."""
    return page.path.count("/") <= 1 and bool(_HOME.fullmatch(page.path.rpartition("/")[2])) and not page.columns


def _home_of(survey: Survey) -> str:
    """Return the front page of the site, the one of the highest folder; ``""`` where none was saved."""
    return min(
        (page.path for page in survey.pages if is_home(page)), key=lambda path: (path.count("/"), path), default=""
    )


def _without_disclosure(survey: Survey, policies: Sequence[ReadPage], archive: Archive) -> Iterator[Lack]:
    without = [page for page in policies if not _shows_disclosure(page, archive)]
    if without and len(without) > _MOST * len(policies):
        yield Lack(_home_of(survey) or without[0].path, (), len(without) - 1)
    else:
        yield from (Lack(page.path, ()) for page in without)


def _shows_disclosure(page: ReadPage, archive: Archive) -> bool:
    return bool(page.disclosure or page.page.printed_disclosures or archive.by_path[page.path].page.printed_disclosures)
