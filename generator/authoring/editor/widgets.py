"""The widget of each field in the editor: its label, its hint, the values that it offers, the form that it demands."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from generator.authoring.editor import Options
from generator.domain.vocabulary import (
    ATTACHMENT_KEYS,
    CORRECTION_KEYS,
    FIELDS,
    PART_FIELDS,
    REVIEW_FIELDS,
    CleanupResult,
    Disclosure,
    FieldForm,
    FieldSpec,
    Kind,
    Term,
)

# The collection in which a reference looks; an act that ends, amends or founds something is a policy.
_TARGETS: Mapping[str, Kind] = MappingProxyType(
    {
        "outcome": Kind.NOTICE,
        "consulted": Kind.CONSULTATION,
        "follows": Kind.RESPONSE,
    }
)
_LONG_TEXTS = frozenset({"summary", "withhold_note", "disclosure_note", "changes", "not_adopted_reason", "caption"})
_DATE_FORMAT, _MOMENT_FORMAT = "YYYY-MM-DD", "YYYY-MM-DD HH:mm"
_ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"
_DATE_PATTERN = r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|on_publication)$"
_NUMBER_PATTERN = r"^(none|.{2,}[0-9〇○零一二三四五六七八九十百]号.{0,3})$"
_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "id": "也是文件名和网址，发布以后不要改；用小写字母、数字、连字符，如 rsf-2026-5。已有的文件填它的文件名",
        "draft": "写完、核对过以后关掉，才会发布",
        "doc_number": "如 云岭人社发〔2026〕1号，没有文号的写 none",
        "index_no": "如 553165075/2026-00001",
        "date_published": "要写到时分的，在源文件里改，如 2026-05-06 09:30",
        "date_effective": "日期，如 2026-05-06；自发布之日起施行的写 on_publication",
        "column": "栏目的编号或名称；不写的按类型",
        "aliases": "从前的网址，打开以后转到这里",
        "repealed_by": "站外文件的文号或名称；站内文件写在那份文件的“废止”里",
    }
)
_MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "id": (_ID_PATTERN, "编号只能用字母、数字、点、下划线或连字符，以字母或数字开头，如 rsf-2026-5"),
        "doc_number": (_NUMBER_PATTERN, "不是文号，写成 云岭人社发〔2026〕1号 的样子；没有文号的写 none"),
        "date_effective": (_DATE_PATTERN, "写成 2026-05-06 的样子，或写 on_publication"),
    }
)


def widget_of(spec: FieldSpec, *, required: bool, patterns: Mapping[str, tuple[str, str]]) -> Options | None:
    """Return the entry of a field in the editor, ``None`` for a form that no widget can edit.

    ``patterns`` holds regular expressions with their Chinese messages by key, beside those of every site.
    """
    make = _WIDGETS.get(spec.form)
    if make is None:
        return None
    options: Options = {"label": spec.label, "name": spec.key, **make(spec)}
    if not required:
        options["required"] = False
    if hint := _HINTS.get(spec.key) or _form_hint(spec):
        options["hint"] = hint
    if pattern := patterns.get(spec.key) or _MESSAGES.get(spec.key):
        options["pattern"] = list(pattern)
    return options


def _form_hint(spec: FieldSpec) -> str:
    if spec.form is FieldForm.REFERENCES:
        return "按标题、文号、编号查找。只指其中一条的，或指站外文件的，在源文件里写"
    if spec.form is FieldForm.DATE:
        return "年-月-日"
    return ""


def _text(spec: FieldSpec) -> Options:
    return {"widget": "text" if spec.key in _LONG_TEXTS else "string"}


def _texts(spec: FieldSpec) -> Options:
    one = {"label": spec.label, "name": "item", "widget": "string"}
    return {"widget": "list", "field": one, "allow_add": True, "collapsed": False}


def _day(_spec: FieldSpec) -> Options:
    return {
        "widget": "datetime",
        "format": _DATE_FORMAT,
        "date_format": _DATE_FORMAT,
        "time_format": False,
        "default": "",
    }


def _moment(spec: FieldSpec) -> Options:
    if spec.key == "date_published":
        return _day(spec)
    return {
        "widget": "datetime",
        "format": _MOMENT_FORMAT,
        "date_format": _DATE_FORMAT,
        "time_format": "HH:mm",
        "default": "",
    }


def _choices(terms: type[Term]) -> Sequence[Options]:
    return [{"label": term.label, "value": term.value} for term in terms]


def _term(spec: FieldSpec) -> Options:
    return {"widget": "select", "options": _choices(spec.terms or Disclosure)}


def relation(collection: Kind) -> Options:
    """Return a widget that looks for documents of a kind by title, number or id, and writes their ids.

    The id is the file's name: a document need not write it.
    """
    search_fields = ["title", "doc_number", "index_no"] if collection is Kind.POLICY else ["title"]
    display_fields = ["title", "doc_number"] if collection is Kind.POLICY else ["title", "date_published"]
    return {
        "widget": "relation",
        "collection": collection.folder,
        "search_fields": search_fields,
        "display_fields": display_fields,
        "value_field": "{{slug}}",
        "multiple": True,
    }


def _references(spec: FieldSpec) -> Options:
    return relation(_TARGETS.get(spec.key, Kind.POLICY))


def _entry(keys: Mapping[str, str], special: Mapping[str, Options]) -> list[Options]:
    return [{"label": label, "name": key, **special.get(key, {"widget": "string"})} for key, label in keys.items()]


def _attachments(_spec: FieldSpec) -> Options:
    special: dict[str, Options] = {
        "no": {"widget": "string", "required": False},
        "title": {"widget": "string", "required": False},
        "file": {"widget": "file", "choose_url": False},
        "disclosure": {"widget": "select", "options": _choices(Disclosure), "required": False},
    }
    return {"widget": "list", "summary": "{{fields.title}}", "fields": _entry(ATTACHMENT_KEYS, special)}


def _corrections(spec: FieldSpec) -> Options:
    fields = _entry(CORRECTION_KEYS, {"date": _day(spec), "note": {"widget": "text"}})
    return {"widget": "list", "summary": "{{fields.date}} {{fields.note}}", "fields": fields}


def _parts(_spec: FieldSpec) -> Options:
    specs = [FIELDS[key] for key in PART_FIELDS]
    part_id = (r"^[A-Za-z][A-Za-z0-9_-]{0,39}$", "编号用字母、数字、下划线或连字符，以字母开头，至多 40 个")
    made = (widget_of(spec, required=spec.key in {"id", "title"}, patterns={"id": part_id}) for spec in specs)
    fields = [field for field in made if field]
    fields[0]["hint"] = "这一份在本页里的编号，如 guicheng"
    return {"widget": "list", "summary": "{{fields.title}}", "fields": fields}


def _cleanup(_spec: FieldSpec) -> Options:
    lists = [
        {"label": term.label, "name": term.value, **relation(Kind.POLICY), "required": False} for term in CleanupResult
    ]
    return {"widget": "object", "collapsed": True, "fields": lists}


def _review(_spec: FieldSpec) -> Options:
    made = (widget_of(spec, required=False, patterns={}) for spec in REVIEW_FIELDS.values())
    return {"widget": "object", "collapsed": True, "fields": [field for field in made if field]}


_WIDGETS: Mapping[FieldForm, Callable[[FieldSpec], Options]] = MappingProxyType(
    {
        FieldForm.TEXT: _text,
        FieldForm.TEXTS: _texts,
        FieldForm.ADDRESSES: _texts,
        FieldForm.DATE: _day,
        FieldForm.EFFECT_DATE: _text,
        FieldForm.MOMENT: _moment,
        FieldForm.BOOL: lambda _spec: {"widget": "boolean"},
        FieldForm.INTEGER: lambda _spec: {"widget": "number", "value_type": "int", "min": 0},
        FieldForm.ID: _text,
        FieldForm.INDEX_NO: _text,
        FieldForm.DOC_NUMBER: _text,
        FieldForm.TERM: _term,
        FieldForm.TERMS: lambda spec: {**_term(spec), "multiple": True},
        FieldForm.REFERENCES: _references,
        FieldForm.OUTSIDE_ACT: _text,
        FieldForm.PARTS: _parts,
        FieldForm.CLEANUP: _cleanup,
        FieldForm.ATTACHMENTS: _attachments,
        FieldForm.CORRECTIONS: _corrections,
        FieldForm.REVIEW: _review,
    }
)
"""A record has names of its own, which no widget of both editors can edit; its field stays in the source."""
