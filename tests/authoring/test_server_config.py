"""The configuration of nginx that ``gongkai init --ci`` writes, in nginx itself on loopback with the demo site."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from support.machine import ROOT

from generator.authoring.team.team_files import server_config

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
REDIRECTS = """\
/zwgk/old/a.html /zwgk/policies/rsf-2018-47/;
/zwgk/旧/办法.html /zwgk/policies/rsf-2018-47/;
"/zwgk/show.jsp?id=3" /zwgk/policies/rsf-2018-47/;
"""


@dataclass
class Answer:
    """One answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Server:
    """nginx on loopback, with two releases of the demo site and a link to the one that is served."""

    folder: Path
    port: int
    is_https: bool = False

    @property
    def releases(self) -> Path:
        """The folder that ``deploy/publish.sh`` fills."""
        return self.folder / "srv"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path."""
        if self.is_https:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            link: http.client.HTTPConnection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context)
        else:
            link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        link.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = link.getresponse()
        body = answer.read()
        link.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, site_config: str, port: int, *, is_https: bool) -> Iterator[Server]:
    """Run nginx with a site's configuration, whose folder and ports are those of the test."""
    assert NGINX
    config = site_config.replace("/srv/zwgk/", f"{folder}/srv/").replace("/srv/zwgk;", f"{folder}/srv;")
    config = config.replace("from=/srv/zwgk/current", f"from={folder}/srv/current")
    config = config.replace("/etc/nginx/tls/", f"{folder}/tls/")
    config = re.sub(r"^ *listen \[::\].*\n", "", config, flags=re.MULTILINE)
    config = config.replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
    config = config.replace("listen 80;", f"listen 127.0.0.1:{free_port() if is_https else port};")
    (folder / "site.conf").write_text(config, encoding="utf-8")
    places = "".join(
        f"{name}_temp_path {folder}/temp-{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root;' if Path('/root').owner() and _is_root() else ''} daemon off; pid {folder}/nginx.pid;"
        f" error_log {folder}/error.log; events {{}}"
        f" http {{ include /etc/nginx/mime.types; access_log off; {places} include {folder}/site.conf; }}",
        encoding="utf-8",
    )
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Server(folder, port, is_https)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _is_root() -> bool:
    import os

    return os.geteuid() == 0


def publish_twice(demo: Path, folder: Path) -> None:
    """Put two releases of the demo site on the server: the second has old addresses, and is served."""
    for name in ("1", "2"):
        shutil.copytree(demo, folder / "srv/releases" / name)
    (folder / "srv/releases/2/redirects.map").write_text(REDIRECTS, encoding="utf-8")
    (folder / "srv/current").symlink_to("releases/2")


