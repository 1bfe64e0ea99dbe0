"""Parse an XML part of an office package as a stream of elements: no tree, no entities, no DOCTYPE, limited number."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from generator.source.attachments.office.findings import Budget, UnreadableError

_CHUNK = 1 << 16
_DEEPEST = 500


class Element(NamedTuple):
    """The start or the end of an element; at the end, ``text`` is the text since the tag before.

    Names of elements and attributes have no namespace. Text before a child element is an end with an empty name.
    """

    starts: bool
    name: str
    attributes: Mapping[str, str]
    text: str = ""

    def get(self, name: str) -> str:
        """Return an attribute, an empty string where there is none."""
        return self.attributes.get(name, "")


def elements(data: bytes, budget: Budget) -> Iterator[Element]:
    """Yield the elements of a part as they start and end.

    expat is used directly: a hostile file could exhaust the memory of a parser that builds a tree.
    Raises ``UnreadableError`` for a DOCTYPE (office programs write none), invalid XML, and when the budget is spent.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parsed: list[Element] = []
    open_elements: list[Element] = []
    texts: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if texts:
            if not (text := "".join(texts)).isspace():
                parsed.append(Element(False, "", {}, text))  # noqa: FBT003  # a field of the tuple
            texts.clear()
        plain = {key.rpartition("}")[2]: value for key, value in attributes.items()} if attributes else {}
        open_elements.append(Element(True, name.rpartition("}")[2], plain))  # noqa: FBT003  # a field of the tuple
        parsed.append(open_elements[-1])
        if len(open_elements) > _DEEPEST:
            raise UnreadableError("XML 嵌套太深")

    def end(_name: str) -> None:
        element = open_elements.pop()
        parsed.append(element._replace(starts=False, text="".join(texts)))
        texts.clear()

    def refuse(*_: object) -> None:
        raise UnreadableError("XML 里有 DOCTYPE，不是正常的文件")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        for place in range(0, len(data), _CHUNK):
            parser.Parse(data[place : place + _CHUNK], place + _CHUNK >= len(data))
            budget.count(len(parsed))
            yield from parsed
            parsed.clear()
    except expat.ExpatError:
        raise UnreadableError("文件已损坏") from None
