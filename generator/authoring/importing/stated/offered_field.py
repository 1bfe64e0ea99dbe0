"""A value that a text states."""

from typing import NamedTuple


class OfferedField(NamedTuple):
    """A value that the text states, the words that state it, and what is to be known of the value beyond these.

    ``is_sure`` is whether nobody has to check it.
    """

    value: str | tuple[str, ...]
    words: str
    remark: str = ""
    is_sure: bool = False

    @property
    def note(self) -> str:
        """The comment with which the value is offered."""
        return "" if self.is_sure else f"请核对：正文写“{self.words}”{self.remark}"

    @property
    def where(self) -> str:
        """The place of the value, for a person."""
        return "标题" if self.is_sure else "正文，请核对"
