"""Where an address in a page leads."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Target(NamedTuple):
    """A file of the site and a place in it; a ``path`` that leads out of the site is ``..``.

    ``scheme`` is set for what lies elsewhere; it is ``/`` for an address that begins at the host.
    """

    path: str
    anchor: str = ""
    scheme: str = ""


def target_of(page: str, address: str) -> Target:
    """Return where an address on a page leads."""
    if address.startswith("#"):
        return Target(page, unquote(address[1:]))
    return _target(page.rpartition("/")[0], page, address if address.partition("#")[0].partition("?")[0] else "")


@lru_cache(maxsize=65_536)
def _target(folder: str, page: str, address: str) -> Target:
    try:
        parts = urlsplit(address)
    except ValueError:
        return Target("", scheme="?")
    anchor = unquote(parts.fragment)
    if parts.scheme or parts.netloc:
        return Target("", anchor, parts.scheme or "//")
    path = unquote(parts.path)
    if not path:
        return Target(page, anchor)
    if path.startswith("/"):
        return Target(path, anchor, "/")
    return Target(joined(folder, path), anchor)


def joined(folder: str, path: str) -> str:
    """Return the file behind a relative path; ``..`` where it leads out of the site."""
    steps = folder.split("/") if folder else []
    parts = path.split("/")
    for step in parts:
        if step == "..":
            if not steps:
                return ".."
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    if parts[-1] in {"", ".", ".."}:
        steps.append("index.html")
    return "/".join(steps)
