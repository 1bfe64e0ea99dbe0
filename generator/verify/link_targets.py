"""Resolve the addresses in a page."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class LinkTarget(NamedTuple):
    """A file of the site and an anchor in it; a ``path`` that leads out of the site is ``..``.

    ``scheme`` is set for an address elsewhere; it is ``/`` for one that begins at the root of the host.
    """

    path: str
    anchor: str = ""
    scheme: str = ""


def target_of(page: str, address: str) -> LinkTarget:
    """Return the target of an address on a page."""
    if address.startswith("#"):
        return LinkTarget(page, unquote(address[1:]))
    return _target(page.rpartition("/")[0], page, address if address.partition("#")[0].partition("?")[0] else "")


@lru_cache(maxsize=65_536)
def _target(folder: str, page: str, address: str) -> LinkTarget:
    try:
        parts = urlsplit(address)
    except ValueError:
        return LinkTarget("", scheme="?")
    anchor = unquote(parts.fragment)
    if parts.scheme or parts.netloc:
        return LinkTarget("", anchor, parts.scheme or "//")
    path = unquote(parts.path)
    if not path:
        return LinkTarget(page, anchor)
    if path.startswith("/"):
        return LinkTarget(path, anchor, "/")
    return LinkTarget(resolve_path(folder, path), anchor)


def resolve_path(folder: str, path: str) -> str:
    """Return the file that a relative path leads to; ``..`` where it leads out of the site."""
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
