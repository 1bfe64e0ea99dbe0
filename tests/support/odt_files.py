"""OpenDocument texts for tests, as XML."""

import io
import zipfile
from collections.abc import Mapping

MIME = "application/vnd.oasis.opendocument.text"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("form", "form"),
    )
)  # fmt: skip
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="{family}"><style:{family}-properties {properties}/></style:style>'
    for name, family, properties in (
        ("C", "paragraph", 'fo:text-align="center"'), ("R", "paragraph", 'fo:text-align="end"'),
        ("B", "text", 'fo:font-weight="bold"'), ("Sub", "text", 'style:text-position="sub 58%"'),
        ("V", "text", 'text:display="none"'),
    )
)  # fmt: skip


def odt(body: str, *, styles: str = "", shared: str = "", parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an odt with some XML as its text; ``styles`` are automatic ones, ``shared`` is inside ``styles.xml``."""
    content = (
        f"<office:document-content {_SPACES} {_XLINK}><office:automatic-styles>{_STYLES}{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    members = {
        "content.xml": content,
        "styles.xml": f"<office:document-styles {_SPACES} {_XLINK}>{shared}</office:document-styles>",
        **dict(parts or {}),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        for name, member in members.items():
            package.writestr(name, member)
    return data.getvalue()


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
