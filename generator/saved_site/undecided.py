"""What the saved pages do not tell (看不出来的): counted, with examples: silence is no good mark."""

from collections.abc import Iterable, Iterator

from generator.domain.model import Archive, Document, MediaFile, Undecided
from generator.domain.vocabulary import Kind
from generator.saved_site.address_book import Reach
from generator.saved_site.archive import SavedArchive
from generator.saved_site.page_role import PageRole
from generator.saved_site.pairs import Pairs
from generator.saved_site.survey import Survey

_EXAMPLES = 5


def undecided(survey: Survey, pairs: Pairs, saved: SavedArchive, unjudged: Iterable[str]) -> tuple[Undecided, ...]:
    """Return what nobody can tell from the pages; for ``unjudged`` policies no interpretation was looked for."""
    return tuple(one for one in _all(survey, pairs, saved, tuple(unjudged)) if one.number)


def _all(survey: Survey, pairs: Pairs, saved: SavedArchive, unjudged: tuple[str, ...]) -> Iterator[Undecided]:
    archive, pages = saved.archive, survey.pages
    articles = [page for page in pages if page.path in survey.kinds]
    yield _row(
        "网页没有日期", "公开、解读晚没晚看不出来", [one.path for one in articles if _undated(archive, one.path)]
    )
    yield _row("正文只有图片", "图片里的字没有读，内容、个人信息看不出来", [one.path for one in articles if one.doubt])
    scripted = [page.path for page in pages if page.role is PageRole.SCRIPT]
    yield _row("网页由脚本显示", "保存下来的网页里没有内容；用浏览器打开后另存再核对", scripted)
    yield _row("网页读不了", "没有核对", [page.path for page in pages if page.role is PageRole.UNREADABLE])
    frames = [page.path for page in pages if page.role is PageRole.FRAME]
    yield _row("框架页", "本身没有内容，框架里的网页另外核对", frames)
    policies = survey.of_kind(Kind.POLICY)
    unclassed = [one.path for one in policies if _is_unclassed(archive.by_path[one.path])]
    yield _row("政策文件没有写文件类别", "是不是规范性文件、应不应解读看不出来，没有按应解读核对", unclassed)
    yield _row("没有在文件夹里找到解读栏目", "规范性文件有没有解读看不出来", unjudged)
    yield _row("解读没有日期", "所解读的文件解读得晚不晚看不出来", saved.undated)
    yield _row("解读所解读的文件不在文件夹里", "双向链接没有核对", pairs.unknown)
    yield _row("有效期从哪一天算起，或者有没有延长，看不出来", "是不是已经失效没有核对", saved.terms_unknown)
    unsaved = [
        f"{page.path} → {link.href[:80]}"
        for page in pages
        for link, target in survey.links[page.path]
        if target.reach is Reach.UNKNOWN
    ]
    yield _row("站内链接所指的网页没有保存", "打得开打不开看不出来", unsaved)
    yield _row("附件看不到内容", "个人信息没有核对", [file.path for file in _unreadable(archive.files.values())])


def _is_unclassed(document: Document) -> bool:
    """Whether nothing certain says what a policy is; a 文号 of 规范性文件 does, and the rules look at it."""
    is_certain = document.presumption is not None and document.presumption.certain
    return document.doc_type is None and not is_certain


def _undated(archive: Archive, path: str) -> bool:
    document = archive.by_path[path]
    return document.published is None and document.kind is not Kind.PAGE


def _unreadable(files: Iterable[MediaFile]) -> list[MediaFile]:
    return [file for file in files if file.scan.unreadable_reason]


def _row(what: str, why: str, paths: Iterable[str]) -> Undecided:
    found = list(paths)
    return Undecided(what, why, len(found), tuple(found[:_EXAMPLES]))
