"""``gongkai new``: create a source file with every required field of its kind, to be filled in."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.authoring.front_matter_writer import front_matter, keys_of
from generator.authoring.new_files import write_new
from generator.domain.problems import GongkaiError
from generator.domain.scaffold_words import TEXT, TITLE
from generator.domain.vocabulary import FieldForm, Kind, nearest

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def kind_of(text: str) -> Kind:
    """Return the kind with a Chinese or English name.

    Raises ``GongkaiError`` with the nearest name.
    """
    kind = Kind.parse(text)
    if kind is None:
        near = nearest(text, Kind.words())
        choices = "、".join(f"{item.value}（{item.label}）" for item in Kind)
        raise GongkaiError(f"没有类型“{text}”", (f"是不是 {near}？" if near else "") + f"可用：{choices}")
    return kind


def new_document(
    project: Path,
    kind: Kind,
    document_id: str | None,
    title: str,
    day: dt.date,
    fields: Mapping[str, str | Sequence[str]] | None = None,
) -> Path:
    """Write one source file under ``content/`` and return its path.

    The file does not pass ``gongkai check`` until it is filled in. Raises ``GongkaiError`` where it exists already.
    """
    if document_id is None:
        document_id = next_free_id(project, kind, day.year)
    values: dict[str, str | Sequence[str]] = {"title": title or TITLE, "date_published": day.isoformat()}
    values = {key: value for key, value in values.items() if key in keys_of(kind)} | dict(fields or {})
    text = front_matter(kind, values) + f"\n{TEXT}\n"
    return write_new(place_of(project, kind, document_id), text)


def place_of(project: Path, kind: Kind, document_id: str) -> Path:
    """Return the path of the source file of a document.

    Raises ``GongkaiError`` for an id that cannot be part of an address.
    """
    if not ID.fullmatch(document_id):
        raise GongkaiError(f"编号“{document_id}”不能作网址", f"编号用{FieldForm.ID.value}，如 rsf-2026-5")
    return project / "content" / kind.folder / f"{document_id}.md"


def next_free_id(project: Path, kind: Kind, year: int) -> str:
    """Return the first id of a kind and year that no file uses yet."""
    number = 1
    while (project / "content" / kind.folder / f"{kind.value}-{year}-{number}.md").exists():
        number += 1
    return f"{kind.value}-{year}-{number}"
