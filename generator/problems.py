"""What can be wrong: findings of the rules, and the few exceptions that stop a command."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs for the exit status of ``gongkai check``."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """The word that a person reads."""
        return "错误" if self is Severity.ERROR else "警告"


class Problem(NamedTuple):
    """One thing that is wrong, as the place that noticed it knows it: not yet weighed by a rule."""

    rule: str
    message: str
    hint: str = ""
    line: int = 1
    field: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding as it is printed; ``line`` is 1-based, ``blocking`` stops a build."""

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

    def as_dict(self) -> dict[str, str | int | bool]:
        """Return its fields by name, in the order of the contract (section 6)."""
        return {name: getattr(self, name) for name in _PRINTED}


_PRINTED = ("rule", "severity", "path", "line", "field", "document", "message", "hint", "source", "blocking")


class GongkaiError(Exception):
    """Something that stops a command before or beside the rules; the text is Chinese and says the mend."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(GongkaiError):
    """The config cannot be read or says something impossible (exit status 2)."""


class OutputError(GongkaiError):
    """The output folder cannot be written, or is not ours to replace (exit status 2)."""
