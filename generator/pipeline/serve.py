"""``gongkai serve``: build, serve on this machine or to a network, rebuild on a change, reload the browser.

While something is wrong the last good site is served; the error is shown in the page and in the terminal.
"""

import html
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from generator.config.load import load_config
from generator.config.settings import EDITOR_FOLDER
from generator.domain.problems import Finding, GongkaiError
from generator.pipeline.build import build
from generator.pipeline.draft_pages import STYLE, list_page, page_of
from generator.pipeline.draft_preview import DraftPage, DraftPreview, preview_drafts
from generator.pipeline.editor_files import EDITOR_POLICY, EditorFile, editor_file, has_editor
from generator.pipeline.options import BuildOptions, Search
from generator.pipeline.preview_hosts import is_answered, open_server

_PREFIX = "/__gongkai__/"
# A separate style sheet: the content security policy of the pages forbids inline styles.
_ALERT = b"""#gongkai-alert { position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; margin: 0;
  padding: 1rem; background: #fdf1f1; border-top: 4px solid #a3161e; color: #1c2430; white-space: pre-wrap;
  z-index: 9; }
"""
_MOST_LISTED = 20  # drafts whose addresses are printed at the start
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
        host: str = "127.0.0.1",
    ) -> None:
        self.host = host
        self._options = options
        self.folder = folder
        self._describe = describe
        self._print = print_line
        self.error_text = ""
        self._seal = ""
        self.base_path = "/"
        self.version = 0
        self.changed = threading.Condition()
        self._drafts: DraftPreview | None = None
        self._drafts_version = -1
        self._drafts_lock = threading.Lock()

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
                f"已生成 {result.documents} 件"
                + (f"，草稿 {result.drafts} 份" if result.drafts else "")
                + (f"，另有 {others} 项提醒（gongkai check 查看）" if others else "")
            )
        return "", result.seal

    def drafts(self) -> Mapping[str, DraftPage]:
        """Return the drafts by address; they are read again after a change, when somebody asks for one."""
        with self._drafts_lock:
            if self._drafts_version != self.version:
                version = self.version
                if self._drafts:
                    self._drafts.discard()
                try:
                    self._drafts = preview_drafts(self._options(), self.folder.with_name(f"drafts-{version}"))
                except GongkaiError:  # of the config or the theme: the alert on every page says so
                    self._drafts = None
                self._drafts_version = version
            return self._drafts.pages if self._drafts else {}

    def _draft_lines(self, address: str) -> Iterator[str]:
        """Yield the lines that the start message has for drafts: how many there are, and where each is shown."""
        drafts = sorted(self.drafts().values(), key=lambda draft: draft.path)
        if drafts:
            yield f"草稿 {len(drafts)} 份，只在预览里能看到（{address}{_PREFIX[1:]}drafts/）："
            for draft in drafts[:_MOST_LISTED]:
                yield f"    {address}{quote(draft.address)}  {draft.path}"

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

        Raises ``GongkaiError`` when the port is taken, and when the host is no address of this machine.
        """
        from watchfiles import watch

        server = open_server(self.host, port, partial(_Handler, self))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.rebuild()
        name = f"[{self.host}]" if ":" in self.host else self.host
        address = f"http://{name}:{server.server_port}/"
        self._print("\n".join((f"预览地址 {address} ，按 Ctrl-C 结束", *self._draft_lines(address))))
        if has_editor(self._options().project):
            is_free = not (self.folder / EDITOR_FOLDER).exists()
            self._print(f"网页编辑器 {address.rstrip('/')}{_EDITOR if is_free else _EDITOR_BESIDE}")
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
            if self._drafts:
                self._drafts.discard()


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
        if path == _PREFIX + "events":
            self._events()
        elif path == _PREFIX + "reload.js":
            self._send(_RELOAD, "text/javascript; charset=utf-8")
        elif path == _PREFIX + "alert.css":
            self._send(_ALERT, "text/css; charset=utf-8")
        elif path == _PREFIX + "draft.css":
            self._send(STYLE, "text/css; charset=utf-8")
        elif path == _PREFIX + "drafts/":
            page = list_page(self._preview.drafts().values(), _PREFIX)
            self._send(self._with_scripts(page), "text/html; charset=utf-8")
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
            self._send(self._with_scripts(page_of(draft, _PREFIX)), "text/html; charset=utf-8")
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
