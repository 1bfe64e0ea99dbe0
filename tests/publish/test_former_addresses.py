"""旧网址: each leads to the present address, under any path; the table for nginx says the same."""

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from support.project import CONFIG, Project, Tree

from generator.domain.model import Redirect
from generator.publish.data.redirect_map import redirect_map
from generator.verify.run import verify

ALIASES = (
    """[old/a.html, /zwgk/old/b, https://rsj.example.gov.cn/zwgk/old/c/, old/d.jsp, 'art.jsp?id=5&k=%E6%97%A7',"""
    """ "http://rsj.example.gov.cn/zwgk/%E6%97%A7/x y.html"]"""
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a site with a document that had other addresses."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG)
    project.policy("p1", aliases=ALIASES)
    project.policy("p2", disclosure="on_request", withhold_class="N11", withhold_note="某", aliases="[old/z.html]")
    project.policy("p3", date_published="2030-01-01", aliases="[old/y.html]")
    return project


def test_each_has_a_page_that_leads_to_the_document(project: Project) -> None:
    """A former address has a page with link, refresh and canonical link; one with a query stands in the table only."""
    folder = project.build()
    pages = {
        "old/a.html": "../policies/p1/",
        "old/b/index.html": "../../policies/p1/",
        "old/c/index.html": "../../policies/p1/",
        "旧/x y.html": "../policies/p1/",
        "old/d.jsp/index.html": "../../policies/p1/",
    }
    for path, target in pages.items():
        text = (folder / path).read_text(encoding="utf-8")
        assert f'<meta http-equiv="refresh" content="0; url={target}">' in text, path
        assert f'<a href="{target}">' in text
        assert '<link rel="canonical" href="https://rsj.example.gov.cn/zwgk/policies/p1/">' in text
        assert 'name="robots" content="noindex"' in text
    assert (folder / "redirects.map").read_text(encoding="utf-8").splitlines() == [
        '"/zwgk/旧/x y.html" /zwgk/policies/p1/;',
        "/zwgk/art.jsp?id=5&k=%E6%97%A7 /zwgk/policies/p1/;",
        "/zwgk/old/a.html /zwgk/policies/p1/;",
        "/zwgk/old/b /zwgk/policies/p1/;",
        "/zwgk/old/c/ /zwgk/policies/p1/;",
        "/zwgk/old/d.jsp /zwgk/policies/p1/;",
    ]
    assert "old/" not in (folder / "sitemap.xml").read_text(encoding="utf-8")
    assert project.records()["p1"]["aliases"][0] == "old/a.html"
    assert verify(folder).faults == ()


def test_those_of_what_is_not_public_are_nowhere(project: Project) -> None:
    """Aliases of a document that is withheld or waiting have no page and no line."""
    folder = project.build()
    assert not (folder / "old/z.html").exists()
    assert not (folder / "old/y.html").exists()
    table = (folder / "redirects.map").read_text(encoding="utf-8")
    assert not re.findall(r"old/[yz]\.html", table)


def test_without_aliases_there_is_no_table(tmp_path: Path) -> None:
    """A site without former addresses has no table for the server."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG)
    project.policy("p1")
    assert not (project.build() / "redirects.map").exists()


def test_words_of_the_table_are_quoted() -> None:
    """A word with a blank, a quote, a brace or a semicolon is quoted; a target has no sign that nginx reads."""
    odd = Redirect("a b\"{c};$d'.html", "", "政策/p1/")
    assert redirect_map([odd], "/zwgk/").decode() == ('"/zwgk/a b\\"{c};$d\'.html" /zwgk/%E6%94%BF%E7%AD%96/p1/;\n')


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("old/a.html", "policies/p1/", "policies/p9/"),
        ("redirects.map", "/zwgk/policies/p1/;", "/zwgk/policies/p9/;"),
        ("redirects.map", "/zwgk/old/a.html ", "/zwgk/old/q.html "),
    ],
)
def test_verify_finds_one_that_leads_nowhere(project: Project, path: str, old: str, new: str) -> None:
    """``verify`` names a former address whose page or line does not lead to a document."""
    place = project.build() / path
    place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert {(fault.path, fault.what) for fault in verify(project.folder / "public").faults} - {(path, "changed_file")}


def test_a_fast_build_equals_a_full_one(project: Project, tree: Tree) -> None:
    """Words alone: the fast build keeps pages and table of former addresses, byte for byte; a new alias is built."""
    project.build()
    place = project.folder / "content/policies/p1.md"
    with place.open("a", encoding="utf-8") as file:
        file.write("\n补充的一段。\n")
    assert tree(project.build()) == tree(project.build("--clean"))
    place.write_text(place.read_text(encoding="utf-8").replace("old/a.html", "old/n.html"), encoding="utf-8")
    fast = tree(project.build())
    assert "old/n.html" in fast
    assert "old/a.html" not in fast
    assert fast == tree(project.build("--clean"))


CONFIG_OF_NGINX = """\
daemon off; error_log stderr; pid {folder}/nginx.pid;
events {{}}
http {{
  access_log off; charset utf-8;
  client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
  uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  map_hash_bucket_size 512; map_hash_max_size 65536;
  map $uri$is_args$args $new_address {{ include {folder}/public/redirects.map*; }}
  server {{
    listen 127.0.0.1:{port};
    if ($new_address) {{ return 301 $new_address; }}
    location /zwgk/ {{ alias {folder}/public/; }}
  }}
}}
"""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin"), reason="nginx is not installed")
def test_nginx_redirects_by_the_table(project: Project) -> None:
    """The server answers every former address with 301 to the present one: decoded, with blanks, and with a query."""
    folder = project.build().parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = project.write("nginx.conf", CONFIG_OF_NGINX.format(folder=folder, port=port))
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin") or "nginx"
    process = subprocess.Popen([program, "-c", str(config), "-p", str(folder)], stderr=subprocess.PIPE)
    try:
        opener = urllib.request.build_opener(_NoRedirect)
        for address in (
            "old/a.html",
            "old/b",
            "%E6%97%A7/x%20y.html",
            "art.jsp?id=5&k=%E6%97%A7",
            "art.jsp?id=5&k=%e6%97%a7",
        ):
            assert location_of(opener, f"http://127.0.0.1:{port}/zwgk/{address}").endswith("/zwgk/policies/p1/")
    finally:
        process.terminate()
        process.communicate(timeout=10)


def location_of(opener: urllib.request.OpenerDirector, url: str) -> str:
    """Return where a server that is just starting redirects an address."""
    for _ in range(100):
        try:
            opener.open(url, timeout=5)
        except urllib.error.HTTPError as error:
            return error.headers["Location"] or f"{error.code}"
        except urllib.error.URLError:
            time.sleep(0.05)
    return "not answered"
