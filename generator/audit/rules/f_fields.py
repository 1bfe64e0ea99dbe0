"""F: fields, the forms of their values, numbers and references."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from generator.audit.facts.misplaced import kind_by_fields, kind_line
from generator.audit.registry import Hits, hit_at, noticed_problems, rule
from generator.config.load import DEFAULT_INDEX_NO, SiteConfig
from generator.domain.doc_numbers import doc_number_key, fold_width, is_standard_doc_number
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.vocabulary import FIELDS, Kind, RelationKind, label_of

_E, _W = Severity.ERROR, Severity.WARNING


@rule(
    "F001",
    _E,
    blocking=True,
    source="{政府信息公开条例}第十二条；政府信息公开目录系统实施指引（{国办秘函〔2009〕6号}）",
)
def required_field(archive: Archive, _config: SiteConfig) -> Hits:
    """缺少必填字段。

    不对：政策文件没有写 doc_number（文号）。
    对：　doc_number: 云岭人社发〔2024〕15号；确实没有文号的写 doc_number: none。
    改法：在 front matter 里补上提示的字段；各类信息的必填字段见使用手册。
    """
    yield from noticed_problems(archive, "F001")
    for document in archive.documents:
        reported_keys = {problem.field for problem in document.page.problems}
        if misplaced := kind_by_fields(document):
            key, kind = misplaced
            message = f"缺少{document.kind.label}的必填字段，却写了“{label_of(key)}”，像是{kind.label}"
            hint = f"把文件移到 content/{kind.folder}/，或加一行 {kind_line(document, kind)}"
            yield hit_at(document, message, hint, key=key)
            continue
        for spec in FIELDS.values():
            if (
                document.kind in spec.required
                and spec.key not in document.page.fields
                and spec.key not in reported_keys
            ):
                empty = document.page.empty_keys.get(spec.key)
                name = spec.label if document.page.chinese_keys else spec.key
                hint = f"{f'填上第 {empty} 行：' if empty else '加一行 '}{name}: …（{spec.form.value}）"
                yield hit_at(document, f"{document.kind.label}缺少“{spec.label}”", hint, key=spec.key)


@rule("F002", _E, blocking=True, source="gongkai 字段表")
def unknown_field(archive: Archive, _config: SiteConfig) -> Hits:
    """字段名不认识。

    不对：date_publish: 2024-05-06
    对：　date_published: 2024-05-06，或 发布日期: 2024-05-06
    改法：按提示改成字段表里的名字；写错的字段名会让信息悄悄丢失，所以不放过。
    """
    yield from noticed_problems(archive, "F002")


@rule("F003", _E, blocking=True, source="gongkai 字段表")
def value_form(archive: Archive, config: SiteConfig) -> Hits:
    """字段的值不合要求的形式。

    不对：date_written: 2024-02-30；disclosure: 全部公开；两个文件用了同一个编号；附件叫 nul.pdf 或“表?.xlsx”。
    对：　date_written: 2024-02-29；disclosure: 主动公开。
    改法：按提示改值。
    """
    yield from noticed_problems(archive, "F003")
    patterns = [re.compile(pattern) for pattern in config.index_no_patterns]
    hint = f"规定的形式是 {'、'.join(config.index_no_patterns)}"
    if config.index_no_patterns == DEFAULT_INDEX_NO:
        hint = "规定的形式是 9 位机构代码/年份-5 位流水号，如 553165075/2020-00502"
    for document in archive.documents:
        index_no = document.text("index_no")
        if index_no and not any(pattern.search(index_no) for pattern in patterns):
            yield hit_at(
                document,
                f"索引号“{index_no}”不合规定的形式",
                _index_no_in_form(index_no, patterns) or hint,
                key="index_no",
            )
    for document in archive.documents:
        for key in _ACTS:
            if document.kind not in _ACTING_KINDS and document.value(key):
                message = f"{document.kind.label}不能{label_of(key)}政策文件"
                yield hit_at(document, message, "由政策文件或公告来废止、修改、替代", key=key)
    addresses = {document.address.casefold(): document for document in archive.withdrawn}
    for first, duplicate in _repeated(archive, lambda document: document.id.casefold()):
        yield hit_at(
            duplicate, f"编号“{duplicate.id}”和 {first.path} 相同", "加一行 id: 另取一个编号，或改文件名", key="id"
        )

    for document in archive.documents:
        if taken := addresses.get(document.address.casefold()):
            message = f"网址 {document.address} 是已撤下的 {taken.path} 的"
            yield hit_at(document, message, "加一行 id: 另取一个编号；撤下的网址一直说明已撤下", key="id")


_INDEX_NO = re.compile(r"(?P<body>[0-9A-Z]{9})\W*(?P<year>(?:19|20)\d\d)\W*(?P<serial>\d{1,5})")


def _index_no_in_form(index_no: str, patterns: Sequence[re.Pattern[str]]) -> str:
    """Return the hint with the same 索引号 in the usual form where only signs or zeros differ; else nothing."""
    match = _INDEX_NO.fullmatch(fold_width(index_no))
    usual = f"{match['body']}/{match['year']}-{int(match['serial']):05}" if match else ""
    return f"写成 {usual}" if usual and any(pattern.search(usual) for pattern in patterns) else ""


def _repeated(archive: Archive, key_of: Callable[[Document], str]) -> Iterator[tuple[Document, Document]]:
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in archive.documents:
        if key := key_of(document):
            groups[key].append(document)
    for documents in groups.values():
        first, *others = sorted(
            documents,
            key=lambda item: (item.path in archive.drafts, item.published or dt.date.max, item.path),
        )
        for duplicate in others:
            yield first, duplicate


_ACTS = ("repeals", "amends", "replaces", "suspends", "resumes", "renews", "cleanup")
_ACTING_KINDS = frozenset({Kind.POLICY, Kind.NOTICE})


@rule("F005", _E, blocking=True, source="{国办秘函〔2009〕6号} 要素1：索引号唯一")
def same_index_no(archive: Archive, _config: SiteConfig) -> Hits:
    """两个文件用了同一个索引号。

    不对：a.md 和 b.md 都写 index_no: MB2X01234/2024-00015。
    对：　每个文件一个索引号，流水号不重复、不回收。
    改法：给后发布的那个文件编新的索引号。
    """
    for first, duplicate in _repeated(archive, lambda document: document.text("index_no")):
        yield hit_at(
            duplicate,
            f"索引号“{duplicate.text('index_no')}”和 {first.path} 相同",
            "给后发布的文件编新的索引号",
            key="index_no",
        )


@rule("F006", _E, blocking=True, source="{党政机关公文处理工作条例}：发文字号由机关代字、年份、顺序号组成")
def same_doc_number(archive: Archive, _config: SiteConfig) -> Hits:
    """两个文件用了同一个文号。

    不对：a.md 写 云岭人社发〔2024〕15号，b.md 写 云岭人社发[2024]15号（括号不同，仍是同一个文号）。
    对：　一个文号只给一个文件；转发、解读用“解读对象”等字段引用它，不写在自己的文号里。
    改法：核对原件，改正写错的那个。
    """
    for first, duplicate in _repeated(
        archive, lambda document: doc_number_key(document.doc_number) if document.doc_number else ""
    ):
        yield hit_at(
            duplicate,
            f"文号“{duplicate.text('doc_number')}”和 {first.path} 相同",
            "核对原件，改正写错的文号",
            key="doc_number",
        )


@rule("F007", _W, source="{GB/T 9704—2012} 7.2.5")
def doc_number_form(archive: Archive, _config: SiteConfig) -> Hits:
    """文号不是标准写法。

    不对：浑江人社字[2018]38号；云岭人社发〔2024〕第05号；云岭市人民政府公告2024年第05号。
    对：　浑江人社字〔2018〕38号；云岭人社发〔2024〕5号；云岭市人民政府公告2024年第5号。
    改法：年份用〔〕，序号不加“第”、不补零；公告写“公告2024年第5号”。原件这样印的可以不改，网页和接口按标准写法显示。
    """
    for document in archive.documents:
        number = document.text("doc_number") if document.doc_number else ""
        if number and not is_standard_doc_number(number):
            yield hit_at(document, f"文号“{number}”不是标准写法", f"标准写法是 {document.doc_number}", key="doc_number")


@rule("F008", _E, blocking=True, source="gongkai 源文件格式")
def front_matter(archive: Archive, _config: SiteConfig) -> Hits:
    """文件开头的 front matter 读不了。

    不对：标题：某通知（全角冒号）；开头的 --- 没有配对；文件是 GB18030 编码；同一个字段写了两次。
    对：　文件开头和元数据之后各一行 ---，中间每行“字段: 值”，半角冒号后加空格，UTF-8 编码。
    改法：按提示的行号改。
    """
    yield from noticed_problems(archive, "F008")


@rule("F009", _E, blocking=True, source="政策文件与解读材料相互关联的要求（{国办发〔2016〕80号}）")
def reference(archive: Archive, _config: SiteConfig) -> Hits:
    """所引用的文件在站内找不到，不止一个，或者不是那一类。

    不对：interprets: 云岭人社发〔2024〕150号，而站内没有这个文号；follows（前次回应）写的是一份政策文件。
    对：　写站内文件的编号、索引号或文号，各种括号都认；站外的废止依据写在 repealed_by。
    改法：按提示改成最接近的那个；有几个文件对得上时写编号。
    """
    yield from noticed_problems(archive, "F009")
    for document in archive.documents:
        for kind, expected_kind in _EXPECTED_KINDS.items():
            if kind.value in document.page.fields:
                yield from _of_another_kind(archive, document, kind, expected_kind)
        if "follows" in document.page.fields:  # a response follows a response, a notice of one matter a notice
            own_kind = Kind.NOTICE if document.kind is Kind.NOTICE else Kind.RESPONSE
            yield from _of_another_kind(archive, document, RelationKind.FOLLOWS, own_kind)


_EXPECTED_KINDS = {RelationKind.CONSULTED: Kind.CONSULTATION}


def _of_another_kind(archive: Archive, document: Document, kind: RelationKind, expected_kind: Kind) -> Hits:
    for relation in document.related(kind):
        target = archive.by_id[relation.target]
        if target.kind is not expected_kind:
            message = f"“{label_of(kind.value)}”所指的 {target.path} 是{target.kind.label}，不是{expected_kind.label}"
            yield hit_at(document, message, f"写{expected_kind.label}的编号，或删去这一项", key=kind.value)
