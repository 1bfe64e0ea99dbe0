"""Measure the scan for personal data: its time for texts and attachments, and how many numbers it misses.

    python benchmarks/privacy.py FOLDER_OF_MARKDOWN [FILES]

The texts of the folder are scanned as they are. Personal numbers are planted in FILES (default 200) generated
attachments of each kind. Everything runs in one process; times are the best of three.
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.planted_numbers import WRITERS, rows_of

from generator.domain.privacy import find_private_data, value_digest
from generator.source.attachments.office import scan_attachment
from generator.source.load import parse_page

_HEAD = "---\ntitle: 标题\ndate_published: 2024-05-08\ndisclosure: proactive\n---\n"


def best(function: Callable[[], object]) -> float:
    """Return the time of the fastest of three runs in seconds."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def texts(folder: Path) -> None:
    """Print the time of scanning the texts of a folder, compared with parsing them."""
    documents = [place.read_text(encoding="utf-8-sig") for place in sorted(folder.rglob("*.md"))]
    sources = [(text if text.startswith("---") else _HEAD + text).encode() for text in documents]
    scanning = best(lambda: [find_private_data(text) for text in documents]) / len(documents)
    parsing = best(lambda: [parse_page("content/notices/a.md", "", source) for source in sources]) / len(documents)
    pieces = [piece for text in documents for piece in find_private_data(text)]
    print(f"{len(documents)} texts, {sum(map(len, documents)) // len(documents)} characters each")
    share = scanning / (parsing - scanning)
    print(f"scanning {scanning * 1e6:.0f} µs, {share:.1%} of parsing ({parsing * 1e3:.2f} ms with it)")
    print(f"found: {', '.join(f'{piece.kind.value} {piece.masked}' for piece in pieces[:20]) or 'nothing'}")


def attachments(count: int) -> None:
    """Plant numbers in attachments of each kind; print scan time and missed numbers by kind."""
    for suffix, write in WRITERS.items():
        random_ = random.Random(suffix)  # noqa: S311 - the same files in every run
        lists = [rows_of(random_, random_.randint(4, 8)) for _ in range(count)]
        files = [write(rows) for rows in lists]
        scans = [scan_attachment("a" + suffix, data) for data in files]
        seconds = best(lambda files=files, suffix=suffix: [scan_attachment("a" + suffix, data) for data in files])
        planted = missed = 0
        for rows, scan in zip(lists, scans, strict=True):
            keys = {match.key for match in scan.matches}
            planted += 3 * len(rows)
            missed += sum(value_digest(number) not in keys for row in rows for number in row[1:])
        print(f"{suffix:6} {seconds / count * 1e3:6.2f} ms a file, {planted} planted, {missed} missed")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    texts(Path(sys.argv[1]))
    attachments(int(sys.argv[2]) if len(sys.argv) > 2 else 200)
