"""C, Q: what there must be of an item of the catalogue, and in a year."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from generator.audit.duties import public
from generator.audit.interpreting import forms_of, is_by_leader
from generator.audit.registry import Hits, rule
from generator.catalogue import CatalogueItem
from generator.config import SiteConfig
from generator.model import Archive, Document
from generator.problems import Problem, Severity
from generator.vocabulary import Form, Kind

_W = Severity.WARNING
_LAST_QUARTER = 10


def covered(archive: Archive, config: SiteConfig) -> Mapping[str, list[Document]]:
    """Return the public documents of every catalogue item, by the item's id.

    A document belongs to the item that it names in 信息分类 by id or name, and to those of its column.
    """
    by_name = {name: item.id for item in config.catalogue_items for name in (item.name, item.id)}
    by_column: dict[str, list[str]] = defaultdict(list)
    titles = {column.title: column.id for column in archive.columns}
    for item in config.catalogue_items:
        if item.column:
            by_column[titles.get(item.column, item.column)].append(item.id)
    found: dict[str, list[Document]] = {item.id: [] for item in config.catalogue_items}
    for document in public(archive) if found else ():
        named = by_name.get(document.text("catalogue_item"))
        for item_id in {*by_column.get(document.column, ()), *([named] if named else [])}:
            found[item_id].append(document)
    return found


def _at_item(item: CatalogueItem, message: str, hint: str) -> tuple[str, Problem]:
    return item.path, Problem("", message, hint, item.line, "catalogue")


@rule("C001", _W, source="政府信息公开条例第十二条、第二十条；国办发〔2019〕54号：标准目录的事项应公开尽公开")
def empty_item(archive: Archive, config: SiteConfig) -> Hits:
    """公开目录里的事项没有一份公开的信息。

    目录是配置的 catalogue 所写的 CSV 或 YAML 文件。没有写的不查。

    不对：目录有“就业见习补贴”，没有文件写 catalogue_item: 就业见习补贴，它的栏目里也没有内容。
    对：　至少一份公开的文件写 catalogue_item（信息分类）: 事项的编号或名称；或者事项写 column（栏目），栏目里有内容。
    改法：公开这一项信息，或在已有的文件里补上 catalogue_item；事项已经取消的，从目录里删去。
    """
    found = covered(archive, config)
    for item in config.catalogue_items:
        if not found[item.id]:
            hint = "公开这一项信息，或在已有的文件里补上 catalogue_item（信息分类）"
            yield _at_item(item, f"公开事项“{_named(item)}”没有一份公开的信息", hint)


@rule("C002", _W, source="郑人社办〔2020〕199号 二（二）：重点领域目录标明更新频次；政府信息公开条例第二十六条")
def overdue_item(archive: Archive, config: SiteConfig) -> Hits:
    """公开目录里的事项过了更新的期限没有更新。

    不对：“就业补助资金使用情况”每季度更新一次，最近一份是 5 个月以前发布的。
    对：　更新频次（update_every）以内有新发布的信息。
    改法：发布新的信息；频次写错的，改目录。
    """
    found = covered(archive, config)
    for item in config.catalogue_items:
        newest = max((document.published for document in found[item.id] if document.published), default=None)
        if item.every and newest and (due := item.every.due(newest, config.calendar)) < archive.as_of:
            late = config.calendar.lag(due, archive.as_of)
            message = (
                f"公开事项“{_named(item)}”{item.every}应更新一次，最近 {newest}，"
                f"最迟 {due}，已晚 {(archive.as_of - due).days} 日（{late} 个工作日）"
            )
            yield _at_item(item, message, "发布新的信息，或改目录里的更新频次")


def _named(item: CatalogueItem) -> str:
    return item.name if item.id == item.name else f"{item.id} {item.name}"


@rule(
    "Q001",
    _W,
    source="郑人社办〔2020〕199号 五（在线访谈 3 次）；山东省人社厅2019年任务分工 二（一）（主要负责人解读 2 次）",
)
def yearly_number(archive: Archive, config: SiteConfig) -> Hits:
    """一年的次数没有达到。

    数的是解读：form 是在线访谈的，和 interpreter_type 是主要负责人的（或 first_interpreter: true）。看上一年度；
    到了第四季度，还看本年度差几次。那一年网站上没有任何信息的不查。公众列席会议、培训等网站上看不出来，不查。

    不对：2025 年只有 2 次在线访谈。
    对：　在线访谈 3 次，主要负责人解读 2 次，解读里写明 form（解读形式）和 interpreter_type（解读人类型）。
    改法：年内补足；已经做了而没有写明的，在解读里补上。次数在配置的 quotas 里改，0 是不要求。
    """
    counts = yearly_counts(archive)
    years = [archive.as_of.year - 1]
    if archive.as_of.month >= _LAST_QUARTER:
        years.append(archive.as_of.year)
    path, line = config.place_of("quotas")
    for year in years:
        if year not in counts:
            continue
        interviews, by_leader = counts[year]
        for name, field, number, least in (
            ("在线访谈", "interviews", interviews, config.quotas.interviews),
            ("主要负责人解读", "leader_interpretations", by_leader, config.quotas.leader_interpretations),
        ):
            if number < least:
                over = year < archive.as_of.year
                left = config.calendar.lag(archive.as_of, dt.date(year, 12, 31))
                rest = "" if over else f"，到 {year}-12-31 还有 {left} 个工作日"
                message = f"{year} 年{name} {number} 次，应有 {least} 次，少 {least - number} 次{rest}"
                hint = "已经做了的，在解读里写明" + ("" if over else "；年内补足")
                yield path, Problem("", message, hint, line, f"quotas.{field}")


class YearlyCount(NamedTuple):
    """How many public interpretations of a year are interviews, and how many the leader gave in person."""

    interviews: int = 0
    by_leader: int = 0


def yearly_counts(archive: Archive) -> Mapping[int, YearlyCount]:
    """Return the counts of every year in which anything was published (requirements RPT-12)."""
    counts: dict[int, YearlyCount] = {}
    for document in public(archive):
        if document.published is None:
            continue
        year = document.published.year
        interviews, by_leader = counts.get(year, YearlyCount())
        if document.kind is Kind.INTERPRETATION:
            interviews += Form.INTERVIEW in forms_of([document])
            by_leader += is_by_leader(document)
        counts[year] = YearlyCount(interviews, by_leader)
    return counts
