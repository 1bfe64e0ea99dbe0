"""``gongkai report``: a draft annual report, with the figures of documents and registers (条例第四十九条、第五十条).

It has the six chapters and four tables of 国办公开办函〔2021〕30号. What only the bureau knows is left as 【待填】, and
the disclosure attribute is left empty, so the report cannot be published before somebody has read it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.audit.facts.yearly_counts import YearlyCount, yearly_counts
from generator.audit.rules.a_annual_report import STOCK_TYPES, report_of, stock_row
from generator.authoring.annual_report.register import FIGURES, Disputes, RequestCounts
from generator.authoring.new_files import write_new
from generator.domain.model import Archive, Document
from generator.domain.model.registers import Activity
from generator.domain.scaffold_words import TO_FILL
from generator.domain.vocabulary import OVER, DocType, Kind
from generator.domain.vocabulary.request_register import OUTCOME_GROUPS, Applicant, DisputeResult, DisputeStage
from generator.domain.written_moments import chinese_day


class InventoryRow(NamedTuple):
    """One row of table two: documents made in the year, ended in it, and in force at its end."""

    made: tuple[Document, ...]
    ended: tuple[Document, ...]
    left: tuple[Document, ...]


class Registers(NamedTuple):
    """Figures that cannot be counted from documents; ``None`` where no file was given."""

    requests: RequestCounts | None = None
    disputes: Disputes | None = None
    figures: Mapping[str, str] | None = None


def inventory_of(archive: Archive, before: Archive, agency: str, year: int) -> Mapping[DocType, InventoryRow]:
    """Return the row of table two for each type of rule and normative document that the bureau has issued.

    ``archive`` is as of the end of the year, ``before`` as of its beginning. A document counts from the year of its
    成文日期 until it is repealed or lapses. One that is not public at the end of the year does not count, nor does one
    of several bodies that another one leads: that is in the report of the body named first.
    """
    rows = {}
    for doc_type in STOCK_TYPES:
        documents = [
            item
            for item in archive.documents
            if item.doc_type is doc_type and _is_own_policy(item, agency) and archive.is_public(item)
        ]
        dated = [(item, day) for item in documents if (day := _made_on(item)) and day.year <= year]
        ended_documents = [item for item, _ in dated if item.status in OVER and not _was_over(before, item)]
        rows[doc_type] = InventoryRow(
            tuple(item for item, day in dated if day.year == year),
            tuple(ended_documents),
            tuple(item for item, _ in dated if item.status not in OVER),
        )
    return rows


def _is_own_policy(document: Document, agency: str) -> bool:
    """Whether a policy is the bureau's own: it issued it alone, or is named first among those that did."""
    return document.kind is Kind.POLICY and document.issuers[:1] == (agency,)


def _made_on(document: Document) -> dt.date | None:
    return document.date("date_written") or document.published


def _was_over(before: Archive, document: Document) -> bool:
    earlier = before.by_path.get(document.path)
    return bool(earlier and earlier.status in OVER)


def inventory_mismatches(inventory: Mapping[DocType, InventoryRow], archive: Archive, year: int) -> Iterator[str]:
    """Yield a message for each row that contradicts last year's 现行有效 plus the documents made and ended since."""
    last = report_of(archive, year - 1)
    for doc_type, row in inventory.items():
        reported_row = stock_row(last, doc_type) if last else None
        if last and reported_row and reported_row.numbers[-1] + len(row.made) - len(row.ended) != len(row.left):
            yield (
                f"{doc_type.label}：{last.path} 第 {reported_row.line} 行的现行有效是 {reported_row.numbers[-1]} 件，"
                f"加本年制发 {len(row.made)} 件，减本年废止 {len(row.ended)} 件，"
                f"不等于网站上现行有效的 {len(row.left)} 件"
            )


def new_report(
    project: Path,
    agency: str,
    archive: Archive,
    inventory: Mapping[DocType, InventoryRow],
    registers: Registers,
    activities: Sequence[Activity] = (),
    *,
    due: dt.date,
) -> Path:
    """Write ``content/reports/nb-YEAR.md`` for the year of the archive and return its path.

    ``due`` is the last day for its publication (条例第四十九条): January 31, or of a government March 31.
    Raises ``GongkaiError`` if the file exists already.
    """
    year, day = archive.day.year, archive.day
    legal_basis = f"根据《中华人民共和国政府信息公开条例》第五十条，编制{agency}{year}年政府信息公开工作年度报告。"
    period = f"数据统计期限为{year}年1月1日至{day.month}月{day.day}日。"
    text = "\n\n".join(
        [
            _front_matter(agency, year, due),
            legal_basis + period,
            *_summary(archive, registers.requests, year, activities),
            "## 二、主动公开政府信息情况",
            *_table_two(inventory, registers.figures or {}),
            "## 三、收到和处理政府信息公开申请情况",
            "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。",
            _table_three(registers.requests),
            "## 四、政府信息公开行政复议、行政诉讼情况",
            _table_four(registers.disputes),
            "## 五、存在的主要问题及改进情况",
            f"### （一）存在的主要问题\n\n{TO_FILL}",
            f"### （二）改进情况\n\n{TO_FILL}上年度提出的改进措施落实情况、本年度的改进措施。",
            "## 六、其他需要报告的事项",
            f"{TO_FILL}收取政府信息公开信息处理费的情况；建议、提案办理结果公开情况。",
        ]
    )
    return write_new(project / "content" / Kind.REPORT.folder / f"nb-{year}.md", text + "\n")


