"""F: how a source is written: conflict marks, scaffolds, unread files, fields, lists, quotation marks, years."""

import re

from generator.audit.facts.misplaced import kind_by_fields
from generator.audit.facts.unread_files import unread_file_message, unread_files
from generator.audit.registry import Hits, hit_at, noticed_problems, rule
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import standard_doc_number
from generator.domain.joined_lists import are_units, joined_message, split_list
from generator.domain.model import Archive, Document
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import FIELDS, Kind, label_of

_E, _W = Severity.ERROR, Severity.WARNING


@rule("F015", _E, blocking=True, source="gongkai 源文件格式")
def conflict_marks(archive: Archive, _config: SiteConfig) -> Hits:
    """文件里有 git 合并冲突的标记。

    不对：正文或 front matter 里留着 <<<<<<< HEAD、=======、>>>>>>> 这几行。
    对：　两边的文字选定一种，几行标记都删去；标题下面单独一行 ======= 不算，正文里缩进四格展示的不算。
    改法：在提示的行选定要留的文字，删去另一种和几行标记，再 git add、git commit。
    """
    yield from noticed_problems(archive, "F015")


@rule("F016", _E, blocking=True, source="gongkai 源文件格式")
def scaffold_words(archive: Archive, _config: SiteConfig) -> Hits:
    """样稿里的字没有换掉。

    不对：gongkai new 写的“正文写在这里。”，gongkai report 写的【待填】，标题还叫“标题”。
    对：　换成这份文件自己的标题和正文；没有的写“无”，或删去那一段。
    改法：按提示的行号改。还没有写完的，写 draft: true（草稿）。
    """
    yield from noticed_problems(archive, "F016")


@rule("F017", _W, source="gongkai 源文件格式")
def unread_file(archive: Archive, config: SiteConfig) -> Hits:
    """content/ 里有没有用到的文件。

    没有一页在附件、图片或链接里写到它，它自己又不是 Markdown 文件，所以不在网站上。以“.”“~$”开头的，和 Thumbs.db、
    desktop.ini 是系统自己留下的，不查。

    不对：content/policies/a.md.txt（记事本另存的）；content/policies/通知.docx，没有一页写到它。
    对：　content/policies/a.md；附件放在 files/ 里，在 attachments（附件）里列出。
    改法：后缀错了的改名；Word 文件用 gongkai import 做成一页；不用的移出 content/。
    """
    for path in unread_files(archive, config.catalogue):
        message, hint = unread_file_message(path)
        yield path, Problem("", message, hint)


@rule("F018", _W, source="gongkai 字段表")
def field_without_effect(archive: Archive, _config: SiteConfig) -> Hits:
    """字段对这一类信息不起作用。

    不对：一般信息写 expires_on（有效期至），政策文件写 interprets（解读对象）。
    对：　政策文件写 expires_on，政策解读写 interprets；哪一类用哪些字段见字段表。
    改法：删去这一行；类型错了的，改类型或移到对的文件夹。
    """
    for document in archive.documents:
        if kind_by_fields(document):
            continue  # F001 says where the file belongs
        for key, field in document.page.fields.items():
            kinds = FIELDS[key].kinds if key in FIELDS else frozenset(Kind)
            if document.kind not in kinds:
                users = "、".join(kind.label for kind in Kind if kind in kinds)
                message = f"“{label_of(key)}”对{document.kind.label}不起作用"
                hint = f"删去这一行；它只用于{users}，类型错了的改类型"
                if key == "expires_on" and "takedown_on" in FIELDS:
                    hint = f"公示到期撤下的，写 {label_of('takedown_on')}；{hint}"
                yield hit_at(document, message, hint, line=field.line, key=key)


@rule("F019", _E, blocking=True, source="gongkai 源文件格式")
def list_as_text(archive: Archive, config: SiteConfig) -> Hits:
    """列表写成了用“，”“、”连起来的一个值。

    不对：repeals: o-5，o-6；keywords: [灵活就业，社会保险]；issuer: 甲局、乙局。
    对：　repeals: [o-5, o-6]；keywords: [灵活就业, 社会保险]；issuer: [甲局, 乙局]。一个名称里本来就有“、”的不算。
    改法：照提示写成列表：方括号，半角逗号加空格。
    """
    yield from noticed_problems(archive, "F019")
    yield from _texts_as_lists(archive, config)


