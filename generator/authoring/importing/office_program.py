"""LibreOffice, where it is installed: turns a doc, wps or rtf into a docx, without macros or network.

Beside git and Pagefind the only program that gongkai starts; what it may do: ``docs/threat-model.md``, section H.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from generator.domain.problems import GongkaiError

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_OPT = Path("/opt")
_SECONDS = 120
# The reader is named: what LibreOffice does not know it would take for plain text.
_READERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format"}
_FILTER = "docx:MS Word 2007 XML"
_SAVE_AS = "或者用 Word、WPS 打开，另存为“Word 文档（*.docx）”"
_INSTALL = "Debian、Ubuntu：apt install libreoffice-writer；别的系统装 LibreOffice（libreoffice.org）"
# Variables that a program needs to start at all on Windows; nothing else of the caller's reaches it.
_ENVIRONMENT = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC")
_NOWHERE = "http://127.0.0.1:9"
_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_VALUES = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Office.Common/Misc", "UseLocking", "false"),
)


def office_program() -> Path | None:
    """Return LibreOffice: on PATH, or where its installers put it; ``None`` where it is not installed."""
    for name in _NAMES:
        if place := shutil.which(name):
            return Path(place)
    in_opt = sorted(_OPT.glob("libreoffice*/program/soffice"), reverse=True) if _OPT.is_dir() else []
    return next((place for place in (*map(Path, _PLACES), *in_opt) if place.is_file()), None)


def converted_to_docx(place: Path, data: bytes, suffix: str) -> bytes:
    """Return a file as a docx.

    ``suffix`` says what its bytes are. Raises ``GongkaiError`` where LibreOffice is not installed or cannot read it.
    """
    program = office_program()
    if program is None:
        raise GongkaiError(f"{place} 要用 LibreOffice 转换，这台电脑没有装", f"{_INSTALL}；{_SAVE_AS}")
    with tempfile.TemporaryDirectory(prefix="gongkai-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / f"source{suffix}", folder / "out"
        source.write_bytes(data)
        target.mkdir()
        _write_settings(folder / "profile")
        _run(place, [str(program), *_arguments(folder, target, source)], folder)
        made = target / "source.docx"
        if not made.is_file():
            raise GongkaiError(
                f"{place} 转换不了：LibreOffice 读不出来，文件已损坏或有打开密码", f"先去掉密码；{_SAVE_AS}"
            )
        return made.read_bytes()


def _arguments(folder: Path, target: Path, source: Path) -> list[str]:
    return [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
        f"--infilter={_READERS[source.suffix]}", "--convert-to", _FILTER, "--outdir", str(target), str(source),
    ]  # fmt: skip


def _write_settings(profile: Path) -> None:
    """Write a profile of its own: nothing of the user's, no macros, no links, every address on the network refused."""
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _VALUES)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")


def _run(place: Path, command: list[str], folder: Path) -> None:
    """Run a conversion, and end it with everything that it started where it takes too long."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment |= {
        "PATH": os.defpath, "HOME": str(folder), "USERPROFILE": str(folder), "TMPDIR": str(folder), "TEMP": str(folder),
        "TMP": str(folder), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "DCONF_PROFILE": os.devnull,
        "http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "no_proxy": "",
    }  # fmt: skip
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        raise GongkaiError(f"{place} 转换不了：LibreOffice 启动不了", f"重新安装；{_INSTALL}；{_SAVE_AS}") from None
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise GongkaiError(f"{place} 转换不了：LibreOffice {_SECONDS} 秒没有转换完", f"拆成几份，{_SAVE_AS}") from None
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None or sys.platform != "win32":
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()
