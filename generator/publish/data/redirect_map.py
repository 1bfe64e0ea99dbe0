"""``redirects.map``: the former addresses and where they lead, for nginx.

The table belongs into ``map $uri$is_args$args $new_address { include …/redirects.map*; }``: nginx has decoded ``$uri``,
and ``$args`` is as the browser sent it. Case does not count there. A target is percent-encoded, so that no ``$`` in it
names a variable.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from generator.domain.model import Redirect

PATH = "redirects.map"
_BARE = re.compile(r"[\w/.\-~?=&%+,:@!()*]+")


def redirect_map(redirects: Iterable[Redirect], base_path: str) -> bytes:
    """Return the table, a line for each former address, sorted."""
    base = unquote(base_path)
    lines = {
        f"{_word(base + one.path + (f'?{one.query}' if one.query else ''))} {quote(base)}{quote(one.target)};\n"
        for one in redirects
    }
    return "".join(sorted(lines)).encode()


def _word(text: str) -> str:
    """Return a text as one word of a configuration of nginx, in quotes where it needs them."""
    if _BARE.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
