"""What the pages of a folder show and lack: validity, tags, 公开属性, content of columns."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.domain.model import Archive, Lack, SavedPages
from generator.domain.vocabulary import Kind
from generator.saved_site.page_role import PageRole
from generator.saved_site.pairs import Pairs
from generator.saved_site.read_page import CONTENT_TAGS, TAGS, ReadPage
from generator.saved_site.shown import says_ended
from generator.saved_site.survey import Survey

_SITE_TAGS, _COLUMN_TAGS = TAGS[:3], TAGS[3:]
_MOST = 0.5  # a share of the pages: what most of them lack is one fault of the site


def shown_facts(survey: Survey, pairs: Pairs, archive: Archive) -> SavedPages:
    """Return what the rules for saved pages look at."""
    policies = survey.of_kind(Kind.POLICY)
    return SavedPages(
        pair_faults=pairs.faults,
        status_shown={page.path: page.status for page in policies if page.status},
        ended_shown=frozenset(
            page.path for page in policies if says_ended(page.status) or page.shows_end or page.shows_term
        ),
        tags=tuple(_tags(survey)),
        empty_columns={
            page.path: page.column_title or page.title or page.path
            for page in survey.pages
            if page.is_empty and page.role in {PageRole.COLUMN, PageRole.OTHER, PageRole.SCRIPT}
        },
        without_disclosure=tuple(_without_disclosure(policies, archive)),
    )


def _tags(survey: Survey) -> Iterator[Lack]:
    pages = [page for page in survey.pages if page.role in {PageRole.ARTICLE, PageRole.COLUMN}]
    columns = [page for page in pages if page.role is PageRole.COLUMN and "ArticleTitle" not in page.tags]
    articles = [page for page in pages if page.role is PageRole.ARTICLE]
    lacking: dict[str, list[str]] = defaultdict(list)
    for group, names in ((pages, _SITE_TAGS), (columns, _COLUMN_TAGS), (articles, CONTENT_TAGS)):
        for name in names:
            without = [page for page in group if name not in page.tags]
            if not without:
                continue
            if len(without) > _MOST * len(group) or len(group) < 3:  # a page without its group's habit proves nothing
                lacking[f"{without[0].path}\n{len(without)}"].append(name)
            else:
                for page in without:
                    lacking[f"{page.path}\n1"].append(name)
    for key, missing in sorted(lacking.items()):
        path, _, number = key.partition("\n")
        yield Lack(path, tuple(missing), int(number) - 1)


def _without_disclosure(policies: Sequence[ReadPage], archive: Archive) -> Iterator[Lack]:
    without = [page for page in policies if not _shows_disclosure(page, archive)]
    if without and len(without) > _MOST * len(policies):
        yield Lack(without[0].path, (), len(without) - 1)
    else:
        yield from (Lack(page.path, ()) for page in without)


def _shows_disclosure(page: ReadPage, archive: Archive) -> bool:
    return bool(page.disclosure or page.page.printed_disclosures or archive.by_path[page.path].page.printed_disclosures)
