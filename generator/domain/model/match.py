"""Matches of what must not be public in a text or an attachment, and the result of scanning an attachment."""

from enum import StrEnum
from typing import NamedTuple


class MatchKind(StrEnum):
    """The kind of a match; ``label`` is its Chinese name."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    SECRECY = "secrecy"
    MAILBOX = "mailbox"
    ADDRESS = "address"
    NAME_LIST = "name_list"

    @property
    def label(self) -> str:
        """The Chinese name of the kind."""
        return _LABELS[self]


_LABELS = {
    MatchKind.IDENTITY: "身份证号",
    MatchKind.MOBILE: "手机号",
    MatchKind.BANK_CARD: "银行卡号",
    MatchKind.SECRECY: "密级或内部标志",
    MatchKind.MAILBOX: "非政务邮箱",
    MatchKind.ADDRESS: "个人住址",
    MatchKind.NAME_LIST: "人员名单",
}


class Match(NamedTuple):
    """One match; the value itself is never kept.

    ``line`` is the line of a source text, ``where`` the place inside an attachment; ``key`` is a
    digest of the value, by which the config's allow-list recognises it.
    """

    kind: MatchKind
    masked: str
    key: str
    line: int = 1
    where: str = ""


class Sight(StrEnum):
    """How much of a file was scanned: all of it; not all, but a person can look at the rest; or unknown."""

    WHOLE = "whole"
    BY_EYE = "by_eye"
    UNKNOWN = "unknown"


class ScanResult(NamedTuple):
    """The result of scanning an attachment.

    ``residual_metadata`` are traces of its making (author, tracked changes …). ``unreadable_reason`` says why the
    file, or a part of it, could not be scanned; empty where it was. ``size`` in bytes is that of the published file
    where it differs from the source: pictures are published without their metadata.
    ``pixels`` are the width and height of a picture as a browser shows it, ``rows`` the cells of a small CSV file.
    """

    matches: tuple[Match, ...] = ()
    residual_metadata: tuple[str, ...] = ()
    unreadable_reason: str = ""
    sight: Sight = Sight.WHOLE
    size: int | None = None
    pixels: tuple[int, int] | None = None
    rows: tuple[tuple[str, ...], ...] = ()


EMPTY_SCAN = ScanResult()
