"""The preview: what it serves, what it says of mistakes, and how it ends."""

import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from support.built_site import Node, build_options, read_html
from support.project import AS_OF, CONFIG, Project, Tree, until

from generator.domain.problems import Finding, GongkaiError
from generator.pipeline.build import build
from generator.pipeline.options import BuildResult, Search
from generator.pipeline.preview.serve import Preview

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE = 60
SIGNS_OF_LIFE = 3


class Watching:
    """Stands in for watchfiles: the test says when something has changed or nothing has, and when Ctrl-C is pressed."""

    def __init__(self) -> None:
        self.paths: tuple[Path, ...] = ()
        self._news: queue.Queue[set[str] | None] = queue.Queue()

    def __call__(self, *paths: Path, **_: Any) -> Iterator[set[str]]:
        self.paths = paths
        while (changes := self._news.get(timeout=PATIENCE)) is not None:
            yield changes
        raise KeyboardInterrupt

    def changed(self) -> None:
        self._news.put({"changed"})

    def idle(self) -> None:
        """Nothing has been saved for a while."""
        self._news.put(set())

    def is_quiet(self) -> bool:
        """Whether everything said so far has been taken."""
        return self._news.empty()

    def interrupt(self) -> None:
        self._news.put(None)


class Answer:
    """One answer of the server."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.kind = answer.getheader("Content-Type") or ""
        self.location = answer.getheader("Location")
        self.data = answer.read()

    @property
    def text(self) -> str:
        return self.data.decode()

    @property
    def page(self) -> Node:
        return read_html(self.text)


class Client:
    """A browser of a preview, without a screen."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", quote(path, safe="/?=&%#"))
            return Answer(connection.getresponse())
        finally:
            connection.close()

    @contextmanager
    def events(self) -> Iterator[Iterator[int]]:
        """Listen to the event stream; gives the versions that it tells."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/__gongkai__/events")
        answer = connection.getresponse()
        assert answer.getheader("Content-Type") == "text/event-stream"
        try:
            yield _versions(answer)
        finally:
            answer.close()
            connection.close()


def _versions(answer: http.client.HTTPResponse) -> Iterator[int]:
    """Yield the versions that an event stream tells; fails the test when it has nothing but signs of life."""
    signs = 0
    for line in iter(answer.readline, b""):
        signs += line.startswith(b":")
        assert signs < SIGNS_OF_LIFE, "no news in the event stream"
        if line.startswith(b"data: "):
            yield int(line.removeprefix(b"data: "))


class Running(Client):
    """A preview that runs in this process."""

    def __init__(self, preview: Preview, watching: Watching, port: int, said: "queue.Queue[str]") -> None:
        super().__init__(port)
        self.preview, self.watching, self._said = preview, watching, said

    def rebuilt(self) -> str:
        """Say that something has changed, wait for the news of it, and return what was said."""
        with self.events() as versions:
            before = next(versions)
            self.watching.changed()
            assert next(versions) == before + 1
        return self._said.get(timeout=PATIENCE)


@contextmanager
def running(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Run a preview of a project on a free port until the block ends; fails the test when it does not end by itself."""
    watching, said = Watching(), queue.Queue[str]()
    monkeypatch.setattr("watchfiles.watch", watching)

    def describe(finding: Finding) -> str:
        return f"{finding.path}:{finding.line}: {finding.message}"

    preview = Preview(lambda: build_options(project), project.cache / "site", describe, said.put)
    thread = threading.Thread(target=preview.run, args=(0,))
    thread.start()
    try:
        while not (address := re.search(r"http://127\.0\.0\.1:(\d+)/", said.get(timeout=PATIENCE))):
            pass
        yield Running(preview, watching, int(address[1]), said)
    finally:
        watching.interrupt()
        thread.join(timeout=PATIENCE)
    assert not thread.is_alive()
    assert said.get(timeout=PATIENCE) == "预览结束"


@pytest.fixture
def site(project: Project) -> Project:
    """Return a site of two policies, with an attachment of a Chinese name."""
    project.policy("p1", title="甲办法")
    project.policy("p2", title="乙办法")
    project.write("content/notices/名单.csv", "甲,乙\n")
    rows = "\n  - {title: 名单, file: 名单.csv, disclosure: proactive}"
    fields = {"title": "名单", "disclosure": "proactive", "date_published": "2024-08-01", "attachments": rows}
    project.document("notices/n1.md", fields)
    return project


