"""C: the items of the catalogue and of 条例 art. 20: published at all, and in time."""

from collections.abc import Iterator

from generator.audit.registry import Hits, hit_at, rule
from generator.config.catalogue_headings import label_of_item
from generator.config.load import SiteConfig
from generator.domain.model import Archive, CatalogueItem, Coverage, item_ids_by_name
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import STATUTORY_ITEMS, CoverageState, Nearest
from generator.domain.vocabulary.pilot_areas import PILOT_AREAS, nearest_area, pilot_area

_W = Severity.WARNING


def _at_item(item: CatalogueItem, message: str, hint: str, days: int = 0) -> tuple[str, Problem]:
    return item.path, Problem("", message, hint, item.line, "catalogue", days=days)


@rule("C001", _W, source="{政府信息公开条例}第十二条、第二十条；{国办发〔2019〕54号}：标准目录的事项应公开尽公开")
def empty_item(archive: Archive, _config: SiteConfig) -> Hits:
    """公开目录里的事项没有一份公开的信息。

    目录是配置的 catalogue 所写的 CSV 或 YAML 文件。没有写的不查。

    不对：目录有“就业见习补贴”，没有文件写 catalogue_item: 就业见习补贴，它的栏目里也没有内容。
    对：　至少一份公开的文件写 catalogue_item（信息分类）: 事项的编号或名称；或者事项写 column（栏目），栏目里有内容。
    改法：公开这一项信息，或在已有的文件里补上 catalogue_item；事项已经取消的，从目录里删去。
    """
    for row in archive.coverage.catalogue:
        if row.item and row.state is CoverageState.EMPTY:
            hint = "公开这一项信息，或在已有的文件里补上 catalogue_item（信息分类）"
            yield _at_item(row.item, f"公开事项“{_name_of(row.item)}”没有一份公开的信息", hint)


@rule("C002", _W, source="{郑人社办〔2020〕199号} 二（二）：重点领域目录标明更新频次；{政府信息公开条例}第二十六条")
def overdue_item(archive: Archive, config: SiteConfig) -> Hits:
    """公开目录里的事项过了更新的期限没有更新。

    不对：“就业补助资金使用情况”每季度更新一次，最近一份是 5 个月以前发布的。
    对：　更新频次（update_every）以内有新发布的信息。
    改法：发布新的信息；频次写错的，改目录。
    """
    for row in archive.coverage.catalogue:
        if row.item and row.state is CoverageState.OVERDUE:
            message = f"公开事项“{_name_of(row.item)}”{_lateness(row, archive, config)}"
            yield _at_item(row.item, message, "发布新的信息，或改目录里的更新频次", _days_late(row, archive))


def _days_late(row: Coverage, archive: Archive) -> int:
    return (archive.day - row.due).days if row.due else 0


def _lateness(row: Coverage, archive: Archive, config: SiteConfig) -> str:
    """Return in Chinese when an overdue item was due, and how late it is."""
    due = row.due or archive.day
    late = config.calendar.lag(due, archive.day)
    return (
        f"{row.every}应更新一次，最近 {row.newest}，最迟 {due}，已晚 {(archive.day - due).days} 日（{late} 个工作日）"
    )


def _name_of(item: CatalogueItem) -> str:
    return item.name if item.id == item.name else f"{item.id} {item.name}"


@rule("C003", _W, source="{政府信息公开条例}第二十条、第二十一条")
def empty_statutory_item(archive: Archive, config: SiteConfig) -> Hits:
    """本机关应有的法定公开事项没有一份公开的信息。

    哪些事项本机关应有，写在配置的 deadlines.statutory_updates 里（条例第二十条的项次和更新频次）；没有写的不查。

    不对：statutory_updates 里有 7: 每年，“财政预决算”栏目是空的，也没有文件写 statutory_item: 7。
    对：　栏目里有公开的文件，或有文件写 statutory_item（法定公开事项）: 7。
    改法：公开这一项信息，或在已有的文件里补上 statutory_item；本机关没有这一项的，从配置里删去。
    """
    for path, line, row in _statutory(archive, config):
        if row.state is CoverageState.EMPTY:
            hint = "公开这一项信息，或在已有的文件里补上 statutory_item（法定公开事项）"
            message = f"条例第二十条第（{row.id}）项“{row.name}”没有一份公开的信息"
            yield path, Problem("", message, hint, line, f"deadlines.statutory_updates.{row.id}")


