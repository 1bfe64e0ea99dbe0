"""``gongkai serve``: build, serve on this machine, rebuild on a change, reload the browser.

While something is wrong the last good site is served; the error is shown in the page and in the terminal.
"""

import html
import re
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from generator.config.load import load_config
from generator.config.settings import EDITOR_FOLDER
from generator.domain.problems import Finding, GongkaiError
from generator.pipeline.build import build
from generator.pipeline.editor_files import EDITOR_POLICY, EditorFile, editor_file, has_editor
from generator.pipeline.options import BuildOptions, Search

_PREFIX = "/__gongkai__/"
# A separate style sheet: the content security policy of the pages forbids inline styles.
_ALERT = b"""#gongkai-alert { position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; margin: 0;
  padding: 1rem; background: #fdf1f1; border-top: 4px solid #a3161e; color: #1c2430; white-space: pre-wrap;
  z-index: 9; }
"""
_EDITOR = f"/{EDITOR_FOLDER}/"
_EDITOR_BESIDE = f"{_PREFIX}{EDITOR_FOLDER}/"  # where it is, too, when the site has a page at the usual path
_KEEP_ALIVE_SECONDS = 15
_DEBOUNCE_MS = 300
_IDLE_MS = 1_500  # the time without a save after which the search index is built
_RELOAD = b"""const events = new EventSource("/__gongkai__/events");
let seen = null;
events.onmessage = ({ data }) => { if (seen !== null && data !== seen) location.reload(); seen = data; };
"""


class Preview:
    """One preview: the present site, the error in the newest sources, and the browsers that wait for a change."""

    def __init__(
        self,
        options: Callable[[], BuildOptions],
        folder: Path,
        describe: Callable[[Finding], str],
        print_line: Callable[[str], None],
    ) -> None:
        self._options = options
        self.folder = folder
        self._describe = describe
        self._print = print_line
        self.error_text = ""
        self._seal = ""
        self.base_path = "/"
        self.version = 0
        self.changed = threading.Condition()

    def editor_file(self, path: str) -> EditorFile | None:
        """Return the file of the browser editor at a path; the pages of the site go before it."""
        for prefix in (_EDITOR, _EDITOR_BESIDE):
            if path.startswith(prefix) and (prefix != _EDITOR or not (self.folder / _EDITOR.strip("/")).exists()):
                return editor_file(self._options().project, path.removeprefix(prefix))
        return None

    def rebuild(self) -> None:
        """Build the pages, keep the search index, and reload the browsers."""
        error_text, self._seal = self._build(Search.KEEP)
        self._notify(error_text)

    def make_index(self) -> None:
        """Build the search index while nobody saves; changes that the watcher missed are built and shown, too."""
        error_text, seal = self._build(Search.KEEP, is_reported=False)
        if (error_text, seal) != (self.error_text, self._seal):
            self._notify(error_text)
        if not error_text:
            error_text, seal = self._build(Search.CURRENT, is_reported=False)
        self._seal = seal

    def _build(self, search: Search, *, is_reported: bool = True) -> tuple[str, str]:
        """Build once; return the error as text, empty for none, and the seal of the site."""
        try:
            options = self._options()
            self.base_path = load_config(options.config_path).site.base_path
            result = build(options, self.folder, search=search)
        except GongkaiError as error:
            error_text = error.message + (f"\n    改法: {error.hint}" if error.hint else "")
            if error_text != self.error_text:
                self._print(error_text)
            return error_text, self._seal
        if result.blocking:
            text = "\n".join(self._describe(finding) for finding in result.blocking)
            if is_reported:
                self._print(f"没有重新生成，有 {len(result.blocking)} 项必须先改正：\n{text}")
            return text, self._seal
        if is_reported:
            others = sum(result.other_counts.values())
            self._print(
                f"已生成 {result.documents} 件" + (f"，另有 {others} 项提醒（gongkai check 查看）" if others else "")
            )
        return "", result.seal

    def _is_source(self, _change: object, path: str) -> bool:
        """Whether a changed file is part of the site: the config, a text or file of it, or its theme."""
        options = self._options()
        project = options.project.resolve()
        place = Path(path)
        if place == options.config_path.resolve():
            return True
        return any(place.is_relative_to(project / name) for name in ("content", "themes"))

    def _notify(self, error_text: str) -> None:
        with self.changed:
            self.error_text = error_text
            self.version += 1
            self.changed.notify_all()

    def run(self, port: int) -> None:
        """Serve until interrupted.

        Raises ``GongkaiError`` when the port is taken.
        """
        from watchfiles import watch

        try:
            server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, self))
        except OSError:
            raise GongkaiError(f"端口 {port} 已被占用", "用 --port 换一个，如 --port 8001") from None
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.rebuild()
        self._print(f"预览地址 http://127.0.0.1:{server.server_port}/ ，按 Ctrl-C 结束")
        if has_editor(self._options().project):
            is_free = not (self.folder / EDITOR_FOLDER).exists()
            place = _EDITOR if is_free else _EDITOR_BESIDE
            self._print(f"网页编辑器 http://127.0.0.1:{server.server_port}{place}")
        stop = threading.Event()
        try:
            index_is_old = True
            for changes in watch(
                self._options().project.resolve(),
                watch_filter=self._is_source,
                stop_event=stop,
                debounce=_DEBOUNCE_MS,
                rust_timeout=_IDLE_MS,
                yield_on_timeout=True,
            ):
                if changes:
                    self.rebuild()
                elif index_is_old:
                    self.make_index()
                index_is_old = bool(changes)
        except KeyboardInterrupt:
            self._print("预览结束")
        finally:
            stop.set()
            server.shutdown()
            server.server_close()


