"""What is public beside the documents as they stand: addresses gone, former texts, values that only look private."""

from pydantic import Field

from generator.settings.base import Settings


class Withdrawn(Settings):
    """A published address that is gone for good, and why (requirements LIFE-03, LIFE-15)."""

    address: str = Field(min_length=1)
    reason: str = Field(min_length=2)


class VersionSettings(Settings):
    """历史版本: whether they are published, and whether the first line of a commit's message stands as its note."""

    publish: bool = False
    commit_subjects: bool = False


class Allowed(Settings):
    """One number that may be public although it looks private, and why: somebody has looked at it."""

    value: str = Field(min_length=3)
    reason: str = Field(min_length=2)


class PrivacySettings(Settings):
    """What is known and may stay: only single values, so no number passes that nobody has looked at."""

    allow: tuple[Allowed, ...] = ()
