"""Small sites in a temporary folder, the program as a user runs it, and a built site on a local server."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from support.program import Ran, run_program

if TYPE_CHECKING:
    from playwright.sync_api import Page


CONFIG = """\
site:
  title: 政府信息公开
  agency: 示例市人力资源和社会保障局
  base_url: https://rsj.example.gov.cn/zwgk/
"""


POLICY = {
    "title": "示例市灵活就业补贴办法",
    "index_no": "123456789/2024-00001",
    "doc_number": "例人社发〔2024〕1号",
    "date_written": "2024-05-06",
    "date_published": "2024-05-08",
    "disclosure": "proactive",
}


AS_OF = "2026-11-21"


_PATIENCE = 60


# Rules over a whole site, of which every tiny example would miss something.
WHOLE_SITE = ("H004", "H005", "H006", "H007", "Q001")


@dataclass
class Project:
    """A site in a temporary folder."""

    folder: Path
    cache: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write one file under the project."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def document(self, path: str, fields: Mapping[str, object], body: str = "正文。\n") -> Path:
        """Write one document under ``content/``."""
        rows = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
        return self.write(f"content/{path}", f"---\n{rows}---\n{body}")

    def policy(
        self, name: str = "p1", body: str = "第一条　为了规范补贴发放，制定本办法。\n", **fields: object
    ) -> Path:
        """Write a policy; numbers are made from the digits of its name, ``None`` leaves a field out."""
        number = int("".join(char for char in name if char.isdigit()) or 1)
        own = {**POLICY, "index_no": f"123456789/2024-{number:05d}", "doc_number": f"例人社发〔2024〕{number}号"}
        return self.document(f"policies/{name}.md", {**own, **fields}, body)

    def interpretation(
        self,
        name: str = "i1",
        body: str = "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n",
        **fields: object,
    ) -> Path:
        """Write an interpretation of ``p1``."""
        own = {
            "title": "《示例市灵活就业补贴办法》解读",
            "date_published": "2024-05-08",
            "disclosure": "proactive",
            "interprets": "p1",
            "form": "article",
        }
        return self.document(f"interpretations/{name}.md", {**own, **fields}, body)

    def run(self, *arguments: str, as_of: str | None = AS_OF) -> Ran:
        """Run ``gongkai`` in the project's folder with a cache of its own.

        ``check`` leaves out the rules that every site of a few files would miss, unless it chooses its own.
        """
        day = ["--as-of", as_of] if as_of and arguments[0] in {"build", "check"} else []
        if arguments[0] == "check" and not {"--select", "--ignore", "--list-rules", "--explain"} & set(arguments):
            day += ["--ignore", ",".join(WHOLE_SITE)]
        return run_program(*arguments, *day, folder=self.folder, environment={"XDG_CACHE_HOME": str(self.cache)})

    def check(self, *arguments: str, as_of: str = AS_OF) -> Ran:
        """Run ``gongkai check --format json``."""
        return self.run("check", "--format", "json", *arguments, as_of=as_of)

    def refused(self, setting: str) -> str:
        """Check the project with a setting that cannot be, which must end with 2, and return what is said."""
        self.write("site_config.yaml", CONFIG + setting)
        self.policy()
        ran = self.run("check")
        assert ran.status == 2
        return ran.err

    def build(self, *arguments: str, as_of: str = AS_OF) -> Path:
        """Build into ``public`` without search and return the folder; fails the test when the build fails."""
        ran = self.run("build", "--no-search", *arguments, as_of=as_of)
        assert ran.status == 0, ran.err
        return self.folder / "public"

    def records(self) -> dict[str, dict[str, Any]]:
        """Return the built ``api/documents.json`` by id."""
        rows = json.loads((self.folder / "public/api/documents.json").read_text(encoding="utf-8"))
        return {row["id"]: row for row in rows}


Tree = Callable[[Path], dict[str, bytes]]


class _UnderPath(SimpleHTTPRequestHandler):
    """The files of one folder under /zwgk/, as the web server of an agency gives them."""

    protocol_version = "HTTP/1.1"
    headers_of_ours: Mapping[str, str] = {}

    def end_headers(self) -> None:
        """Add the headers that the server sends with everything."""
        for name, value in self.headers_of_ours.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """Return the file behind a path; outside of /zwgk/ there is none."""
        inside = path.startswith("/zwgk/")
        return super().translate_path(path.removeprefix("/zwgk") if inside else "/nothing-is-here")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's own page."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing of single requests."""


@contextmanager
def hosted(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a built site on this machine, with more headers where they are given, and give its address."""
    handler = type("_Handler", (_UnderPath,), {"headers_of_ours": headers or {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/zwgk/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def until(page: "Page", script: str, argument: object = None) -> None:
    """Wait until a function of the page says yes: the page's policy forbids Playwright's own way of waiting for it."""
    from playwright.sync_api import Error

    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with suppress(Error):  # a page that is just being left
            if page.evaluate(script, argument):
                return
        page.wait_for_timeout(20)
    pytest.fail(f"the page never came to {script}")
