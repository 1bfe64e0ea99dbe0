"""``gongkai import`` of doc, wps and rtf: through LibreOffice where it is installed, with a clear message elsewhere."""

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.odt_files import odt
from support.project import Project
from support.word_files import red_letter, saved

from generator.authoring.importing import office_program
from generator.authoring.importing.office_program import converted_to_docx
from generator.authoring.importing.office_program import office_program as find_program
from generator.authoring.importing.reading import read_source
from generator.authoring.importing.word.blocks import block_text
from generator.domain.problems import GongkaiError

_needs_office = pytest.mark.skipif(
    find_program() is None, reason="LibreOffice is not installed (Debian: libreoffice-writer)"
)
_RTF = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}\f0 \uc1\u31532?\u19968?\u26465? \u30002?\par}"
_DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def _words(place: Path) -> str:
    return "\n".join(block_text(block) for block in read_source(place).document.blocks)


@_needs_office
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf"])
def test_older_files_give_the_page_of_the_docx(project: Project, tmp_path: Path, suffix: str) -> None:
    """A doc, a wps and an rtf give the same page as the docx from which they were made."""
    (tmp_path / "a.docx").write_bytes(saved(red_letter()))
    target = "rtf" if suffix == ".rtf" else "doc"
    subprocess.run(
        [str(find_program()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", target, "--outdir", str(tmp_path / "old"), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    old = tmp_path / f"b{suffix}"
    old.write_bytes((tmp_path / "old" / f"a.{target}").read_bytes())
    first = project.run("import", str(tmp_path / "a.docx"), "--id", "one")
    second = project.run("import", str(old), "--id", "two")
    assert (first.status, second.status) == (0, 0), second.err
    pages = [(project.folder / ran.out.strip()).read_text() for ran in (first, second)]
    assert pages[0] == pages[1]
    assert "由 LibreOffice" in second.err


@_needs_office
def test_rtf_is_read(tmp_path: Path) -> None:
    """The words of an rtf are read, whatever its name says."""
    (tmp_path / "a.doc").write_text(_RTF)
    assert _words(tmp_path / "a.doc") == "第一条 甲"


@pytest.fixture
def requests() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server on this machine, and the paths that were asked of it."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of the library

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


@_needs_office
def test_no_file_makes_a_request(tmp_path: Path, requests: tuple[str, list[str]]) -> None:
    """Pictures and texts that a file links to on the network are not fetched while it is converted."""
    address, paths = requests
    fields = "".join(
        rf'{{\field{{\*\fldinst {name} "{address}/{name}"}}{{\fldrslt x}}}}'
        for name in ("INCLUDEPICTURE", "INCLUDETEXT")
    )
    (tmp_path / "a.rtf").write_text(_RTF.removesuffix("}") + fields + "}")
    assert "第一条" in _words(tmp_path / "a.rtf")
    assert paths == []


@_needs_office
def test_a_broken_doc_is_refused(tmp_path: Path) -> None:
    """A doc that LibreOffice cannot read is refused, never read as plain text."""
    (tmp_path / "a.doc").write_bytes(_DOC + b"\0" * 4000)
    with pytest.raises(GongkaiError) as caught:
        read_source(tmp_path / "a.doc")
    assert "LibreOffice 读不出来" in caught.value.message


def test_without_libreoffice_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice is missing, the message names what to install and what else to do."""
    monkeypatch.setattr(office_program, "_NAMES", ("no-such-program",))
    monkeypatch.setattr(office_program, "_PLACES", ())
    monkeypatch.setattr(office_program, "_OPT", tmp_path / "none")
    (tmp_path / "a.doc").write_bytes(_DOC)
    with pytest.raises(GongkaiError) as caught:
        read_source(tmp_path / "a.doc")
    assert "没有装" in caught.value.message
    assert "libreoffice-writer" in caught.value.hint
    assert "另存为" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", b"<html><body>x</body></html>", "其实是网页"),
        ("a.wps", b"x", "不是真正的 wps"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "不是真正的 doc"),
        ("a.doc", _DOC[:8] + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ],
)
def test_other_bytes_start_no_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, words: str
) -> None:
    """What is neither doc nor rtf is refused before LibreOffice is started."""
    monkeypatch.setattr(subprocess, "Popen", None)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(GongkaiError) as caught:
        read_source(tmp_path / name)
    assert words in caught.value.message


def test_a_docx_named_doc_needs_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A docx and an odt under another name are read as what they are."""
    monkeypatch.setattr(subprocess, "Popen", None)
    (tmp_path / "a.doc").write_bytes(saved(red_letter()))
    assert "技能培训" in _words(tmp_path / "a.doc")
    (tmp_path / "b.docx").write_bytes(odt("<text:p>甲</text:p>"))
    assert _words(tmp_path / "b.docx") == "甲"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for the program")
def test_a_program_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversion that takes too long is ended with all that it started; its variables and profile are its own."""
    program = tmp_path / "soffice"
    script = (
        "#!/bin/sh",
        f"env > {tmp_path}/env",
        f'echo "$@" > {tmp_path}/arguments',
        f"cp profile/user/registrymodifications.xcu {tmp_path}/settings",
        "sleep 600 &",
        f"echo $! > {tmp_path}/pid",
        "wait",
    )
    program.write_text("\n".join(script))
    program.chmod(0o755)
    monkeypatch.setenv("SECRET_OF_THE_CALLER", "x")
    monkeypatch.setattr(office_program, "office_program", lambda: program)
    monkeypatch.setattr(office_program, "_SECONDS", 2)
    with pytest.raises(GongkaiError) as caught:
        converted_to_docx(Path("a.doc"), b"", ".doc")
    assert "没有转换完" in caught.value.message
    assert "SECRET_OF_THE_CALLER" not in (tmp_path / "env").read_text()
    assert "http_proxy=http://127.0.0.1:9" in (tmp_path / "env").read_text()
    for setting in ("MacroSecurityLevel", "DisableMacrosExecution", "ooInetHTTPProxyPort"):
        assert setting in (tmp_path / "settings").read_text()
    assert "--headless" in (tmp_path / "arguments").read_text()
    process = Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/stat")
    assert not process.exists() or process.read_text().split()[2] == "Z"
