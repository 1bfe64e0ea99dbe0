"""Recognise drafts: by the folder, by the field ``draft``, and by its line where the front matter cannot be read."""

import re
from collections.abc import Iterator, Mapping

from generator.domain.model import Field
from generator.domain.vocabulary import FIELDS

_FOLDERS = frozenset({"drafts", FIELDS["draft"].label})
_WORDS = "|".join(re.escape(word) for word in ("draft", FIELDS["draft"].label))
_DRAFT_LINE = re.compile(
    rf"[ \t　]*(?:{_WORDS})[ \t　]*[:：][ \t　]*[\"'“”]?(?:true|yes|on|是)[\"'“”]?[ \t　]*(?:#.*)?", re.IGNORECASE
)
_ROW = re.compile(r"\s|[-#]|[^\s:：]{1,40}[ \t　]*[:：]")  # what a line of front matter may begin with
_MOST_ROWS = 200


def is_draft(path: str, fields: Mapping[str, Field], text: str) -> bool:
    """Whether a source is a draft; ``text`` decides only where no field of it could be read."""
    if in_draft_folder(path):
        return True
    if "draft" in fields:
        return fields["draft"].value is True
    return not fields and any(_DRAFT_LINE.fullmatch(row) for row in _rows(text))


def in_draft_folder(path: str) -> bool:
    """Whether a path is under ``content/drafts/``."""
    folders = path.split("/")[1:-1]
    return bool(folders) and folders[0].casefold() in _FOLDERS


def guessed_text(data: bytes) -> str:
    """Return the text of a source that is not UTF-8, as far as a guess of its encoding goes."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("gb18030", "utf-8")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _rows(text: str) -> Iterator[str]:
    """Yield the first lines of a file as long as they may be front matter; a first line of dashes is skipped."""
    rows = text.lstrip("\ufeff\r\n").splitlines()[:_MOST_ROWS]
    if rows and not rows[0].strip("-—–－―─ \t"):
        rows = rows[1:]
    in_conflict = False  # a line that only one side of a conflict has decides nothing
    for row in rows:
        if row.startswith(("<<<<<<<", ">>>>>>>")):
            in_conflict = row.startswith("<")
            continue
        if in_conflict:
            continue
        if not row.strip() or not row.strip("-—–－―─ \t") or not _ROW.match(row):
            return
        yield row