@rule("C004", _W, source="{政府信息公开条例}第二十条、第二十六条；{山东省人社厅2019年任务分工} 一（八）（定期公开）")
def overdue_statutory_item(archive: Archive, config: SiteConfig) -> Hits:
    """法定公开事项过了更新的期限没有更新。

    不对：statutory_updates 里有 4: 每季度，最近一份统计信息是 5 个月以前发布的。
    对：　更新频次以内有新发布的信息。
    改法：发布新的信息；频次写错的，改配置的 deadlines.statutory_updates。
    """
    for path, line, row in _statutory(archive, config):
        if row.state is CoverageState.OVERDUE:
            message = f"条例第二十条第（{row.id}）项“{row.name}”{_lateness(row, archive, config)}"
            hint = "发布新的信息，或改 deadlines.statutory_updates"
            field = f"deadlines.statutory_updates.{row.id}"
            yield path, Problem("", message, hint, line, field, days=_days_late(row, archive))


def _statutory(archive: Archive, config: SiteConfig) -> Iterator[tuple[str, int, Coverage]]:
    """Yield the items of art. 20 that the config requires, each with its path and line in the config."""
    periods = config.deadlines.statutory_updates
    for row in archive.coverage.statutory if periods else ():
        if int(row.id) in periods:
            yield *config.place_of("deadlines", "statutory_updates", row.id), row


@rule("C005", _W, source="{政府信息公开条例}第十二条；{国办发〔2019〕54号}：标准目录的事项应公开尽公开")
def unknown_item(archive: Archive, config: SiteConfig) -> Hits:
    """信息分类写的事项，公开目录里没有；条例第二十条没有所写的项次。

    没有公开目录的，不查信息分类。

    不对：catalogue_item: 就业见习补帖，目录里是“就业见习补贴”；statutory_item: 16。
    对：　catalogue_item（信息分类）写目录里的编号或名称；statutory_item（法定公开事项）写 1 到 15。
    改法：按提示改正，不然这份文件不算在任何事项里。
    """
    names = item_ids_by_name(config.catalogue_items)
    known = Nearest(sorted(names))
    for document in archive.documents:
        if document.page.fields.keys().isdisjoint(("catalogue_item", "statutory_item")):
            continue
        item_name = document.text("catalogue_item")
        if names and item_name and item_name not in names:
            near = known.to(item_name)
            hint = f"是不是“{near}”？" if near else f"写 {config.catalogue} 里的编号或名称"
            yield hit_at(document, f"公开目录里没有事项“{item_name[:40]}”", hint, key="catalogue_item")
        number = document.value("statutory_item")
        if isinstance(number, int) and number not in STATUTORY_ITEMS:
            hint = f"写 1 到 {len(STATUTORY_ITEMS)}，是条例第二十条的项次"
            yield hit_at(document, f"条例第二十条没有第（{number}）项", hint, key="statutory_item")


@rule("C006", _W, source="{政府信息公开条例}第十二条；{国办发〔2019〕54号}")
def unknown_column(archive: Archive, config: SiteConfig) -> Hits:
    """公开目录里的事项写了没有的栏目。

    不对：目录的“栏目”一格写“就业补贴”，网站没有这个栏目。
    对：　写栏目的名称或编号，如“社会保障和促进就业”或 social。
    改法：按提示改正，或在配置的 columns 里增加这个栏目。
    """
    names = {name for column in archive.columns for name in (column.id, column.title)}
    known = Nearest(sorted(names))
    for item in config.catalogue_items:
        if item.column and item.column not in names:
            near = known.to(item.column)
            hint = f"是不是“{near}”？" if near else "写栏目的名称或编号"
            yield _at_item(item, f"公开事项“{_name_of(item)}”写的栏目“{item.column[:40]}”不存在", hint)


