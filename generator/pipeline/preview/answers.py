"""The answers of the preview: pages with the reload script and the present error, drafts, the browser editor."""

import html
from collections.abc import Mapping
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Condition
from typing import Protocol
from urllib.parse import unquote, urlsplit

from generator.config.settings import EDITOR_FOLDER
from generator.pipeline.preview.draft_pages import STYLE, list_page, page_of
from generator.pipeline.preview.drafts import DraftPage
from generator.pipeline.preview.editor_files import EDITOR_POLICY, EditorFile
from generator.pipeline.preview.hosts import is_answered

PREFIX = "/__gongkai__/"
EDITOR = f"/{EDITOR_FOLDER}/"
EDITOR_BESIDE = f"{PREFIX}{EDITOR_FOLDER}/"  # where it is, too, when the site has a page at the usual path
# A separate style sheet: the content security policy of the pages forbids inline styles.
_ALERT = b"""#gongkai-alert { position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; margin: 0;
  padding: 1rem; background: #fdf1f1; border-top: 4px solid #a3161e; color: #1c2430; white-space: pre-wrap;
  z-index: 9; }
"""
_KEEP_ALIVE_SECONDS = 15
_RELOAD = b"""const events = new EventSource("/__gongkai__/events");
let seen = null;
events.onmessage = ({ data }) => { if (seen !== null && data !== seen) location.reload(); seen = data; };
"""


class PreviewState(Protocol):
    """What the answers need to know of the preview: its present site, its error, its drafts."""

    host: str
    folder: Path
    error_text: str
    base_path: str
    version: int
    changed: Condition

    def editor_file(self, path: str) -> EditorFile | None:
        """Return the file of the browser editor at a path."""

    def drafts(self) -> Mapping[str, DraftPage]:
        """Return the drafts by address."""


class PreviewHandler(SimpleHTTPRequestHandler):
    """Serve the files of the present site, with the reload script and the error put into its pages."""

    protocol_version = "HTTP/1.1"

    def __init__(self, preview: PreviewState, *arguments: object) -> None:
        self._preview = preview
        super().__init__(*arguments, directory=str(preview.folder))  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Log no requests."""

    def parse_request(self) -> bool:
        """Read the head of a request; refuse one whose host is not a name of this machine.

        A page of another host whose name resolves to this machine (DNS rebinding) could read what is not public yet.
        A preview for a network also answers to addresses, which nobody can let resolve to another machine, and to
        the name it was started with.
        """
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not hosts[0].strip():
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif not (is_answered(hosts[0], self._preview.host) and self.path.startswith("/")):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        else:
            return True
        self.close_connection = True
        return False

    def do_HEAD(self) -> None:
        """Answer a HEAD request."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer a GET request."""
        path = urlsplit(self.path).path
        if path == PREFIX + "events":
            self._events()
        elif path == PREFIX + "reload.js":
            self._send(_RELOAD, "text/javascript; charset=utf-8")
        elif path == PREFIX + "alert.css":
            self._send(_ALERT, "text/css; charset=utf-8")
        elif path == PREFIX + "draft.css":
            self._send(STYLE, "text/css; charset=utf-8")
        elif path == PREFIX + "drafts/":
            page = list_page(self._preview.drafts().values(), PREFIX)
            self._send(self._with_scripts(page), "text/html; charset=utf-8")
        elif path == EDITOR.rstrip("/") and self._preview.editor_file(EDITOR):
            self._redirect(EDITOR)
        elif file := self._preview.editor_file(path):
            self._send(file.data, file.media_type, file.status, policy=EDITOR_POLICY)
        else:
            base = self._preview.base_path
            if base != "/" and self.path.startswith(base):
                self.path = self.path[len(base) - 1 :]
            self._page_or_file()

    def _page_or_file(self) -> None:
        place = Path(self.translate_path(self.path))
        if place.is_dir():
            if not urlsplit(self.path).path.endswith("/"):
                self._redirect(urlsplit(self.path).path + "/")
                return
            place /= "index.html"
        status = HTTPStatus.OK
        if not place.is_file() and self._draft():
            return
        if not place.is_file():
            status, place = HTTPStatus.NOT_FOUND, self._preview.folder / "404.html"
        if place.suffix != ".html" and status is HTTPStatus.OK:
            super().do_HEAD() if self.command == "HEAD" else super().do_GET()
            return
        page = place.read_bytes() if place.is_file() else _EMPTY
        self._send(self._with_scripts(page), "text/html; charset=utf-8", status)

    def _draft(self) -> bool:
        """Answer with a draft or a file of one, or with the way to its address; return whether there is one."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        drafts = self._preview.drafts()
        folder, _, name = path.rpartition("/")
        draft = drafts.get(f"{folder}/")
        if draft and name in {"", "index.html"}:
            self._send(self._with_scripts(page_of(draft, PREFIX)), "text/html; charset=utf-8")
        elif f"{path}/" in drafts:
            self._redirect(urlsplit(self.path).path + "/")
        elif draft and draft.file and (file := draft.file.with_name(name)).is_file() and "\\" not in name:
            self._send(file.read_bytes(), self.guess_type(file.name))
        else:
            return False
        return True

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _with_scripts(self, page: bytes) -> bytes:
        additions = f'<script src="{PREFIX}reload.js" defer></script>'
        if self._preview.error_text:
            text = html.escape(self._preview.error_text)
            state = "" if page is _EMPTY else "这是上一次生成成功的网站。"
            additions += f'<link rel="stylesheet" href="{PREFIX}alert.css">'
            additions += f'<pre id="gongkai-alert" role="alert">{state}以下问题改正后自动更新：\n{text}</pre>'
        return page.replace(b"</body>", additions.encode() + b"</body>", 1)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, *, policy: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self) -> None:
        preview = self._preview
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        sent_version = -1
        try:
            while self.command != "HEAD":
                with preview.changed:
                    if preview.version == sent_version:
                        preview.changed.wait(_KEEP_ALIVE_SECONDS)
                    fresh, sent_version = preview.version != sent_version, preview.version
                self.wfile.write(f"data: {sent_version}\n\n".encode() if fresh else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            self.close_connection = True


_EMPTY = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>尚未生成</title>'
    "<body><h1>网站还没有生成</h1></body></html>"
).encode()
