"""Which documents must be interpreted, and how: the config's ``interpretation``."""

import datetime as dt
from functools import cached_property
from typing import Annotated

from pydantic import Field

from generator.config.settings.base import Settings, words_of
from generator.domain.vocabulary import DocType, Element


class InterpretationSettings(Settings):
    """应解读: which documents besides 规章 and 行政规范性文件, from which day of publication, with what content.

    ``copied_max_percent`` is a default of gongkai, not of a law (requirements LINK-13).
    """

    also_required: Annotated[tuple[str, ...], words_of(DocType, "文件类别")] = ()
    since: dt.date | None = None
    elements: Annotated[tuple[str, ...], words_of(Element, "解读要素")] = (
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

    @cached_property
    def required_types(self) -> frozenset[DocType]:
        """The types whose documents must be interpreted unless a document declares otherwise."""
        added = {term for value in self.also_required if (term := DocType.parse(value))}
        return frozenset({DocType.RULE, DocType.NORMATIVE} | added)

    def requires(self, doc_type: DocType | None, published: dt.date | None) -> bool:
        """Whether a document of a type, published on a day, must be interpreted unless it declares otherwise."""
        return doc_type in self.required_types and not (self.since and published and published < self.since)

    @cached_property
    def required_elements(self) -> tuple[Element, ...]:
        """The elements that an interpretation must contain, in the order of the config."""
        return tuple(term for value in self.elements if (term := Element.parse(value)))
