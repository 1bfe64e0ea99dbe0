"""CPU time that one text costs in each stage of its conversion: plain blocks, the library, T006.

``python benchmarks/texts.py FOLDER`` takes every Markdown file below a folder.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unittest import mock

from generator.source.front_matter.read import read_front_matter
from generator.source.text import markup
from generator.source.text.line_signs import with_line_signs
from generator.source.text.plain import ExtractedBlocks

_RUNS = 5


def milliseconds(bodies: list[str], convert: Callable[[str], object]) -> float:
    """Return the CPU time of one text in milliseconds: the median of five runs over all of them."""
    times = []
    for _ in range(_RUNS):
        begin = time.process_time()
        for body in bodies:
            convert(body)
        times.append(time.process_time() - begin)
    return median(times) / len(bodies) * 1000


def main(folder: Path) -> None:
    """Print a line for each way of converting the texts below a folder."""
    bodies = [read_front_matter(path.read_text(encoding="utf-8-sig")).body for path in sorted(folder.rglob("*.md"))]
    everything = mock.patch.object(
        markup, "extract_plain_blocks", lambda text, lines: ExtractedBlocks(with_line_signs(text, lines), [])
    )
    unchecked = mock.patch.object(markup, "kept_words_problems", return_value=())
    print(f"{len(bodies)} texts, {sum(map(len, bodies)) // len(bodies)} characters each, ms of CPU per text")
    print(f"as built                      {milliseconds(bodies, markup.convert):7.3f}")
    with unchecked:
        print(f"  without T006                {milliseconds(bodies, markup.convert):7.3f}")
    with everything:
        print(f"all through Python-Markdown   {milliseconds(bodies, markup.convert):7.3f}")
        with unchecked:
            print(f"  without T006                {milliseconds(bodies, markup.convert):7.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
