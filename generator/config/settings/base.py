"""The base of all groups of settings, and validators that several groups share."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict

from generator.domain.problems import Severity
from generator.domain.vocabulary import Term

_MAILBOX = re.compile(r"[^@\s<>]+@[^@\s<>.]+(?:\.[^@\s<>.]+)+")


class Settings(BaseModel):
    """A group of settings of the config: frozen, unknown names are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleSettings(Settings):
    """The severity of one rule and whether it blocks, where they differ from the default."""

    severity: Severity | None = None
    blocking: bool | None = None


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # http://[::1/
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _mailbox(value: str) -> str:
    if value and not _MAILBOX.fullmatch(value):
        raise ValueError(f"“{value[:40]}”不是电子邮箱，应写成 xxgk@rsj.example.gov.cn；没有的不写")
    return value


Mailbox = Annotated[str, AfterValidator(_mailbox)]


def words_of(terms: type[Term], name: str) -> AfterValidator:
    """Return a validator for a list of words that must all be values of ``terms``; ``name`` is for error messages."""

    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [value for value in values if terms.parse(value) is None]
        if unknown:
            raise ValueError(f"没有{name}“{unknown[0]}”，可用：{'、'.join(term.label for term in terms)}")
        return values

    return AfterValidator(check)
