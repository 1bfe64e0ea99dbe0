"""The addresses of a text: as written → as they lead to pages and files of the site."""

import html
import re
from collections.abc import Mapping

from generator.source.text.block_reader import LINK_TAG

_TAG = re.compile(LINK_TAG)
_ADDRESS = re.compile(r'(\s(?:href|src|poster)=")([^"]*)"')
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")


def address_from(address: str, root: str) -> str:
    """Return an address from the root of the site as a page writes it; that of another site stays as it is."""
    return address if "://" in address else root + address


def insert_addresses(text: str, targets: Mapping[str, str | None], root: str) -> str:
    """Put the addresses of the site, which are percent-encoded, in the place of the addresses as written.

    One that leads nowhere, as in a former text or by an exemption, loses its address and keeps its words.
    """
    if " href=" not in text and " src=" not in text and " poster=" not in text:
        return text

    def place(match: re.Match[str]) -> str:
        written = html.unescape(match[2])
        target = targets.get(written)
        if target is None:
            return match[0] if written not in targets and _ELSEWHERE.match(written) else ""
        return f'{match[1]}{html.escape(root + target) or "./"}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(place, tag[0]), text)
