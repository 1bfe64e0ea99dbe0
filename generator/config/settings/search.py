"""The search page: the config's ``search``."""

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from generator.config.settings.base import Settings


class PinnedAnswer(Settings):
    """A page that stands before all hits of some queries: a column or a document by its id, or an address."""

    queries: tuple[str, ...] = Field(min_length=1)
    page: str = Field(pattern=r"""^(?:[a-z0-9][a-z0-9-]*|https?://[^\s"'<>]+)$""")
    title: str = ""


class SearchSettings(Settings):
    """Whether the full text is searched, the words of the same meaning, and the pinned answers."""

    text: Literal["full", "none"] = "full"
    synonyms: tuple[tuple[str, ...], ...] = ()
    pinned: tuple[PinnedAnswer, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        """Read ``search: none`` as ``search: {text: none}``."""
        return {"text": data} if isinstance(data, str) else data

    @field_validator("synonyms", mode="before")
    @classmethod
    def _joined(cls, value: Any) -> Any:
        """Read ``社保=社会保险`` as a list of the two words."""
        if not isinstance(value, (list, tuple)):
            return value
        groups = [
            [word.strip() for word in group.replace("＝", "=").split("=")] if isinstance(group, str) else group
            for group in value
        ]
        for group in groups:
            if isinstance(group, (list, tuple)) and (len(group) < 2 or not all(group)):
                raise ValueError("一组至少写两个词，如 社保=社会保险")
        return groups
