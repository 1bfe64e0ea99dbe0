"""OpenDocument texts for tests, as XML."""

from collections.abc import Mapping

from support.word_files import zipped

MIME = "application/vnd.oasis.opendocument.text"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("form", "form"),
    )
)  # fmt: skip
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_STYLES = (
    '<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
    '<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>'
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Sub" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>'
    '<style:style style:name="V" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def odt(body: str, *, styles: str = "", shared: str = "", parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an odt with some XML as its text; ``styles`` are automatic ones, ``shared`` is inside ``styles.xml``."""
    content = (
        f"<office:document-content {_SPACES} {_XLINK}><office:automatic-styles>{_STYLES}{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": MIME,
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_SPACES} {_XLINK}>{shared}</office:document-styles>",
            **dict(parts or {}),
        }
    )


def p(text: str, style: str = "") -> str:
    """Return a paragraph as XML."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def numbered(name: str, *levels: str) -> str:
    """Return a list style as XML; each level gives the attributes of its numbers."""
    rows = "".join(
        f'<text:list-level-style-number text:level="{level}" {attributes}/>'
        for level, attributes in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="{name}">{rows}</text:list-style>'
