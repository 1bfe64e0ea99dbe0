"""A file to import, read: what it says, and what must be compared with its page, whatever program made it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.authoring.importing.word.blocks import Document


@dataclass(frozen=True)
class SourceFile:
    """What a file says, and how its page is compared with it.

    ``around`` has the words that no page has, such as headers; ``words_on_paper`` the words of each paragraph, by a
    walk of its own; ``pictures`` the bytes of each picture by its part. ``marks_left_out`` takes the page's text and
    yields the marks of secrecy that are in the file and not there. ``remarks`` are for the person who imports it.
    """

    document: Document
    around: tuple[str, ...]
    words_on_paper: tuple[str, ...]
    pictures: Mapping[str, bytes]
    marks_left_out: Callable[[str], Iterator[str]]
    remarks: tuple[str, ...] = ()


class MarkedError(Exception):
    """Raised for a file with a mark of secrecy beside its text: where, and its words."""

    def __init__(self, where: str, mark: str) -> None:
        super().__init__(where, mark)
        self.where, self.mark = where, mark
