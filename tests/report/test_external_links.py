"""Addresses outside the site, visited on a server of this machine alone: what each answer means, and how we ask."""

import datetime as dt
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest
from support.project import CONFIG, Project

from generator.domain.vocabulary import LinkState
from generator.report.external_links.check_all import CheckedVisit, check_all, visits_to_cache
from generator.report.external_links.visit import Visit, Visitor, as_ascii, is_private

NOW = dt.datetime(2026, 11, 21, 9, 0)  # noqa: DTZ001 - Asia/Shanghai, as everywhere
PLAIN = {"/ok": 200, "/gone": 404, "/away": 410, "/bad": 400, "/broken": 500, "/forbidden": 403, "/busy": 429}


class Answers(BaseHTTPRequestHandler):
    """Paths that answer as servers in the world do."""

    seen: ClassVar[list[tuple[str, str, str, float]]]
    hanging: threading.Event
    at_once: list[int]
    address: str

    def answer(self) -> None:
        self.seen.append((self.command, self.path, self.headers["User-Agent"], time.monotonic()))
        path = self.path.partition("?")[0]
        tries = sum(path == earlier[1] and earlier[0] == "GET" for earlier in self.seen)
        if path == "/hang":
            self.hanging.wait(20)
            return
        if path == "/nonsense":
            self.wfile.write(b"SSH-2.0-none\r\n\r\n")
            return
        to = {
            "/moved": "/ok",
            "/loop": "/loop",
            "/inside": "http://10.1.2.3/x",
            "/found": "/ok",
            "/file": "file:///etc",
        }
        code = PLAIN.get(path, 200)
        if path in to:
            code = 302 if path in {"/found", "/inside"} else 301
        elif path == "/get-only" and self.command == "HEAD":
            code = 405
        elif path == "/flaky":
            code = 200 if tries > 1 else 503
        self.send_response(code)
        if path in to:
            self.send_header("Location", to[path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815 - the names that the library asks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def answers() -> Iterator[type[Answers]]:
    """Return a new set of answers, with its server at ``address``."""

    class _Answers(Answers):
        seen: ClassVar[list[tuple[str, str, str, float]]] = []
        hanging = threading.Event()

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    _Answers.address = f"http://127.0.0.1:{server.server_port}"
    yield _Answers
    _Answers.hanging.set()
    server.shutdown()
    thread.join()
    server.server_close()


def visitor(**options: object) -> Visitor:
    """Return a visitor that may visit this machine, but nothing else that is private."""
    avoid = {"avoid": lambda host: host != "127.0.0.1" and is_private(host)}
    return Visitor("gongkai-test", **{"timeout": 0.5, "wait": 0.01, **avoid, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "state", "note"),
    [
        ("/ok", LinkState.OK, ""),
        ("/get-only", LinkState.OK, ""),
        ("/flaky", LinkState.OK, ""),
        ("/found", LinkState.OK, ""),
        ("/moved", LinkState.MOVED, "已经转到新的网址"),
        ("/gone", LinkState.DEAD, "网页不存在（404）"),
        ("/away", LinkState.DEAD, "网页不存在（410）"),
        ("/bad", LinkState.DEAD, "网址不对（400）"),
        ("/broken", LinkState.DEAD, "服务器出错（500）"),
        ("/loop", LinkState.DEAD, "循环跳转"),
        ("/file", LinkState.DEAD, "循环跳转，或转到了打不开的地址"),
        ("/hang", LinkState.DEAD, "0.5 秒没有回应"),
        ("/nonsense", LinkState.DEAD, "打不开"),
        ("/forbidden", LinkState.REFUSED, "请人工打开看"),
        ("/busy", LinkState.REFUSED, "请人工打开看"),
        ("/inside", LinkState.PRIVATE, "内网地址"),
    ],
)
def test_what_an_answer_means(answers: type[Answers], path: str, state: LinkState, note: str) -> None:
    """Each kind of answer has its state and its words; one that refuses programs is not called dead."""
    seen = visitor().visit(answers.address + path)
    assert (seen.state, note in seen.note) == (state, True), seen
    if state is LinkState.MOVED:
        assert seen.final == f"{answers.address}/ok"


def test_the_head_is_asked_first_and_the_body_only_where_it_must_be(answers: type[Answers]) -> None:
    """One HEAD where that is answered; GET behind it where not; a passing fault is tried three times at most."""
    for path in ("/ok", "/get-only", "/broken", "/gone"):
        visitor().visit(answers.address + path)
    asked = [(method, path) for method, path, _, _ in answers.seen]
    assert asked == [
        ("HEAD", "/ok"),
        ("HEAD", "/get-only"),
        ("GET", "/get-only"),
        *[("HEAD", "/broken"), ("GET", "/broken")] * 3,
        ("HEAD", "/gone"),
        ("GET", "/gone"),
    ]
    assert {agent for _, _, agent, _ in answers.seen} == {"gongkai-test"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "[::1]", "localhost"]
)
def test_a_private_address_is_not_visited(answers: type[Answers], host: str) -> None:
    """An address inside a network is told as one, without a single request."""
    address = answers.address.replace("127.0.0.1", host)
    assert Visitor("x", timeout=0.5, tries=1).visit(address + "/ok").state is LinkState.PRIVATE
    assert answers.seen == []


def test_faults_of_the_line(tmp_path: Path, answers: type[Answers]) -> None:
    """A closed port, plain text in the place of TLS, and an address that is none: dead, each with its words."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    once = visitor(tries=1)
    assert once.visit(f"http://127.0.0.1:{port}/").note == "服务器拒绝连接"
    assert once.visit(answers.address.replace("http:", "https:")).note == "加密连接建立不了"
    for url in ("http://", "https://[", "ftp://a/", "http://a b.cn:x/", "http://127.0.0.1:99999/"):
        assert once.visit(url) == Visit(LinkState.DEAD, note="网址写错了"), url


@pytest.mark.skipif(shutil.which("openssl") is None, reason="a certificate is made with openssl")
def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    """A server with a certificate of its own making is dead for a citizen's browser, and so for us."""
    paths = (str(tmp_path / "key.pem"), str(tmp_path / "cert.pem"))
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*request, "-keyout", paths[0], "-out", paths[1]], check=True, capture_output=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("_Quiet", (Answers,), {"seen": []}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paths[1], paths[0])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        seen = visitor(timeout=5).visit(f"https://127.0.0.1:{server.server_port}/ok")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert seen == Visit(LinkState.DEAD, note="证书不可信或已过期")


