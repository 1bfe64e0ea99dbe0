"""``gongkai new``: a source file with every required field of its kind, to fill in."""

import datetime as dt
import re
from pathlib import Path

import frontmatter

from generator.authoring.files import write_new
from generator.problems import GongkaiError
from generator.vocabulary import FIELDS, FieldForm, FieldSpec, Kind, nearest

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_EXTRA = {
    Kind.POLICY: ("doc_type", "genre", "date_effective", "expires_on"),
    Kind.INTERPRETATION: ("form",),
    Kind.CONSULTATION: ("opens_on", "closes_on"),
    Kind.RESPONSE: ("responds_to", "event_at", "responded_at", "event_level"),
    Kind.PAGE: ("column",),
}
_HINTS = {
    "index_no": "如 553165075/2026-00001",
    "doc_number": "如 云岭人社发〔2026〕1号，没有文号的写 none",
    "disclosure": "主动公开、依申请公开或不予公开，由起草单位确定",
    "interprets": "所解读文件的文号、索引号或编号",
}


def kind_of(text: str) -> Kind:
    """Read a kind in either language.

    Raises ``GongkaiError`` with the nearest one.
    """
    kind = Kind.parse(text)
    if kind is None:
        near = nearest(text, Kind.words())
        choices = "、".join(f"{item.value}（{item.label}）" for item in Kind)
        raise GongkaiError(f"没有类型“{text}”", (f"是不是 {near}？" if near else "") + f"可用：{choices}")
    return kind


def new_document(project: Path, kind: Kind, document_id: str | None, title: str, day: dt.date) -> Path:
    """Write one source file under ``content/`` and return its place; it does not pass the check until filled in."""
    if document_id is None:
        document_id = _free_id(project, kind, day)
    if not _ID.fullmatch(document_id):
        raise GongkaiError(f"编号“{document_id}”不能作网址", f"编号用{FieldForm.ID.value}，如 rsf-2026-5")
    known = {"title": _value(title or "标题"), "date_published": day.isoformat()}
    rows = [f"{key}: {known[key]}" if key in known else f"{key}:  # {_hint(FIELDS[key])}" for key in _keys(kind)]
    text = "---\n" + "\n".join(rows) + "\n---\n\n正文写在这里。\n"
    return write_new(project / "content" / kind.folder / f"{document_id}.md", text)


def _value(text: str) -> str:
    """Return a text as one line of YAML, quoted only where it must be."""
    line = frontmatter.default_handlers.YAMLHandler().export({"v": text}, allow_unicode=True, width=10_000)
    return str(line).removeprefix("v: ")


def _keys(kind: Kind) -> list[str]:
    required = [spec.key for spec in FIELDS.values() if kind in spec.required]
    place = required.index("title") + 1
    return list(dict.fromkeys([*required[:place], "disclosure", *required[place:], *_EXTRA.get(kind, ())]))


def _hint(spec: FieldSpec) -> str:
    if spec.terms and spec.key not in _HINTS:
        return f"{spec.label}：" + "、".join(term.label for term in list(spec.terms)[:6])
    return f"{spec.label}：{_HINTS.get(spec.key, spec.form.value)}"


def _free_id(project: Path, kind: Kind, day: dt.date) -> str:
    number = 1
    while (project / "content" / kind.folder / f"{kind.value}-{day.year}-{number}.md").exists():
        number += 1
    return f"{kind.value}-{day.year}-{number}"
