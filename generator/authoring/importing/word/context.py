"""What every reader of a Word file's pieces needs to know of the file."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree

from generator.authoring.importing.word.blocks import Block
from generator.authoring.importing.word.read_notes import ReadNotes
from generator.authoring.importing.word.styles import Styles


class ReadingContext(NamedTuple):
    """The styles and relations of a part, and where its reader notes what a person must know.

    ``notes`` numbers the footnotes by kind and id; ``read_blocks`` reads a text box; ``part_words`` returns the words
    of another part.
    """

    styles: Styles
    relations: Mapping[str, tuple[str, str, bool]]
    notes: dict[tuple[str, str], int]
    read_notes: ReadNotes
    read_blocks: Callable[[etree._Element], list[Block]]
    part_words: Callable[[str], str]