# Fields whose values are words or names; channels, 公开依据 and 公开内容 are sentences.
_WORDS = ("keywords", "audience", "item_channels")
_UNITS = ("issuer", "co_issuers", "responsible_unit", "contact_unit")
_SPACED = ("keywords", "audience")  # 主题词 stood with blanks between them on paper
_SPACES = re.compile(r"[ \t　|｜]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_THEME = "theme"
_SENTENCE_SIGNS = frozenset("：:。@")
_MOST_DIGITS = 4


def _texts_as_lists(archive: Archive, config: SiteConfig) -> Hits:
    for document in archive.documents:
        for key in (*_WORDS, *_UNITS, _THEME):
            if key not in document.page.fields:
                continue
            texts = _texts_of(document, key)
            items = [item for text in texts for item in _items(key, text, config)]
            if len(items) > len(texts):
                text = next(text for text in texts if len(_items(key, text, config)) > 1)
                yield hit_at(document, *joined_message(label_of(key), text, items), key=key)


def _texts_of(document: Document, key: str) -> tuple[str, ...]:
    value = document.value(key)
    return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, tuple) else ()


def _items(key: str, text: str, config: SiteConfig) -> list[str]:
    """Return the items of a text of a field, itself alone where it is one word or name."""
    if key == _THEME:  # official themes are called 劳动、人事、监察
        return split_list(text, "，；;,")
    items = split_list(text)
    if (
        key in _SPACED
        and len(items) == 1
        and (words := _SPACES.split(text.strip()))
        and all(map(_CHINESE.fullmatch, words))
    ):
        return words
    if key in _WORDS or len(items) < 2:
        return items
    is_sentence = _SENTENCE_SIGNS & set(text) or sum(char.isdigit() for char in text) > _MOST_DIGITS
    if text == config.site.agency or is_sentence or ("、" in text and not are_units(items)):
        return [text]
    return items


_QUOTED = (
    "title",
    "subtitle",
    "caption",
    "issuer",
    "co_issuers",
    "drafting_unit",
    "responsible_unit",
    "genre",
    *_WORDS,
)
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'", "”": "“", "＂": "＂"}


@rule("F020", _W, source="gongkai 源文件格式")
def quoted_value(archive: Archive, _config: SiteConfig) -> Hits:
    """值的两头带着引号，会显示在网页上。

    不对：标题: “某某办法”，全角的引号不是 YAML 的引号。
    对：　标题: 某某办法；要加引号的用半角：标题: "某某办法"。只有里面几个字有引号的不算：标题: “一网通办”实施方案。
    改法：删去两头的引号；标题本来就全在引号里的，写豁免和理由。
    """
    for document in archive.documents:
        for key in _QUOTED:
            texts = _texts_of(document, key) if key in document.page.fields else ()
            for text in filter(_is_quoted, texts):
                message = f"“{label_of(key)}”的值带着引号：{text[:40]}"
                yield hit_at(document, message, f"删去两头的引号，写成 {text[1:-1][:40]}", key=key)


def _is_quoted(text: str) -> bool:
    """Whether a text as a whole is in quotation marks of a pair that is not closed before its end."""
    closing = _QUOTES.get(text[:1])
    return len(text) > 2 and closing == text[-1] and closing not in text[1:-1] and text[0] not in text[1:-1]


_YEAR_IN_NUMBER = re.compile(r"〔(\d{4})〕|(\d{4})年")


@rule("F026", _W, source="{GB/T 9704—2012} 7.2.5、7.3.5.4")
def number_of_later_year(archive: Archive, _config: SiteConfig) -> Hits:
    """文号的年份比成文日期晚一年以上。

    文号在制发的那一年编；年底签发、下一年才编号的，差一年，不算。

    不对：doc_number: 云岭人社发〔2062〕5号，date_written: 2026-11-26。
    对：　doc_number: 云岭人社发〔2026〕5号，date_written: 2026-11-26。
    改法：对着原件核对两项，改正写错的一项；原件就是这样的，写豁免和理由。
    """
    for document in archive.documents:
        written = document.date("date_written")
        match = _YEAR_IN_NUMBER.search(standard_doc_number(document.doc_number or ""))
        if written and match and int(match[1] or match[2]) > written.year + 1:
            message = f"文号“{document.doc_number}”是 {match[1] or match[2]} 年的，成文日期却是 {written}"
            yield hit_at(document, message, "对着原件核对，改正文号的年份或成文日期", key="doc_number")
