"""laws: acts outside the site that have ended, beside those that gongkai knows (L008)."""

import datetime as dt
from typing import Self

from pydantic import field_validator, model_validator

from generator.config.settings.base import Settings
from generator.domain.doc_numbers import normalise_doc_number
from generator.domain.laws import Law


class LawSettings(Settings):
    """One act that texts may rest on: its title, its number, the day from which it is not in force, what came after."""

    name: str = ""
    number: str = ""
    ended: dt.date
    successor: str = ""

    @field_validator("name")
    @classmethod
    def _bare(cls, value: str) -> str:
        return value.strip().removeprefix("《").removesuffix("》")

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if not self.name and not self.number:
            raise ValueError("name（标题）和 number（文号）至少写一个")
        return self

    @property
    def law(self) -> Law:
        """The act as L008 knows it."""
        number = normalise_doc_number(self.number)
        return Law(self.name or number, self.name, number, ended=self.ended, successor=self.successor)
