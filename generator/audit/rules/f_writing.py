"""F: how a source is written: conflict marks, fields without effect, lists that are one text."""

from generator.audit.registry import Hits, hit_at, noticed_problems, rule
from generator.config.load import SiteConfig
from generator.domain.joined_lists import are_units, joined_message, split_list
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
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


@rule("F018", _W, source="gongkai 字段表")
def field_without_effect(archive: Archive, _config: SiteConfig) -> Hits:
    """字段对这一类信息不起作用。

    不对：一般信息写 expires_on（有效期至），政策文件写 interprets（解读对象）。
    对：　政策文件写 expires_on，政策解读写 interprets；哪一类用哪些字段见字段表。
    改法：删去这一行；类型错了的，改类型或移到对的文件夹。
    """
    for document in archive.documents:
        for key, field in document.page.fields.items():
            kinds = FIELDS[key].kinds if key in FIELDS else frozenset(Kind)
            if document.kind not in kinds:
                users = "、".join(kind.label for kind in Kind if kind in kinds)
                message = f"“{label_of(key)}”对{document.kind.label}不起作用"
                hint = f"删去这一行；它只用于{users}，类型错了的改类型"
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
    if key in _WORDS or len(items) < 2:
        return items
    is_sentence = _SENTENCE_SIGNS & set(text) or sum(char.isdigit() for char in text) > _MOST_DIGITS
    if text == config.site.agency or is_sentence or ("、" in text and not are_units(items)):
        return [text]
    return items