def test_addresses_in_chinese_go_over_the_line_as_ascii() -> None:
    """A host and a path in Chinese are written as browsers write them; what is encoded stays so."""
    assert as_ascii("https://例子.cn/通知 一?q=见习&x=%20") == (
        "https://xn--fsqu00a.cn/%E9%80%9A%E7%9F%A5%20%E4%B8%80?q=%E8%A7%81%E4%B9%A0&x=%20"
    )


def test_one_host_is_asked_one_after_another_with_a_pause(answers: type[Answers]) -> None:
    """Requests to one host never come at once: between two lies the pause."""
    urls = [f"{answers.address}/ok?{number}" for number in range(4)]
    check_all(urls, visitor(), now=NOW, known={}, keep_days=7, pause=0.1)
    moments = [moment for _, _, _, moment in answers.seen]
    assert len(moments) == 4
    assert min(b - a for a, b in pairwise(moments)) >= 0.09


def test_what_was_fine_is_not_asked_again_for_some_days(answers: type[Answers]) -> None:
    """A fine address is left alone for so many days; a dead one is asked every time, and none is forgotten."""
    urls = [f"{answers.address}/ok", f"{answers.address}/gone"]
    first = check_all(urls, visitor(), now=NOW, known={}, keep_days=7, pause=0)
    known = visits_to_cache(first)
    assert list(known) == urls[:1]
    for days, asked in ((6, {"/gone"}), (7, {"/ok", "/gone"})):
        answers.seen.clear()
        later = check_all(urls, visitor(), now=NOW + dt.timedelta(days=days), known=known, keep_days=7, pause=0)
        assert {path for _, path, _, _ in answers.seen} == asked
        assert [item.visit for item in later.values()] == [item.visit for item in first.values()]
    future = {urls[0]: CheckedVisit(Visit(LinkState.OK), NOW + dt.timedelta(days=1))}
    answers.seen.clear()
    check_all(urls[:1], visitor(), now=NOW, known=future, keep_days=7)
    assert answers.seen


