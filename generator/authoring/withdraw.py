"""Write 撤下 into the front matter of a document, and leave every other line of the file as it is."""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Document, Reference, Withdrawal
from generator.domain.privacy import matches_of
from generator.domain.problems import GongkaiError, reason_of
from generator.domain.titles import title_key
from generator.domain.vocabulary import Disclosure, label_of
from generator.graph.aliases import site_address
from generator.graph.references import ReferenceIndex
from generator.source.front_matter.read import decode, read_front_matter

_BOM = b"\xef\xbb\xbf"
_LEAST_TITLE = 5


def document_to_withdraw(
    archive: Archive, reference: str, folders: Sequence[Path], drafts: Mapping[str, str], base_url: str
) -> Document:
    """Return the document that a reference names: by path, id, 索引号, 文号 or by an address of it.

    ``folders`` are those from which a path may start, ``drafts`` the ids of the drafts with their paths. Raises
    ``GongkaiError`` where the reference names no document, several, or a draft.
    """
    text = reference.strip()
    by_place = {(folders[0] / one.path).resolve(): one for one in archive.with_withdrawn}
    for place in [folder / text for folder in folders] if text else []:
        if document := by_place.get(place.resolve()):
            return document
    index = ReferenceIndex(archive.documents, withdrawn=archive.withdrawn)
    documents = [target.document for target in index.targets(Reference(text))]
    if len(documents) == 1:
        return documents[0]
    if documents:
        places = "、".join(document.path for document in documents[:8])
        raise GongkaiError(f"“{text[:60]}”对应 {len(documents)} 份文件：{places}", "写路径，指明是哪一份")
    if addressed := _by_address(archive, text, base_url):
        return addressed
    for draft_id, path in drafts.items():
        place = (folders[0] / path).resolve()
        if text and (text == draft_id or any((folder / text).resolve() == place for folder in folders)):
            raise GongkaiError(f"{path} 是草稿，没有发布过，不用撤下", "它本来就不在网站上；要删的直接删去源文件")
    titled = [
        one
        for one in archive.with_withdrawn
        if title_key(one.title) in {title_key(text), title_key(text).strip("《》")}
    ]
    if titled:
        hint = f"写 {titled[0].id}（{titled[0].path}）"
    else:
        near = index.nearest(text)
        hint = (f"是不是“{near}”？" if near else "") + "写编号（网址的最后一段）、索引号、文号，或者源文件的路径"
    raise GongkaiError(f"没有“{text[:60]}”这份文件", hint)


def _by_address(archive: Archive, text: str, base_url: str) -> Document | None:
    """Return the document to which an address from a browser leads: its own, that of a file of it, a former one."""
    address = site_address(text, base_url) if "/" in text else None
    if address is None:
        return None
    for document in archive.with_withdrawn:
        own = address.path.rstrip("/") + "/"
        if own.startswith(document.address) or address in archive.aliases.get(document.path, ()):
            return document
    return None


def check_withdrawal(archive: Archive, document: Document, reason: str) -> str:
    """Return the reason on one line.

    Raises ``GongkaiError`` for a document that is not public, and for a reason that must not be public itself.
    """
    if document not in archive.withdrawn and not archive.is_public(document):
        state = "还没有发布" if archive.is_waiting(document) else "没有公开"
        if document.disclosure and document.disclosure is not Disclosure.PROACTIVE:
            state = f"的公开属性是“{document.disclosure.label}”，没有公开"
        raise GongkaiError(f"{document.path} {state}，不用撤下", "它本来就不在网站上；要删的直接删去源文件")
    line = " ".join(reason.split())
    if not line:
        raise GongkaiError("没有写理由", '写上会公开的理由，如 --reason "附件含有个人信息"')
    if matches := matches_of(line):
        found = "、".join(f"{match.kind.label} {match.masked}" for match in matches)
        raise GongkaiError(f"理由会公开，里面有{found}", "换一种说法，如“含有个人信息”")
    if names_itself(document, line):
        raise GongkaiError("理由会公开，里面写着这份文件的标题、文号或索引号", "只写为什么撤下，如“误发”")
    return line


def names_itself(document: Document, reason: str) -> bool:
    """Whether a reason gives the title or a number of its document."""
    key = title_key(document.title)
    numbers = [doc_number_key(document.doc_number), document.text("index_no")]
    words = doc_number_key(reason)
    return (len(key) >= _LEAST_TITLE and key in title_key(reason)) or any(one and one in words for one in numbers)


def write_withdrawal(project: Path, document: Document, withdrawal: Withdrawal) -> None:
    """Write 撤下 into the file of a document, in the language of its keys; one that is there is replaced.

    Raises ``GongkaiError`` where the file cannot be read or written; it is then unchanged.
    """
    place = project / document.path
    try:
        data = place.read_bytes()
        new = with_withdrawal(data, withdrawal)
        _replace(place, new)
    except OSError as error:
        raise GongkaiError(f"{document.path} 写不了（{reason_of(error)}）", "检查权限和磁盘空间；文件没有动") from None


def with_withdrawal(data: bytes, withdrawal: Withdrawal) -> bytes:
    """Return the bytes of a source file with 撤下.

    Raises ``GongkaiError`` for a file whose front matter cannot be read.
    """
    text = decode(data)
    front = read_front_matter(text) if isinstance(text, str) else None
    if front is None or not front.fields:
        raise GongkaiError(
            "front matter 读不了，没有写进去", "用 gongkai check 看是哪一行；急的先把源文件移出 content/"
        )
    lines = data.removeprefix(_BOM).splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.strip())
    newline = lines[first][len(lines[first].rstrip(b"\r\n")) :]
    new = _line(withdrawal, chinese=front.chinese_keys).encode() + newline
    field = front.fields.get("withdrawn")
    written = field.line if field else front.empty_keys.get("withdrawn", 0)
    written = written or next((one.line for one in front.problems if one.field == "withdrawn"), 0)
    if written:
        start = end = written - 1
        while not _is_key(lines[end + 1]):
            end += 1
        lines[start : end + 1] = [new]
    else:
        lines.insert(front.body_line - 1, new)
    result = (_BOM if data.startswith(_BOM) else b"") + b"".join(lines)
    read = decode(result)
    check = read_front_matter(read).fields.get("withdrawn") if isinstance(read, str) else None
    if check is None or check.value != withdrawal:
        example = _line(withdrawal, chinese=front.chinese_keys)
        raise GongkaiError("front matter 的写法特别，没有写进去，文件没有动", f"自己加一行 {example}")
    return result


def _is_key(line: bytes) -> bool:
    """Whether a line of a front matter begins something new: it is not indented and not blank."""
    return bool(line.strip()) and not line.startswith((b" ", b"\t"))


def _line(withdrawal: Withdrawal, *, chinese: bool) -> str:
    name = label_of("withdrawn") if chinese else "withdrawn"
    day, reason = ("日期", "理由") if chinese else ("on", "reason")
    return (
        f"{name}: {{{day}: {withdrawal.on.isoformat()}, {reason}: {json.dumps(withdrawal.reason, ensure_ascii=False)}}}"
    )


def _replace(place: Path, data: bytes) -> None:
    """Put a new content in the place of a file in one step."""
    target = place.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".gongkai-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        shutil.copymode(target, name)
        Path(name).replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
