"""Read encoded content in text: mail and saved pages with their parts, Base64, JSON escapes."""

import base64
import binascii
import email
import email.policy
import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.source.attachments.office.findings import NestedReader, Part, Passage, Unreadable
from generator.source.attachments.office.packages import within

_BASE64 = re.compile(r"[A-Za-z0-9+/\r\n\t ]{160,}={0,2}")
_BLANKS = re.compile(r"[\r\n\t ]+")
_DENSE = re.compile(r"[A-Za-z0-9+/]{40}")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4})\}?")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){6,}")
_MAIL = re.compile(r"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE)
_MAIL_SUFFIXES = (".eml", ".mht", ".mhtml", ".mbox")
_UUENCODED = re.compile(r"^begin(?:-base64)? [0-7]{3} |^=ybegin ", re.MULTILINE)
_MOST_RUNS = 200
_SAMPLE = 20_000


def encoded_parts(path: str, text: str, data: bytes, read_nested: NestedReader) -> Iterator[Part]:
    """Yield the encoded content of a text; ``read_nested`` reads each file in it by name and content."""
    if "\\u" in text:
        yield Passage("转义的文字", _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))
    escaped = _PERCENT.findall(text)
    if escaped:
        yield Passage("转义的网址", "\n".join(f"{unquote(run)}\n{unquote(run, 'gb18030')}" for run in escaped))
    if path.lower().endswith(_MAIL_SUFFIXES) or (_MAIL.match(text[:_SAMPLE]) and "\nMIME-Version:" in text[:_SAMPLE]):
        yield from _mail_parts(data, read_nested)
        return
    if _UUENCODED.search(text):
        yield Unreadable("用 uuencode 编码的内容，看不到")
    for number, run in enumerate(_BASE64.finditer(text)):
        if number >= _MOST_RUNS:
            break
        if _DENSE.search(run[0]) and (content := _decoded(run[0])):
            yield from within(f"第 {number + 1} 段编码", read_nested("", content))


def _mail_parts(data: bytes, read_nested: NestedReader) -> Iterator[Part]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for number, part in enumerate(message.walk(), 1):
        yield Passage("邮件头", "\n".join(f"{key}: {_header(part, key)}" for key in dict.fromkeys(part.keys())))
        if part.is_multipart():
            continue
        name = part.get_filename() or f"第 {number} 部分"
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield from within(name, read_nested(name if part.get_filename() else "", content))


def _header(part: email.message.Message, key: str) -> str:
    try:
        return "\n".join(str(value) for value in part.get_all(key, ()))
    except Exception:  # a header that the library cannot parse
        return ""


def _decoded(run: str) -> bytes:
    """Return the bytes that a run of Base64 encodes, empty bytes where it is not Base64."""
    encoded = _BLANKS.sub("", run)
    try:
        return base64.b64decode(encoded[: len(encoded) // 4 * 4], validate=True)
    except (binascii.Error, ValueError):
        return b""
