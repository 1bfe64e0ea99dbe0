"""A value that a text states."""

from typing import NamedTuple


class OfferedField(NamedTuple):
    """A value that the text states, the words that state it, and what is to be known of the value beyond these."""

    value: str | tuple[str, ...]
    words: str
    remark: str = ""

    @property
    def note(self) -> str:
        """The comment with which the value is offered."""
        return f"请核对：正文写“{self.words}”{self.remark}"
