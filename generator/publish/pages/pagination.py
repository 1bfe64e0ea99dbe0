"""The links between the pages of a long list."""

from collections.abc import Iterator, Sequence

from generator.publish.theme.environment import View

_AROUND = 2


def pager(folder: str, number: int, total: int) -> View:
    """Return what the links between the pages of one list show."""
    return {
        "page_total": total,
        "pages": list(_window(folder, number, total)),
        "previous_page": _page_address(folder, number - 1) if number > 1 else None,
        "next_page": _page_address(folder, number + 1) if number < total else None,
    }


def _page_address(folder: str, number: int) -> str:
    return f"{folder}/" if number == 1 else f"{folder}/index-{number}.html"


def _window(folder: str, number: int, total: int) -> Iterator[View]:
    """Yield the page numbers to show: the first, the last, and those around the current one."""
    numbers: Sequence[int] = [n for n in range(1, total + 1) if n in {1, total} or abs(n - number) <= _AROUND]
    last = 0
    for entry in numbers:
        if entry > last + 1:
            yield {"number": 0, "address": "", "current": False, "gap": True}
        yield {"number": entry, "address": _page_address(folder, entry), "current": entry == number, "gap": False}
        last = entry
