"""审核表: where it is compulsory, and the roles of its signatories: the config's ``review``."""

import datetime as dt
from typing import Annotated

from pydantic import Field, field_validator

from generator.config.settings.base import Settings, words_of
from generator.domain.vocabulary import SIGNATORIES, Kind, nearest, review_key


def _signatories(values: tuple[str, ...]) -> tuple[str, ...]:
    keys: list[str] = []
    for value in values:
        key = review_key(value)
        if key is None or key not in SIGNATORIES:
            near = nearest(value, SIGNATORIES.values())
            raise ValueError(
                f"审核表没有“{value}”这个人，"
                + (f"是不是“{near}”？" if near else f"可用：{'、'.join(SIGNATORIES.values())}")
            )
        keys.append(key)
    return tuple(keys)


class ReviewRoles(Settings):
    """The signatories who write a document, and those who review it; nobody should be both (requirements FLOW-09)."""

    authors: tuple[str, ...] = ("handler",)
    reviewers: tuple[str, ...] = ("secrecy_reviewer", "legal_reviewer")

    @field_validator("authors", "reviewers")
    @classmethod
    def _known(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return _signatories(values)


class ReviewSettings(Settings):
    """审核表: the kinds for which it is compulsory, from which day of publication, and its roles (FLOW-01, 06, 07).

    ``people`` gives the name of a person by the mail address or the name of their commits.
    """

    required_kinds: Annotated[tuple[str, ...], words_of(Kind, "类型")] = ()
    since: dt.date | None = None
    roles: ReviewRoles | None = None
    people: dict[str, str] = Field(default_factory=dict)

    def requires(self, kind: Kind, published: dt.date | None) -> bool:
        """Whether a document of a kind, published on a day, must have the form."""
        if kind not in {Kind.parse(value) for value in self.required_kinds}:
            return False
        return self.since is None or published is None or published >= self.since