_LOCAL = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])\.?(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)


def _is_local(host: str) -> bool:
    """Whether a host, with or without a port, is a name of this machine alone."""
    return bool(_LOCAL.fullmatch(host.strip()))


class _Handler(SimpleHTTPRequestHandler):
    """Serve the files of the present site, with the reload script and the error put into its pages."""

    protocol_version = "HTTP/1.1"

    def __init__(self, preview: Preview, *arguments: object) -> None:
        self._preview = preview
        super().__init__(*arguments, directory=str(preview.folder))  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Log no requests."""

    def parse_request(self) -> bool:
        """Read the head of a request; refuse one whose host is not a name of this machine.

        A page of another host whose name resolves to this machine (DNS rebinding) could read what is not public yet.
        """
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not hosts[0].strip():
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif not (_is_local(hosts[0]) and self.path.startswith("/")):
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
        if path == _PREFIX + "events":
            self._events()
        elif path == _PREFIX + "reload.js":
            self._send(_RELOAD, "text/javascript; charset=utf-8")
        elif path == _PREFIX + "alert.css":
            self._send(_ALERT, "text/css; charset=utf-8")
        elif path == _EDITOR.rstrip("/") and self._preview.editor_file(_EDITOR):
            self._redirect(_EDITOR)
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
        if not place.is_file():
            status, place = HTTPStatus.NOT_FOUND, self._preview.folder / "404.html"
        if place.suffix != ".html" and status is HTTPStatus.OK:
            super().do_HEAD() if self.command == "HEAD" else super().do_GET()
            return
        page = place.read_bytes() if place.is_file() else _EMPTY
        self._send(self._with_scripts(page), "text/html; charset=utf-8", status)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _with_scripts(self, page: bytes) -> bytes:
        additions = f'<script src="{_PREFIX}reload.js" defer></script>'
        if self._preview.error_text:
            text = html.escape(self._preview.error_text)
            state = "" if page is _EMPTY else "这是上一次生成成功的网站。"
            additions += f'<link rel="stylesheet" href="{_PREFIX}alert.css">'
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