# 楚雄市人社局试点实施方案 二（二）: 依据、内容、主体、时限、方式、流程, besides the name.
_ELEMENTS = ("item_basis", "item_elements", "item_subject", "item_time_limit", "item_mode", "item_process")
_NATIONAL = frozenset({"item_audience", "item_tier"})  # the national form has these and 渠道和载体, but no 流程
_SHOWS_STANDARD = 2


@rule("C007", _W, source="{国办发〔2019〕54号}：标准目录的要素；{楚雄市人社局试点实施方案} 二（二）：目录的七个要素")
def lacks_elements(_archive: Archive, config: SiteConfig) -> Hits:
    """公开目录缺少标准目录的要素。

    七个要素：公开事项名称、公开依据、公开内容、公开主体、公开时限、公开方式、公开流程。照国家的样式写了公开渠道和载体、
    公开对象或公开层级的，不要公开流程。除名称以外只写了一个要素的目录不是标准目录，不查。

    不对：目录有公开依据、公开内容、公开主体，没有公开时限、公开方式、公开流程；有一行的公开依据空着。
    对：　每个事项写全。
    改法：在目录里补上列，填上空着的格。列名写“依据”“公开依据”都可以，见使用手册第 17 章。
    """
    items = config.catalogue_items
    columns = {key for item in items for key, value in item.facts.items() if value}
    if len(columns & {*_ELEMENTS}) < _SHOWS_STANDARD:
        return
    is_national = "item_channels" in columns and bool(columns & _NATIONAL)
    needed = [key for key in _ELEMENTS if not (key == "item_process" and is_national)]
    if missing := [key for key in needed if key not in columns]:
        names = "、".join(map(label_of_item, missing))
        yield _at_item(items[0], f"公开目录没有{names}", "在目录里补上这些列；列名见使用手册第 17 章")
    for item in items:
        if empty := [key for key in needed if key in columns and not item.facts.get(key)]:
            names = "、".join(map(label_of_item, empty))
            yield _at_item(item, f"公开事项“{_name_of(item)}”没有填{names}", "填上空着的格")


_PLAN = ("item_elements", "update_every", "contact_person")


@rule("C008", _W, source="{郑人社办〔2020〕199号} 二（二）：公开计划列明公开内容、更新频次、联络人")
def lacks_plan(_archive: Archive, config: SiteConfig) -> Hits:
    """重点领域的公开计划没有写全公开内容、更新频次、联络人。

    目录有“联络人”一列的才查。联络人只在审计报告里，不在网站上。

    不对：“就业补助资金使用情况”写了公开内容、更新频次，联络人空着。
    对：　每个事项写全三项。
    改法：填上空着的格。
    """
    items = config.catalogue_items
    if not any("contact_person" in item.facts for item in items):
        return
    for item in items:
        if empty := [key for key in _PLAN if not item.facts.get(key)]:
            names = "、".join(map(label_of_item, empty))
            yield _at_item(item, f"公开计划的事项“{_name_of(item)}”没有填{names}", "填上空着的格")


@rule("C009", _W, source="{国办发〔2019〕54号}：26个试点领域的标准目录")
def unknown_area(_archive: Archive, config: SiteConfig) -> Hits:
    """公开目录写的试点领域不是国家的试点领域。

    国家的试点领域有 26 个：国土空间规划、重大建设项目、公共资源交易、财政预决算、安全生产、就业、社会保险等。
    后面写不写“领域”都可以；本地自己定的领域，写在备注或一级事项里。

    不对：试点领域写“就业和社保”。
    对：　写“就业”“社会保险”，各自一行。
    改法：按提示改正。
    """
    for item in config.catalogue_items:
        area = item.facts.get("item_area", "")
        if area and not pilot_area(area):
            near = nearest_area(area)
            hint = f"是不是“{near}”？" if near else f"可用：{'、'.join(PILOT_AREAS)}"
            yield _at_item(item, f"公开事项“{_name_of(item)}”的试点领域“{area[:20]}”不在国家的 26 个里", hint)