def test_the_search_index_stays_between_two_saves(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save is built once, with the index as it was; when nobody saves the index is made, without a reload."""
    builds: list[Search] = []

    def counted(*arguments: Any, search: Search) -> BuildResult:
        builds.append(search)
        return build(*arguments, search=search)

    monkeypatch.setattr("generator.pipeline.preview.serve.build", counted)
    with running(site, monkeypatch) as preview:

        def index() -> str:
            return str(json.loads(preview.get("/search/texts.json").text)["index"])

        def rest() -> None:
            version = preview.preview.version
            preview.watching.idle()
            preview.watching.idle()  # it is taken when what the first one began has ended
            while not preview.watching.is_quiet():
                time.sleep(0.01)
            assert preview.preview.version == version

        assert index() == ""
        rest()
        first = index()
        assert first
        del builds[:]
        site.policy("p1", "第一条　另外的说法。\n", title="甲办法")
        preview.rebuilt()
        assert "另外的说法" in preview.get("/policies/p1/").text
        assert (builds, index()) == ([Search.KEEP], first)
        site.policy("p3", title="丙办法")
        preview.rebuilt()
        assert (builds, index()) == ([Search.KEEP, Search.KEEP], first)
        rest()
        assert builds[2:] == [Search.KEEP, Search.CURRENT]
        assert index() not in ("", first)


def test_pages_are_served_with_the_reload_script(site: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is the built one and the reload script; every other file is the built one, byte for byte."""
    with running(site, monkeypatch) as preview:
        files = tree(preview.preview.folder)
        assert len(files) > 20
        for path, data in files.items():
            answer = preview.get("/" + path)
            assert answer.status == 200, path
            if path.endswith(".html"):
                assert answer.kind == "text/html; charset=utf-8"
                added = b'<script src="/__gongkai__/reload.js" defer></script>'
                assert answer.data == data.replace(b"</body>", added + b"</body>"), path
            else:
                assert answer.data == data, path
        script = preview.get("/__gongkai__/reload.js")
        assert (script.status, script.kind) == (200, "text/javascript; charset=utf-8")
        assert "/__gongkai__/events" in script.text


def test_folders_are_pages(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address without its closing slash leads to the one with it, and ``?q=`` changes nothing."""
    with running(site, monkeypatch) as preview:
        answer = preview.get("/policies/p1")
        assert (answer.status, answer.location) == (301, "/policies/p1/")
        assert preview.get("/policies/p1/").page.one("h1").text == "甲办法"
        assert preview.get("/search/?q=甲").page.one("h1").text == "检索"
        assert preview.get("/zwgk/policies/p1/").page.one("h1").text == "甲办法"


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/policies/p9/", "/a/b/c.html", "/zwgk/nowhere", "/../../etc/passwd", "/%2e%2e/x"]
)
def test_an_unknown_address_shows_the_page_for_it(site: Project, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """An unknown address is 404 with the site's own page, all of whose links work under the path of ``base_url``."""
    with running(site, monkeypatch) as preview:
        answer = preview.get(path)
        assert answer.status == 404
        assert answer.page.one("h1").text == "页面不存在"
        nodes = [node for node in answer.page.walk() if {"href", "src"} & set(node.attributes)]
        targets = {node.attributes.get("href") or node["src"] for node in nodes} - {"#main"}
        assert sum(target.startswith("/zwgk/") for target in targets) > 5
        for target in targets:
            assert preview.get(urlsplit(target).path).status == 200, target


def test_a_change_is_built_and_told(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change the event stream tells a new version, and the page shows it; so do new and deleted documents."""
    with running(site, monkeypatch) as preview:
        site.policy("p1", title="改了的办法")
        site.policy("p3", title="新的办法")
        (site.folder / "content/policies/p2.md").unlink()
        assert preview.rebuilt().startswith("已生成 3 件")
        assert preview.watching.paths == (site.folder.resolve(),)
        assert preview.get("/policies/p1/").page.one("h1").text == "改了的办法"
        assert preview.get("/policies/p3/").page.one("h1").text == "新的办法"
        assert preview.get("/policies/p2/").status == 404


def test_every_listener_is_told(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two open pages both hear of a change, and one that comes later begins with the present version."""
    with running(site, monkeypatch) as preview, preview.events() as one, preview.events() as two:
        first = next(one)
        assert next(two) == first
        site.policy("p1", title="改了的办法")
        preview.rebuilt()
        assert next(one) == next(two) == first + 1
        with preview.events() as three:
            assert next(three) == first + 1


def test_a_blocking_mistake_keeps_the_last_good_page(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a mistake blocks, pages stay the last good ones and show what is wrong, and no more once it is mended."""
    with running(site, monkeypatch) as preview:
        site.policy("p1", title="<b>改了</b>", date_published="5月8日")
        said = preview.rebuilt()
        assert "content/policies/p1.md:" in said
        page = preview.get("/policies/p1/").page
        assert page.one("h1").text == "甲办法"
        alert = page.one(role="alert")
        assert "content/policies/p1.md:" in alert.text
        assert "5月8日" in alert.text
        assert "上一次生成成功" in alert.text
        assert len(preview.get("/nowhere/").page.all(role="alert")) == 1
        site.policy("p1", title="改好了")
        assert preview.rebuilt().startswith("已生成")
        page = preview.get("/policies/p1/").page
        assert page.one("h1").text == "改好了"
        assert page.all(role="alert") == []


def test_what_is_wrong_cannot_be_markup(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake that quotes markup is shown as text."""
    with running(site, monkeypatch) as preview:
        site.policy("p1", date_published='"<img src=x onerror=alert(1)></pre>"')
        preview.rebuilt()
        page = preview.get("/").page
        assert "<img src=x" in page.one(role="alert").text
        assert page.all("img") == []


def test_a_broken_config_is_shown(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A config that cannot be read, and a theme's mistake, are shown in the last good page, with the mend."""
    with running(site, monkeypatch) as preview:
        site.write("site_config.yaml", CONFIG + "serach: full\n")
        preview.rebuilt()
        assert "serach" in preview.get("/").page.one(role="alert").text
        site.write("site_config.yaml", CONFIG)
        site.write("themes/default/templates/404.html", "{{ nothing }}")
        preview.rebuilt()
        assert "404.html:1" in preview.get("/").page.one(role="alert").text
        assert preview.get("/policies/p1/").page.one("h1").text == "甲办法"


def test_a_site_that_was_never_right_shows_what_is_wrong(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first good build every page says that there is none yet, and why; after it they are the site's."""
    site.policy("p1", title=None)
    with running(site, monkeypatch) as preview:
        answer = preview.get("/policies/p2/")
        assert answer.status == 404
        assert answer.page.one("h1").text == "网站还没有生成"
        assert "content/policies/p1.md:" in answer.page.one(role="alert").text
        site.policy("p1", title="好了")
        preview.rebuilt()
        assert preview.get("/policies/p1/").page.one("h1").text == "好了"


def test_a_moved_base_url_moves_the_page_for_unknown_addresses(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the config gives another ``base_url`` the links of the 404 page work under its path."""
    with running(site, monkeypatch) as preview:
        site.write("site_config.yaml", CONFIG.replace("/zwgk/", "/other/place/"))
        preview.rebuilt()
        link = preview.get("/nowhere/").page.one("main").all("a")[0]["href"]
        assert link == "/other/place/"
        assert preview.get(link).page.one("h1").text == "示例市人力资源和社会保障局政府信息公开"


def test_a_taken_port_is_said(site: Project) -> None:
    """A port that is in use is an error that names it and the option."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        preview = Preview(lambda: build_options(site), site.cache / "site", str, lambda _: None)
        with pytest.raises(GongkaiError) as caught:
            preview.run(port)
    assert str(port) in caught.value.message
    assert "--port" in caught.value.hint


def test_the_port_is_free_afterwards(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """After Ctrl-C nobody listens any more, and no thread of the preview but the waiting readers' is left."""
    with running(site, monkeypatch) as preview:
        port = preview.port
        assert preview.get("/").status == 200
    with pytest.raises(ConnectionRefusedError):
        Client(port).get("/")


@contextmanager
def command(project: Project, temporary: Path) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    """Run ``gongkai serve`` itself until the block ends."""
    temporary.mkdir()
    arguments = [sys.executable, "-u", "-m", "generator", "serve", "--port", "0", "--as-of", AS_OF, "--jobs", "2"]
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(project.cache),
        "PYTHONUTF8": "1",
        "TMPDIR": str(temporary),
    }
    with subprocess.Popen(
        arguments, cwd=project.folder, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            line = next(line for line in process.stderr if "http://" in line)
            yield process, Client(int(line.split("127.0.0.1:")[1].split("/")[0]))
        finally:
            process.kill()


@contextmanager
def saved_until_noticed(project: Project) -> Iterator[None]:
    """Save a changed document now, and again while the block lasts: watching may begin a moment after serving."""
    noticed = threading.Event()

    def save() -> None:
        while True:
            project.policy("p1", title="改了的办法")
            if noticed.wait(1):
                return

    saving = threading.Thread(target=save)
    saving.start()
    try:
        yield
    finally:
        noticed.set()
        saving.join()


@pytest.mark.usefixtures("ctrl_c")
def test_the_command_sees_a_change_and_ends_on_ctrl_c(site: Project, tree: Tree, tmp_path: Path) -> None:
    """``gongkai serve`` notices a saved file by itself, writes nothing into the project, and ends on Ctrl-C."""
    before = tree(site.folder)
    with command(site, tmp_path / "temporary") as (process, client):
        assert client.get("/policies/p1/").page.one("h1").text == "甲办法"
        assert any((tmp_path / "temporary").iterdir())
        assert tree(site.folder) == before
        with client.events() as versions:
            next(versions)
            with saved_until_noticed(site):
                next(versions)
        assert client.get("/policies/p1/").page.one("h1").text == "改了的办法"
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    assert out == ""
    assert "预览结束" in said
    assert "Traceback" not in said
    assert list((tmp_path / "temporary").iterdir()) == []
    assert set(tree(site.folder)) == set(before)


@pytest.mark.browser
def test_an_open_page_reloads(chromium: "Browser", site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is open in a browser shows a change, and a mistake, without being touched."""
    with running(site, monkeypatch) as preview:
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{preview.port}/policies/p1/")
        until(page, "() => typeof seen !== 'undefined' && seen !== null")
        site.policy("p1", title="改了的办法")
        preview.rebuilt()
        page.get_by_role("heading", name="改了的办法", level=1).wait_for()
        until(page, "() => typeof seen !== 'undefined' && seen !== null")
        site.policy("p1", title=None)
        preview.rebuilt()
        page.get_by_role("alert").wait_for()
        assert page.get_by_role("heading", level=1).inner_text() == "改了的办法"
        page.close()


def test_only_sources_count(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts, the theme and the config count as sources, however they are saved; the output and other files do not."""
    with running(site, monkeypatch) as preview:
        names = ("content/policies/p1.md", "themes/default/assets/x.css", "site_config.yaml", "public/index.html")
        counts = {name: preview.preview._is_source("added", str(site.folder.resolve() / name)) for name in names}
        assert counts == {
            "content/policies/p1.md": True,
            "themes/default/assets/x.css": True,
            "site_config.yaml": True,
            "public/index.html": False,
        }


def raw(port: int, request: str) -> tuple[int, bytes]:
    """Send a request as it stands and return status and body of the answer; 0 where there is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as link:
        link.sendall(request.encode("latin-1"))
        link.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: link.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return (int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else 0), body


@pytest.mark.parametrize("path", ["/", "/policies/p1/", "/api/documents.json", "/__gongkai__/events"])
def test_only_names_of_this_machine_are_answered(site: Project, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """A page whose name was led to this machine (DNS rebinding) gets 421 and nothing of the site; no name gets 400."""
    with running(site, monkeypatch) as preview:
        for host in (
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil@localhost",
            "0.0.0.0",  # noqa: S104 - a name that is asked for
            f"evil.example:{preview.port}",
            "127.0.0.2",
            "[::ffff:127.0.0.1]",
            "localhost:",
            "２127.0.0.1",
        ):
            named = host.encode("utf-8").decode("latin-1")
            status, body = raw(preview.port, f"GET {path} HTTP/1.1\r\nHost: {named}\r\n\r\n")
            assert (status, b"article" in body) == (421, False), host
        for lines in ("", "Host:\r\n", "Host: localhost\r\nHost: evil.example\r\n"):
            status, body = raw(preview.port, f"GET {path} HTTP/1.1\r\n{lines}\r\n")
            assert (status, b"article" in body) == (400, False), lines
        status, body = raw(preview.port, f"GET http://evil.example{path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (status, b"article" in body) == (421, False)
        assert b"article" not in raw(preview.port, f"GET {path}\r\n\r\n")[1]


def test_names_of_this_machine_are_answered(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """localhost, 127.0.0.1 and [::1], with any port or none; reading only."""
    with running(site, monkeypatch) as preview:
        for host in ("localhost", "LocalHost:8000", f"127.0.0.1:{preview.port}", "[::1]", "[::1]:80"):
            lines = f"HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            status, body = raw(preview.port, f"GET /policies/p1/ {lines}")
            assert (status, b"<article" in body) == (200, True)
            assert raw(preview.port, f"HEAD /policies/p1/ {lines}") == (200, b"")
            assert raw(preview.port, f"HEAD /api/documents.json {lines}") == (200, b"")
            assert raw(preview.port, f"HEAD /__gongkai__/events {lines}") == (200, b"")
            assert [raw(preview.port, f"{verb} / {lines}")[0] for verb in ("POST", "PUT", "DELETE", "OPTIONS")] == [
                501
            ] * 4
