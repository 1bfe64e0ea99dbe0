"""One request for information, as a register of a body has it, without anything that names a person (REQ-09)."""

import datetime as dt
from typing import NamedTuple

from generator.domain.problems import Problem
from generator.domain.vocabulary.request_register import Applicant, RequestOutcome


class InformationRequest(NamedTuple):
    """One row of the register of requests (依申请公开台账).

    ``correction_on`` is the day on which the applicant was told to correct the request, ``corrected_on`` that on which
    the correction came; a third party or another body was asked from ``consulted_from`` until ``consulted_until``, or
    for ``consulted_workdays``. What is empty in the register is ``None`` or empty.
    """

    line: int
    received: dt.date
    applicant: Applicant
    number: str = ""
    way: str = ""
    subject: str = ""
    unit: str = ""
    correction_on: dt.date | None = None
    corrected_on: dt.date | None = None
    extended_on: dt.date | None = None
    consulted_from: dt.date | None = None
    consulted_until: dt.date | None = None
    consulted_workdays: int | None = None
    transferred_on: dt.date | None = None
    decided_on: dt.date | None = None
    outcome: RequestOutcome | None = None
    dispute: str = ""

    @property
    def name(self) -> str:
        """The name of the request for a reader: its number, else its day and line."""
        return self.number or f"{self.received} 收到的一件（第 {self.line} 行）"


class RequestRegister(NamedTuple):
    """A register: the path of its file, its requests, and the mistakes in rows that were left out."""

    path: str = ""
    requests: tuple[InformationRequest, ...] = ()
    problems: tuple[Problem, ...] = ()