@pytest.fixture(scope="module")
def server(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run nginx with the demo site over http."""
    folder = tmp_path_factory.mktemp("nginx")
    publish_twice(demo, folder)
    with running(folder, server_config("http://rsj.example.gov.cn/zwgk/"), free_port(), is_https=False) as made:
        yield made


@needs_nginx
def test_pages_are_served_with_all_headers(server: Server) -> None:
    """A page, a style and a missing page have the security headers; a page is asked for again each time."""
    for path in ("/zwgk/", "/zwgk/policies/rsf-2018-47/", "/zwgk/nowhere/", "/zwgk/api/documents.json"):
        answer = server.get(path)
        for name in (
            "content-security-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
        ):
            assert name in answer.headers, (path, name)
        assert answer.headers["cache-control"] == "no-cache"
        assert "charset=utf-8" in answer.headers["content-type"]
        assert answer.headers["server"] == "nginx"
    assert "strict-transport-security" not in answer.headers


@needs_nginx
def test_named_assets_are_kept(server: Server) -> None:
    """A style whose address has the mark of its content may be kept for a year."""
    page = server.get("/zwgk/").body.decode()
    style = re.search(r'href="(assets/[^"]+\?v=[0-9a-f]+)"', page)
    assert style
    assert "immutable" in server.get(f"/zwgk/{style[1]}").headers["cache-control"]


@needs_nginx
def test_texts_are_compressed(server: Server) -> None:
    """Pages, styles, scripts and data are compressed for a browser that can read it, and only for that."""
    for path in (
        "/zwgk/",
        "/zwgk/assets/style.css",
        "/zwgk/assets/site.js",
        "/zwgk/api/documents.json",
        "/zwgk/feed.xml",
    ):
        small = server.get(path, Accept_Encoding="gzip")
        assert small.headers.get("content-encoding") == "gzip", path
        assert "Accept-Encoding" in small.headers["vary"]
        plain = server.get(path)
        assert "content-encoding" not in plain.headers
        assert len(small.body) < len(plain.body)


@needs_nginx
def test_what_is_missing_gets_the_page_of_the_site(server: Server) -> None:
    """A missing address is 404 with the site's own page; hidden files, listings and other verbs are refused."""
    answer = server.get("/zwgk/nowhere/at/all.html")
    assert answer.status == 404
    assert answer.body == (server.releases / "current/404.html").read_bytes()
    (server.releases / "current/.git").mkdir()
    (server.releases / "current/.git/config").write_text("secret", encoding="utf-8")
    assert server.get("/zwgk/.git/config").status == 404
    assert server.get("/zwgk/assets/").status in {403, 404}
    assert server.get("/zwgk/", method="POST").status in {403, 405}
    (server.releases / "current/link.txt").symlink_to("/etc/hostname")
    assert server.get("/zwgk/link.txt").status == 403
    assert server.get("/zwgk../srv/published").status == 404


@needs_nginx
def test_old_addresses_lead_to_the_new_ones(server: Server) -> None:
    """An old address, also a Chinese one and one with a query, is a lasting redirect on the same host."""
    for path in ("/zwgk/old/a.html", quote("/zwgk/旧/办法.html"), "/zwgk/show.jsp?id=3"):
        answer = server.get(path)
        assert (answer.status, answer.headers.get("location")) == (301, "/zwgk/policies/rsf-2018-47/"), path
    assert server.get("/zwgk/show.jsp?id=4").status == 404
    folder = server.get("/zwgk/policies/rsf-2018-47")
    assert (folder.status, folder.headers["location"]) == (301, "/zwgk/policies/rsf-2018-47/")


@needs_nginx
def test_a_rollback_is_served_at_once(server: Server) -> None:
    """The command of the handbook changes what is served, without touching nginx."""
    page = server.releases / "releases/1/index.html"
    page.write_bytes(page.read_bytes().replace(b"<main", b"<!-- before --><main", 1))
    assert b"<!-- before -->" not in server.get("/zwgk/").body
    subprocess.run(["ln", "-sfn", "releases/1", str(server.releases / "current")], check=True)
    assert b"<!-- before -->" in server.get("/zwgk/").body
    subprocess.run(["ln", "-sfn", "releases/2", str(server.releases / "current")], check=True)
    assert b"<!-- before -->" not in server.get("/zwgk/").body


@needs_nginx
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_https_is_served(demo: Path, tmp_path: Path) -> None:
    """For an https address nginx takes the certificate, sends HSTS, and runs without a redirects.map, too."""
    publish_twice(demo, tmp_path)
    (tmp_path / "srv/releases/2/redirects.map").unlink()
    (tmp_path / "tls").mkdir()
    name = tmp_path / "tls/rsj.example.gov.cn"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=rsj.example.gov.cn",
        "-days",
        "2",
    ]
    subprocess.run([*command, "-keyout", f"{name}.key", "-out", f"{name}.pem"], capture_output=True, check=True)
    with running(tmp_path, server_config("https://rsj.example.gov.cn/zwgk/"), free_port(), is_https=True) as server:
        answer = server.get("/zwgk/")
    assert answer.status == 200
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("base_url", "lines"),
    [
        ("https://rsj.example.gov.cn/", ["    location / {", "        error_page 404 /404.html;"]),
        ("http://10.1.2.3:8080/zwgk/", ["    listen 8080;", "    server_name 10.1.2.3;", "    location /zwgk/ {"]),
    ],
)
def test_the_address_of_the_site_is_in_the_configuration(base_url: str, lines: list[str]) -> None:
    """Host, port and path are those of ``base_url``; nothing of the template's own syntax is left."""
    text = server_config(base_url)
    assert set(lines) <= set(text.splitlines())
    assert not re.search(r"<<|>>|<%|%>", text)


def test_the_example_of_the_repository_is_the_same() -> None:
    """``deploy/nginx.conf`` is what init writes for the address of the demo site."""
    assert (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8") == server_config("https://rsj.example.gov.cn/zwgk/")
