"""Compare the hits of the search page in Chromium with a substring search of the same pages.

    python benchmarks/search.py --material FOLDER_WITH_MAKE_SITE --documents 2000

A page is an expected hit if the query is in its title, a number or one block of its text as published. Recall and
precision are means over the queries; the time is from opening the page to the complete list.
"""

import argparse
import functools
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean, median
from urllib.parse import quote

from lxml import html as lxml_html
from playwright.sync_api import Page, sync_playwright

AS_OF = "2026-11-21"
MADE = ("disclosure-note", "clause-note", "clause-status")  # what gongkai adds to a text
QUERIES = [
    "社会保险",
    "养老保险",
    "工伤认定",
    "政务公开",
    "解读",
    "最低工资",
    "失业保险金",
    "劳动合同法",
    "2019年",
    "公开目录",
    "社保",
    "住房公积金",
    "生育津贴",
    "信访",
    "酒后驾驶",
    "产假",
    "不动产登记",
    "行政处罚",
    "未成年人",
    "食品安全",
    "例人社发〔2008〕1号",
    "例人社发[2008]1号",
    "职工代表大会",
    "举报",
    "罚款",
    "税",
    "假",
    "人民代表大会常务委员会",
    "统一社会信用代码",
    "第三十二条",
]
_BLOCK = re.compile(r"</?(?:p|div|h[1-6]|li|ul|ol|tr|td|th|table|thead|tbody|blockquote|pre|hr|br|dl|dt|dd)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


class Quiet(SimpleHTTPRequestHandler):
    """A file server that does not log requests."""

    def log_message(self, *_: object) -> None:
        """Do not log requests."""


def texts(site: Path) -> dict[str, str]:
    """Return title, numbers and text of each page by document id, with a line for each block."""
    texts_by_id = {}
    for row in json.loads((site / "api/documents.json").read_text(encoding="utf-8")):
        page = lxml_html.fromstring((site / row["url"] / "index.html").read_bytes())
        (body,) = page.xpath('//article//div[@class="text"]')
        for made in (note for name in MADE for note in body.find_class(name)):
            made.drop_tree()
        text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", lxml_html.tostring(body, encoding="unicode"))))
        texts_by_id[row["id"]] = "\n".join([row["title"], row.get("doc_number", ""), row.get("index_no", ""), text])
    return texts_by_id


def normalised(text: str) -> str:
    """Return a text or query in lower case, with the brackets around the year of a 文号 made the same."""
    return re.sub(r"[\[［【(（〈〔](\d{4})[\]］】)）〉〕]", r"〔\1〕", text).casefold()


def run_query(page: Page, address: str, query: str) -> tuple[set[str], float]:
    """Open the address of a query; return the ids of the hits of the whole phrase, and the seconds taken."""
    start = time.monotonic()
    page.goto(f"{address}search/?q={quote(query)}&limit=all")
    page.wait_for_selector('#results[data-state="done"]', timeout=60_000)
    seconds = time.monotonic() - start
    ids = page.eval_on_selector_all("[data-match=phrase]", "rows => rows.map(row => row.dataset.result)")
    shown = page.locator("[data-result]").count()
    total = int(page.get_attribute("#results", "data-total") or 0)
    if total != shown:
        raise SystemExit(f"{query}: data-total is {total}, {shown} are shown")
    return set(ids), seconds


def main() -> None:
    """Build the site, run every query, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--material", type=Path, required=True, help="folder with make_site.py")
    parser.add_argument("--documents", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-search-") as name:
        folder = Path(name)
        subprocess.run(
            [
                sys.executable,
                str(options.material / "make_site.py"),
                "--documents",
                str(options.documents),
                "--out",
                str(folder / "site"),
            ],
            check=True,
        )
        start = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "--as-of", AS_OF, "-o", str(folder / "out")],
            cwd=folder / "site",
            check=True,
            env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        )
        print(f"{options.documents} documents, built with search in {time.monotonic() - start:.0f} s\n")
        expected_texts = {key: normalised(text) for key, text in texts(folder / "out").items()}
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder / "out")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        report(expected_texts, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


def report(expected_texts: dict[str, str], address: str) -> None:
    """Run every query in a new page and print the table of results."""
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for query in QUERIES:
            page = browser.new_page()
            hits, seconds = run_query(page, address, query)
            page.close()
            expected = {key for key, text in expected_texts.items() if normalised(query) in text}
            correct = len(hits & expected)
            rows.append(
                (
                    query,
                    len(expected),
                    len(hits),
                    correct / len(expected) if expected else 1.0,
                    correct / len(hits) if hits else float(not expected),
                    seconds,
                )
            )
        browser.close()
    print("| query | pages with it | found | recall | precision | seconds |\n|---|--:|--:|--:|--:|--:|")
    for query, pages, hit_count, recall, precision, seconds in rows:
        print(f"| {query} | {pages} | {hit_count} | {recall:.3f} | {precision:.3f} | {seconds:.2f} |")
    recall, precision, seconds = (
        mean(row[3] for row in rows),
        mean(row[4] for row in rows),
        median(row[5] for row in rows),
    )
    print(f"| **{len(rows)} queries** | | | **{recall:.3f}** | **{precision:.3f}** | {seconds:.2f} (median) |")


if __name__ == "__main__":
    main()
