"""H: what the inspection of 国办秘函〔2019〕19号 checks of a whole site: empty and stale columns, the footer."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from generator.audit.facts.duties import public_documents
from generator.audit.registry import Hits, rule
from generator.config.load import SiteConfig
from generator.config.settings import read_period
from generator.domain.model import Archive, Column, Evidence
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import SITE_KEYS
from generator.domain.workdays import Span, Unit

_W = Severity.WARNING
VETO_EMPTY, VETO_NEWS, VETO_OTHERS = 5, 5, 10
_HALF_A_YEAR = "6个月"
# 通知公告 and 政策文件 must be updated within six months, columns of news that a site adds within two weeks.
_PERIODS = {"policies": _HALF_A_YEAR, "notices": _HALF_A_YEAR}
_NEWS_TYPES = frozenset({"工作动态", "要闻动态", "要闻"})
_NEWS = Span(14, Unit.DAY)
_SITE_ID_CODE = re.compile(r"\d{10}|bm\d{8}", re.ASCII)
_REQUIRED_KEYS = ("site_id_code", "icp_no", "police_no", "conac_id")
_CONTACT_KEYS = ("phone", "address", "email")


class _Content(NamedTuple):
    """The content of a column: the number of documents, and the day of the newest."""

    number: int
    newest: dt.date | None


_NO_CONTENT = _Content(0, None)


def _contents(archive: Archive) -> Mapping[str, _Content]:
    """Return the content of every column, including the columns under it."""
    parents = {column.id: column.parent for column in archive.columns}
    days: dict[str, list[dt.date | None]] = defaultdict(list)
    for document in public_documents(archive):
        column, day = document.column, document.published
        while column:
            days[column].append(day)
            column = parents[column]
    return {
        column: _Content(len(column_days), max((day for day in column_days if day), default=None))
        for column, column_days in days.items()
    }


def newest_in(archive: Archive, column: str) -> dt.date | None:
    """Return the day of the newest public document in a column and those under it; ``None`` where there is none."""
    return _contents(archive).get(column, _NO_CONTENT).newest


def _at_column(config: SiteConfig, column: Column, message: str, hint: str, days: int = 0) -> tuple[str, Problem]:
    number = next((number for number, setting in enumerate(config.columns) if setting.id == column.id), None)
    path, line = config.place_of("site") if number is None else config.place_of("columns", number)
    return path, Problem("", message, hint, line, "columns", days=days)


@rule(
    "H004", _W, source="{国办秘函〔2019〕19号} 单项否决：空白栏目达到 5 个；{国办公开办函〔2019〕61号} 二：固定的栏目"
)
def empty_column(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """栏目是空的。

    一级栏目总是显示，不能空；配置里增加的栏目也应有内容。默认的二级栏目没有内容就不显示，不算。

    不对：没有一份文件放进“政府信息公开制度”。
    对：　每个显示的栏目至少有一份公开的文件。
    改法：照提示放进内容：依申请公开在配置里写 request，年报用 gongkai report 写，其他的在文件里写 column；
    自己增加的栏目不要了的，从配置里删去。默认的一级栏目不能删。空白栏目达到 5 个，检查时单项否决。
    """
    if evidence.saved is not None:
        for page, title in evidence.saved.empty_columns.items():
            veto = _veto(len(evidence.saved.empty_columns))
            yield page, Problem("", f"栏目“{title}”是空的{veto}", "放进内容；没有内容的，并入别的栏目")
        return
    empty = empty_columns(archive, config)
    veto = _veto(len(empty))
    for column in empty:
        yield _at_column(
            config, column, f"栏目“{column.title}”是空的{veto}", _how_to_fill(column, archive.day.year - 1)
        )


def _veto(number: int) -> str:
    return f"；共 {number} 个，达到单项否决的 {VETO_EMPTY} 个" if number >= VETO_EMPTY else ""


def _how_to_fill(column: Column, last_year: int) -> str:
    """Return what to do about an empty column: a default one cannot be left out, so the hint says how to fill it."""
    if column.id == "request":
        return "在配置里加两行：request: 和下一行缩进两格的 receiver: 受理申请的机构名称；网站就有这一页和申请表"
    if column.id == "reports":
        return f"运行 gongkai report {last_year} 写出上一年度的报告，填好后发布；还没有报告的，见使用手册第 10 章"
    if not column.fixed:
        return f"在文件里写 column: {column.id}，或从配置的 columns 里删去这个栏目"
    fields = f"title、disclosure: 主动公开 和 column: {column.id}"
    return f"新建 content/pages/{column.id}.md，写 {fields}，正文写这个栏目的内容"


def empty_columns(archive: Archive, config: SiteConfig) -> list[Column]:
    """Return the empty columns, of those on the first level and those that the config adds."""
    contents = _contents(archive)
    added = {setting.id for setting in config.columns}
    return [
        column
        for column in archive.columns
        if not (config.request and column.id == "request")  # its text is generated from the config
        and (not column.parent or (column.id in added and not column.fixed))
        and not contents.get(column.id, _NO_CONTENT).number
    ]


@rule("H005", _W, source="{国办秘函〔2019〕19号}：动态、要闻类两周，通知公告、政策文件类 6 个月应更新")
def stale_column(archive: Archive, config: SiteConfig) -> Hits:
    """栏目过了更新的期限没有更新。

    期限写在配置的 deadlines.column_updates 里；没有写的，政策文件和其他法定公开信息 6 个月，
    自己增加的工作动态、要闻类栏目两周，其余不查。

    不对：“政策文件”最近一份是 7 个月以前发布的。
    对：　期限以内有新发布的内容。
    改法：发布新的内容；确实没有可发的，把栏目并入别的栏目，或在配置里把它的周期写成“不定期”。
    """
    stale = stale_columns(archive, config)
    for item in stale:
        limit = VETO_NEWS if item.news else VETO_OTHERS
        same_kind = sum(other.news is item.news for other in stale)
        veto = f"；共 {same_kind} 个，达到单项否决的 {limit} 个" if same_kind >= limit else ""
        late = config.calendar.lag(item.due, archive.day)
        message = (
            f"栏目“{item.column.title}”{item.period}应更新一次，最近 {item.newest}，"
            f"最迟 {item.due}，已晚 {(archive.day - item.due).days} 日（{late} 个工作日）{veto}"
        )
        hint = f"发布新的内容；没有可发的，在配置的 deadlines.column_updates 里写 {item.column.id}: 不定期"
        yield _at_column(config, item.column, message, hint, (archive.day - item.due).days)


class StaleColumn(NamedTuple):
    """A column that was not updated in its period.

    ``news`` is whether it is of 动态、要闻、通知公告、政策文件, of which fewer lead to a 单项否决.
    """

    column: Column
    period: Span
    newest: dt.date
    due: dt.date
    news: bool


def stale_columns(archive: Archive, config: SiteConfig) -> list[StaleColumn]:
    """Return the columns in which something new should have been published before the as-of day."""
    contents = _contents(archive)
    added = {setting.id for setting in config.columns}
    stale = []
    for column in archive.columns:
        period_text = config.deadlines.column_updates.get(column.id, _PERIODS.get(column.id, ""))
        is_news = column.id in added - _PERIODS.keys() and column.column_type in _NEWS_TYPES
        period = read_period(period_text) if period_text else _NEWS if is_news else None
        newest = contents.get(column.id, _NO_CONTENT).newest
        if period and newest and (due := period.due(newest, config.calendar)) < archive.day:
            stale.append(StaleColumn(column, period, newest, due, is_news or column.id in _PERIODS))
    return stale


@rule("H006", _W, source="{国办秘函〔2019〕19号} 单项否决：首页两周没有更新")
def stale_home(archive: Archive, config: SiteConfig) -> Hits:
    """首页两周没有更新。

    首页列出最近发布的信息，所以看全站最近的发布日期。

    不对：最近一份信息是 20 天以前发布的。
    对：　两周以内有新发布的信息。
    改法：发布新的信息。天数在配置的 deadlines.home_update_days 里改。
    """
    if duty := home_due(archive, config):
        newest, due = duty
        path, line = config.place_of("site")
        late = config.calendar.lag(due, archive.day)
        message = (
            f"首页 {config.deadlines.home_update_days} 日应更新一次，最近 {newest}，最迟 {due}，"
            f"已晚 {(archive.day - due).days} 日（{late} 个工作日）；单项否决"
        )
        days = (archive.day - due).days
        yield path, Problem("", message, "发布新的信息", line, "deadlines.home_update_days", days=days)


def home_due(archive: Archive, config: SiteConfig) -> tuple[dt.date, dt.date] | None:
    """Return the day of the newest document and the day by which a newer one was due; ``None`` if not overdue."""
    newest = max((day for item in public_documents(archive) if (day := item.published)), default=None)
    due = Span(config.deadlines.home_update_days, Unit.DAY).due(newest) if newest else None
    return (newest, due) if newest and due and due < archive.day else None


@rule("H007", _W, source="{国办秘函〔2019〕19号}：网站标识；{国办发〔2017〕47号}：页脚标明主办单位、联系方式和各项标识")
def footer_marks(_archive: Archive, config: SiteConfig) -> Hits:
    """页脚的标识不全。

    不对：配置的 site 里没有 icp_no（ICP备案号）；site_id_code 只有 8 位数字。
    对：　site 里写齐 site_id_code、icp_no、police_no、conac_id，和 phone、address、email 中至少一项。
    改法：补上缺少的各项。政府网站标识码是 10 位数字，或 bm 加 8 位数字。
    """
    path, line = config.place_of("site")
    lacking = [key for key in _REQUIRED_KEYS if not getattr(config.site, key).strip()]
    names = [f"{SITE_KEYS[key]}（{key}）" for key in lacking]
    if not any(getattr(config.site, key).strip() for key in _CONTACT_KEYS):
        names.append("联系方式（phone、address 或 email）")
        lacking.append("phone")
    if names:
        lines = "、".join(f"{key}: …" for key in lacking)
        hint = f"在配置的 site 下面各加一行，缩进两格：{lines}"
        yield path, Problem("", f"页脚缺少 {len(names)} 项标识：{'、'.join(names)}", hint, line, "site")
    code = config.site.site_id_code.strip()
    if code and not _SITE_ID_CODE.fullmatch(code):
        path, line = config.place_of("site", "site_id_code")
        hint = "政府网站标识码是 10 位数字，或 bm 加 8 位数字"
        yield path, Problem("", f"政府网站标识码“{code[:40]}”的形式不对", hint, line, "site.site_id_code")