def _front_matter(agency: str, year: int, due: dt.date) -> str:
    rows = [
        "类型: 年度报告",
        f"草稿: 是  # 填完全部{TO_FILL}以后删去这一行，就会发布",
        f"标题: {agency}{year}年政府信息公开工作年度报告",
        f"公开属性:  # 填完全部{TO_FILL}以后写 主动公开",
        f"发布日期:  # {chinese_day(due)}以前（条例第四十九条）",
    ]
    return "\n".join(("---", *rows, "---"))


def _summary(
    archive: Archive, requests: RequestCounts | None, year: int, activities: Sequence[Activity]
) -> Iterator[str]:
    public_documents = [item for item in archive.documents if archive.is_public(item) and _in_year(item, year)]
    kinds = Counter(item.kind for item in public_documents)
    interviews = yearly_counts(archive, activities).get(year, YearlyCount()).interviews
    parts = [f"{kind.label}{kinds[kind]}条" for kind in Kind if kinds[kind] and kind is not Kind.PAGE]
    yield "## 一、总体情况"
    parts_text = f"，其中{'、'.join(parts)}" if parts else ""
    yield (
        f"### （一）主动公开\n\n全年通过政府信息公开专栏公开信息{len(public_documents)}条{parts_text}。"
        f"发布政策解读{kinds[Kind.INTERPRETATION]}篇，开展在线访谈{interviews}次，"
        f"公开征求意见{kinds[Kind.CONSULTATION]}次，回应关切{kinds[Kind.RESPONSE]}次。{TO_FILL}"
    )
    if requests:
        new_count, carried_in, done_count, carried_out = (
            sum(counts.values()) for counts in (requests.new, requests.carried_in, requests.done, requests.carried_out)
        )
        requests_text = (
            f"全年新收政府信息公开申请{new_count}件，上年结转{carried_in}件，"
            f"办结{done_count}件，结转下年度{carried_out}件。"
        )
    else:
        requests_text = ""
    yield f"### （二）依申请公开\n\n{requests_text}{TO_FILL}"
    for title in ("（三）政府信息管理", "（四）政府信息公开平台建设", "（五）监督保障"):
        yield f"### {title}\n\n{TO_FILL}"


def _in_year(document: Document, year: int) -> bool:
    return bool(document.published and document.published.year == year)


def _table_two(inventory: Mapping[DocType, InventoryRow], figures: Mapping[str, str]) -> Iterator[str]:
    rows: list[list[object]] = [[doc_type.label, *map(len, row)] for doc_type, row in inventory.items()]
    yield _table(["第二十条第（一）项　信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], rows)
    decisions_heading = "本年处理决定数量"
    licences, *enforced, fees = [[name, figures.get(name, TO_FILL)] for name in FIGURES]
    yield _table(["第二十条第（五）项　信息内容", decisions_heading], [licences])
    yield _table(["第二十条第（六）项　信息内容", decisions_heading], enforced)
    yield _table(["第二十条第（八）项　信息内容", "本年收费金额（单位：万元）"], [fees])


def _table_three(requests: RequestCounts | None) -> str:
    def row(label: str, counted: Counter[Applicant] | None) -> list[object]:
        if counted is None:
            return [label, *[TO_FILL] * (len(Applicant) + 1)]
        return [label, *(counted[applicant] for applicant in Applicant), counted.total()]

    counts = requests._asdict() if requests else {}
    rows = [
        row("一、本年新收政府信息公开申请数量", counts.get("new")),
        row("二、上年结转政府信息公开申请数量", counts.get("carried_in")),
    ]
    for number, (group, outcomes) in enumerate(OUTCOME_GROUPS):
        for position, outcome in enumerate(outcomes, 1):
            is_single = len(outcomes) == 1
            prefix = "三、本年度办理结果　" if number == 0 else ""
            group_label = group if is_single else f"{f'{group}　' if position == 1 else ''}{position}."
            rows.append(row(f"{prefix}{group_label}{outcome.label}", requests.outcomes[outcome] if requests else None))
    rows.append(row("（七）总计", requests.done if requests else None))
    rows.append(row("四、结转下年度继续办理", counts.get("carried_out")))
    return _table(["申请处理情况", *(applicant.label for applicant in Applicant), "总计"], rows)


def _table_four(disputes: Disputes | None) -> str:
    rows: list[list[object]] = []
    for stage in DisputeStage:
        counted = disputes[stage] if disputes else None
        cells = [counted[result] for result in DisputeResult] if counted is not None else []
        row: list[object] = [*cells, sum(cells)] if cells else [TO_FILL] * (len(DisputeResult) + 1)
        rows.append([stage.label, *row])
    return _table(["类别", *(result.label for result in DisputeResult), "总计"], rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
