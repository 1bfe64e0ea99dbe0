"""``gongkai serve``: build, serve on this machine or to a network, rebuild on a change, reload the browser.

While something is wrong the last good site is served; the error is shown in the page and in the terminal.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from urllib.parse import quote

from generator.config.load import load_config
from generator.config.settings import EDITOR_FOLDER
from generator.domain.problems import Finding, GongkaiError
from generator.pipeline.build import build
from generator.pipeline.options import BuildOptions, Search
from generator.pipeline.preview.answers import EDITOR, EDITOR_BESIDE, PREFIX, PreviewHandler
from generator.pipeline.preview.drafts import DraftPage, DraftPreview, preview_drafts
from generator.pipeline.preview.editor_files import EditorFile, editor_file, has_editor
from generator.pipeline.preview.hosts import open_server
from generator.support.table_files import TABLE_FILES

_MOST_LISTED = 20  # drafts whose addresses are printed at the start
_TABLES = (*TABLE_FILES, ".yaml", ".yml")  # the catalogue and the registers
_DEBOUNCE_MS = 300
_IDLE_MS = 1_500  # the time without a save after which the search index is built


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
        for prefix in (EDITOR, EDITOR_BESIDE):
            if path.startswith(prefix) and (prefix != EDITOR or not (self.folder / EDITOR.strip("/")).exists()):
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
            yield f"草稿 {len(drafts)} 份，只在预览里能看到（{address}{PREFIX[1:]}drafts/）："
            for draft in drafts[:_MOST_LISTED]:
                yield f"    {address}{quote(draft.address)}  {draft.path}"

    def _is_source(self, _change: object, path: str) -> bool:
        """Whether a changed file is part of the site: the config or a table beside it, a text or file, the theme."""
        options = self._options()
        project = options.project.resolve()
        place = Path(path)
        if place == options.config_path.resolve() or (place.parent == project and place.suffix.lower() in _TABLES):
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

        server = open_server(self.host, port, partial(PreviewHandler, self))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.rebuild()
        name = f"[{self.host}]" if ":" in self.host else self.host
        address = f"http://{name}:{server.server_port}/"
        self._print("\n".join((f"预览地址 {address} ，按 Ctrl-C 结束", *self._draft_lines(address))))
        if has_editor(self._options().project):
            is_free = not (self.folder / EDITOR_FOLDER).exists()
            self._print(f"网页编辑器 {address.rstrip('/')}{EDITOR if is_free else EDITOR_BESIDE}")
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
