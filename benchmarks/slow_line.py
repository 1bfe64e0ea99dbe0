"""Measure the search page of a built site on a slow line: the first hits of a new visit, and those of the next query.

    python benchmarks/slow_line.py OUTPUT [OTHER_OUTPUT] [--runs 3] [--queries 社保 特种设备]

400 ms and 400 kbit/s, the processor four times slower, a window of 390 pixels, answers compressed. The times are taken
in the page: from the beginning of the visit, or from Enter, until the first hits are painted. What waits outside, such
as Playwright's ``wait_for_selector``, looks every half second only. Two outputs take turns.
"""

import argparse
import functools
import gzip
import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

NEXT = "食品"
_BYTES_PER_SECOND = 400 * 1024 / 8
_LATENCY, _SLOWER, _DEADLINE = 400, 4, 90
_WATCH = """
const mark = () => {
  const hit = document.querySelector("#results li");
  if (!hit || hit === window.seenHit) return;
  window.seenHit = hit;
  requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }, 0));
};
new MutationObserver(mark).observe(document, { childList: true, subtree: true });
addEventListener("keydown", (event) => { if (event.key === "Enter") window.entered = performance.now(); }, true);
"""


class _Handler(SimpleHTTPRequestHandler):
    """Answers compressed, over lasting connections."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file, packed where it is text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in {".html", ".js", ".css", ".json", ".svg"}:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def _painted(page: Page, since: str) -> float:
    """Return the seconds from a moment of the page until the first hits behind it are painted."""
    deadline = time.monotonic() + _DEADLINE
    while time.monotonic() < deadline:
        if page.evaluate(f"window.painted > ({since})"):
            return float(page.evaluate(f"(window.painted - ({since})) / 1000"))
        time.sleep(0.1)
    raise TimeoutError(page.url)


def _visit(browser: Browser, address: str, query: str) -> tuple[float, float]:
    """Return the seconds of a new visit with a query, and of the query typed after it."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(_WATCH)
    session = page.context.new_cdp_session(page)
    line = {"downloadThroughput": _BYTES_PER_SECOND, "uploadThroughput": _BYTES_PER_SECOND}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": _LATENCY, **line})
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(f"{address}search/?{urlencode({'q': query})}", wait_until="commit")
    first = _painted(page, "0")
    page.wait_for_selector('#results[data-state="done"]', state="attached", timeout=_DEADLINE * 1000)
    page.fill("#q", NEXT)
    page.press("#q", "Enter")
    following = _painted(page, "window.entered")
    page.close()
    return first, following


def main() -> None:
    """Visit each output with each query, in turn, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outputs", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--queries", nargs="+", default=["社保", "特种设备", "房产证丢了怎么补办", "养狗办证"])
    options = parser.parse_args()
    seconds: defaultdict[tuple[str, Path], list[float]] = defaultdict(list)
    with sync_playwright() as program:
        browser = program.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(options.runs):
            for output in options.outputs:
                with _served(output) as address:
                    for query in options.queries:
                        first, following = _visit(browser, address, query)
                        seconds[query, output].append(first)
                        seconds[f"then {NEXT}", output].append(following)
    for (query, output), found in sorted(seconds.items()):
        print(f"{query:24} {output.name:16} {statistics.median(found):.2f} s ({min(found):.2f} to {max(found):.2f})")


if __name__ == "__main__":
    main()
