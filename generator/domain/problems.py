"""Problems, findings of the rules, and the few exceptions that stop a command."""

import errno
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """The severity of a finding; the exit status of ``gongkai check`` depends on it."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """The word that a person reads."""
        return "错误" if self is Severity.ERROR else "警告"


class Problem(NamedTuple):
    """One thing that is wrong, as a stage noticed it and before a rule gives it a severity.

    A problem that ``blocks`` stops a build although other findings of its rule do not. ``days`` is how many days a
    limit was missed by, 0 where there is none; ``ground`` is what it rests on, where that is not that of its rule.
    """

    rule: str
    message: str
    hint: str = ""
    line: int = 1
    field: str = ""
    blocks: bool = False
    days: int = 0
    ground: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding as it is printed; ``line`` is 1-based, ``blocking`` stops a build.

    ``days``, which is not printed, is how many days a limit was missed by, 0 where there is none.
    """

    path: str
    line: int
    rule: str
    field: str
    message: str
    hint: str
    document: str
    severity: Severity
    source: str
    blocking: bool
    days: int = dataclass_field(default=0, compare=False)

    def as_dict(self) -> dict[str, str | int | bool]:
        """Return its fields by name, in the order of the contract (section 6)."""
        return {name: getattr(self, name) for name in _PRINTED}


_PRINTED = ("rule", "severity", "path", "line", "field", "document", "message", "hint", "source", "blocking")


class GongkaiError(Exception):
    """An error that stops a command apart from the rules; message and hint are Chinese."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(GongkaiError):
    """The config cannot be read or is invalid (exit status 2)."""


class OutputError(GongkaiError):
    """The output folder cannot be written, or is not one that gongkai may replace (exit status 2)."""


# The operating system words its errors in English, or in a language that the reader may not know.
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样做",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中间的一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被别的程序使用",
    errno.ETXTBSY: "正被别的程序使用",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EXDEV: "在另一个磁盘上",
    errno.EADDRINUSE: "端口已被占用",
    errno.ECONNREFUSED: "对方拒绝连接",
}


def reason_of(error: OSError) -> str:
    """Return the reason of an ``OSError`` in Chinese; a reason that is not listed keeps the words of the system."""
    return _REASONS.get(error.errno or 0) or f"系统报错：{error.strerror or error}"
