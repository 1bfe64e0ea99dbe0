"""Write small sites in a temporary folder, run the program on them, and serve a built site locally."""

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


_TIMEOUT_SECONDS = 60


# Rules about a whole site, which no tiny example can satisfy.
# Rules about a whole site, and about 文件类别 and 征求意见, which tiny example sites leave out.
WHOLE_SITE = ("D006", "H004", "H005", "H006", "H007", "L019", "Q001")


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
        """Write a policy whose numbers contain the digits of its name; ``None`` leaves a field out."""
        number = int("".join(char for char in name if char.isdigit()) or 1)
        usual_fields = {
            **POLICY,
            "index_no": f"123456789/2024-{number:05d}",
            "doc_number": f"例人社发〔2024〕{number}号",
        }
        return self.document(f"policies/{name}.md", {**usual_fields, **fields}, body)

    def interpretation(
        self,
        name: str = "i1",
        body: str = "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n",
        **fields: object,
    ) -> Path:
        """Write an interpretation of ``p1``."""
        usual_fields = {
            "title": "《示例市灵活就业补贴办法》解读",
            "date_published": "2024-05-08",
            "disclosure": "proactive",
            "interprets": "p1",
            "form": "article",
        }
        return self.document(f"interpretations/{name}.md", {**usual_fields, **fields}, body)

    def run(self, *arguments: str, as_of: str | None = AS_OF) -> Ran:
        """Run ``gongkai`` in the folder of the project with a separate cache.

        ``check`` ignores the rules of ``WHOLE_SITE``, unless the arguments select rules.
        """
        day_arguments = ["--as-of", as_of] if as_of and arguments[0] in {"build", "check"} else []
        if arguments[0] == "check" and not {"--select", "--ignore", "--list-rules", "--explain"} & set(arguments):
            day_arguments += ["--ignore", ",".join(WHOLE_SITE)]
        environment = {"XDG_CACHE_HOME": str(self.cache)}
        return run_program(*arguments, *day_arguments, folder=self.folder, environment=environment)

    def check(self, *arguments: str, as_of: str = AS_OF) -> Ran:
        """Run ``gongkai check --format json``."""
        return self.run("check", "--format", "json", *arguments, as_of=as_of)

    def refused(self, setting: str) -> str:
        """Run ``gongkai check`` with an invalid setting, which must end with status 2; return the messages."""
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
    """Serve the files of one folder under ``/zwgk/``, as the web server of an agency does."""

    protocol_version = "HTTP/1.1"
    additional_headers: Mapping[str, str] = {}

    def end_headers(self) -> None:
        """Add the headers that the server sends with everything."""
        for name, value in self.additional_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """Return the file of a path; there is none outside of ``/zwgk/``."""
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
        """Do not log requests."""


@contextmanager
def hosted(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a built site locally, with additional ``headers``, and yield its address."""
    handler = type("_Handler", (_UnderPath,), {"additional_headers": headers or {}})
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
    """Wait until a script returns true; the page's security policy forbids Playwright's ``wait_for_function``."""
    from playwright.sync_api import Error

    deadline = time.monotonic() + _TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        with suppress(Error):  # the page is being replaced by the next one
            if page.evaluate(script, argument):
                return
        page.wait_for_timeout(20)
    pytest.fail(f"the page never came to {script}")
