"""Which documents must be interpreted, and how: 配置的 interpretation."""

import datetime as dt
from functools import cached_property

from pydantic import Field, field_validator

from generator.settings.base import Settings
from generator.vocabulary import DocType, Element


class InterpretationSettings(Settings):
    """应解读: which documents besides 规章 and 行政规范性文件, from which day of publication, with what content.

    ``copied_max_percent`` is our own default, no law's (requirements LINK-13).
    """

    also_required: tuple[str, ...] = ()
    since: dt.date | None = None
    elements: tuple[str, ...] = (
        "背景依据",
        "目标任务",
        "主要内容",
        "涉及范围",
        "执行标准",
        "注意事项",
        "关键词诠释",
        "惠民利民举措",
        "新旧政策差异",
    )
    copied_max_percent: int = Field(default=70, ge=10, le=100)

    @field_validator("also_required")
    @classmethod
    def _types(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [value for value in values if DocType.parse(value) is None]
        if unknown:
            raise ValueError(f"没有文件类别“{unknown[0]}”，可用：{'、'.join(term.label for term in DocType)}")
        return values

    @field_validator("elements")
    @classmethod
    def _elements(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [value for value in values if Element.parse(value) is None]
        if unknown:
            raise ValueError(f"没有解读要素“{unknown[0]}”，可用：{'、'.join(term.label for term in Element)}")
        return values

    @cached_property
    def required_types(self) -> frozenset[DocType]:
        """The types whose documents must be interpreted unless they say otherwise."""
        added = {term for value in self.also_required if (term := DocType.parse(value))}
        return frozenset({DocType.RULE, DocType.NORMATIVE} | added)

    def requires(self, doc_type: DocType | None, published: dt.date | None) -> bool:
        """Whether a document of a type, published on a day, must be interpreted unless it says otherwise."""
        return doc_type in self.required_types and not (self.since and published and published < self.since)

    @cached_property
    def required_elements(self) -> tuple[Element, ...]:
        """What an interpretation must say, in the order of the config."""
        return tuple(term for value in self.elements if (term := Element.parse(value)))
