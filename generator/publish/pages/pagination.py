"""The links between the pages of a long list."""

from collections.abc import Iterator, Sequence

from generator.publish.theme.environment import View

_NEIGHBOURS = 2


def pager(folder: str, number: int, total: int) -> View:
    """Return the page numbers and links of one page of a list."""
    return {
        "page_total": total,
        "pages": list(_page_links(folder, number, total)),
        "previous_page": page_address(folder, number - 1) if number > 1 else None,
        "next_page": page_address(folder, number + 1) if number < total else None,
    }


def page_address(folder: str, number: int) -> str:
    """Return the address of one page of a list."""
    return f"{folder}/" if number == 1 else f"{folder}/index-{number}.html"


def _page_links(folder: str, number: int, total: int) -> Iterator[View]:
    """Yield the page numbers to show: the first, the last, and those around the current one."""
    numbers: Sequence[int] = [n for n in range(1, total + 1) if n in {1, total} or abs(n - number) <= _NEIGHBOURS]
    last = 0
    for page_number in numbers:
        if page_number > last + 1:
            yield {"number": 0, "address": "", "current": False, "gap": True}
        yield {
            "number": page_number,
            "address": page_address(folder, page_number),
            "current": page_number == number,
            "gap": False,
        }
        last = page_number