def test_the_command_names_every_place_and_fails_for_a_dead_one(project: Project, answers: type[Answers]) -> None:
    """Texts, fields, attachment lists and the config are looked through; file and line of a dead address are told."""
    online = f"request: {{receiver: 甲, online: {answers.address}/gone}}\n"
    project.write("site_config.yaml", CONFIG + online)
    project.policy(
        "p1",
        f"[一]({answers.address}/ok#a)和[二]({answers.address}/gone)。\n",
        source_url=f"{answers.address}/moved",
    )
    hidden = {"disclosure": "withheld", "withhold_class": "N03", "withhold_note": "内部", "review_on": "2027-01-01"}
    project.policy("p2", f"[密]({answers.address}/secret)\n", **hidden)
    assert project.run("links").status == 0
    assert answers.seen == []
    ran = project.run("links", "--external", "--visit-private", "--format", "json")
    assert ran.status == 1
    rows = {row["url"].removeprefix(answers.address): row for row in json.loads(ran.out)}
    assert {path: row["state"] for path, row in rows.items()} == {"/ok": "ok", "/gone": "dead", "/moved": "moved"}
    assert rows["/gone"]["places"] == [
        {"path": "content/policies/p1.md", "line": 10},
        {"path": "site_config.yaml", "line": 5},
    ]
    text = project.run("links", "--external", "--visit-private")
    assert f"content/policies/p1.md:10: 打不开 {answers.address}/gone：网页不存在（404）" in text.out
    assert "/ok" not in {path for _, path, _, _ in answers.seen[-2:]}


@pytest.mark.parametrize(
    "url", ["http://[::1/", "//[::1/", "ftp://old.example.gov.cn/a.doc", "ftp:", "javascript:go()"]
)
def test_an_address_that_no_browser_opens_is_listed(project: Project, url: str) -> None:
    """An address whose link the page cannot show is listed with its line, and is dead without a visit."""
    project.policy("p1", f"前。\n\n[好](#) [一]({url})。\n")
    ran = project.run("links", "--format", "json")
    row = next(row for row in json.loads(ran.out) if row["url"].endswith(url))
    assert row["places"] == [{"path": "content/policies/p1.md", "line": 11}]
    ran = project.run("links", "--external")
    assert ran.status == 1
    assert "打不开" in ran.out
    assert "网址写错了" in ran.out


def test_a_mailbox_and_a_telephone_are_no_addresses_to_visit(project: Project) -> None:
    """What opens a program of the reader's is not listed, nor is a link into the site."""
    project.policy("p1", "[一](mailto:a@b.gov.cn)[二](tel:12345)[三](https://rsj.example.gov.cn/zwgk/cited/)。\n")
    assert json.loads(project.run("links", "--format", "json").out) == []


@pytest.mark.parametrize("field", ["attachments: [{title: 甲, file: 'http://[::1/'}]", "source_url: 'http://[::1/'"])
def test_a_malformed_address_in_a_field_is_a_finding_at_most(project: Project, field: str) -> None:
    """Fields may hold nonsense too: it is listed, and nothing falls over."""
    key, _, value = field.partition(": ")
    project.policy("p1", **{key: value})
    ran = project.run("links", "--external", "--format", "json")
    assert "Traceback" not in ran.err
    assert [(row["url"], row["state"]) for row in json.loads(ran.out)] == [("http://[::1/", "dead")]


def test_a_private_address_fails_the_command(project: Project, answers: type[Answers]) -> None:
    """Without leave to visit them, private addresses are told as such, are not visited, and fail."""
    project.policy("p1", f"[一]({answers.address}/ok)\n")
    ran = project.run("links", "--external")
    assert (ran.status, answers.seen) == (1, [])
    assert "内网地址" in ran.out
    project.policy("p1", "[一](p2.md)\n")
    assert "H001" in project.run("links").err
