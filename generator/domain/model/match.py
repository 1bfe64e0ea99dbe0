"""What must not be public and yet stands in a text or an attachment: where, of what kind, and how it reads masked."""

from enum import StrEnum
from typing import NamedTuple


class MatchKind(StrEnum):
    """A kind of find; the label is what a webmaster reads."""

    IDENTITY = "identity"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    SECRECY = "secrecy"
    MAILBOX = "mailbox"
    ADDRESS = "address"
    NAME_LIST = "name_list"

    @property
    def label(self) -> str:
        """The word for it."""
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
    """One find; the number itself is never kept.

    ``line`` is the line of a source text, ``where`` the place inside an attachment; ``key`` is a
    digest of the value, by which the config's allow-list knows it again.
    """

    kind: MatchKind
    masked: str
    key: str
    line: int = 1
    where: str = ""


class Sight(StrEnum):
    """How much of a file was looked into: all; not all, but a person can, who knows its kind; or nobody knows what."""

    WHOLE = "whole"
    BY_EYE = "by_eye"
    UNKNOWN = "unknown"


class ScanResult(NamedTuple):
    """What looking into an attachment found.

    ``leftovers`` are traces of its making (author, tracked changes …), ``opaque`` says why it
    could not be looked into, or not wholly; empty where it was. ``size`` in bytes is that of what is
    published where that is not the file as it is: pictures go without their metadata.
    """

    matches: tuple[Match, ...] = ()
    residual_metadata: tuple[str, ...] = ()
    unreadable_reason: str = ""
    sight: Sight = Sight.WHOLE
    size: int | None = None


EMPTY_SCAN = ScanResult()
