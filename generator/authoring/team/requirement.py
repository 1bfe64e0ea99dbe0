"""The requirement of a site: the gongkai that other machines install, from where this one was installed.

A gongkai that was installed from an index or from a repository is named. One that was installed from a folder or a file
is packed as a wheel into the site, so that it can be installed anywhere, and no package of the same name that somebody
else has published is installed instead.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from generator import __version__

_NAME = "gongkai"
_WHEEL = f"vendor/{_NAME}-{__version__}-py3-none-any.whl"
_INFO = f"{_NAME}-{__version__}.dist-info"
_EPOCH = (2020, 1, 1, 0, 0, 0)  # the same files give the same wheel
_HEAD = "# 网站用哪个版本的 gongkai。升级：换成新的版本，提交；持续集成和服务器照这一行安装。\n"


def requirement_files() -> Iterator[tuple[str, bytes]]:
    """Yield ``requirements.txt``, and the wheel that it names where gongkai was installed from a folder or file."""
    installed = _installed()
    origin = json.loads((installed.read_text("direct_url.json") if installed else None) or "{}")
    if vcs := origin.get("vcs_info"):
        yield "requirements.txt", _text(f"{_NAME} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}")
    elif installed and origin.get("url", "").startswith("file:"):
        yield "requirements.txt", _text(f"./{_WHEEL}")
        yield _WHEEL, _wheel(installed)
    else:
        yield "requirements.txt", _text(f"{_NAME}=={__version__}")


def _installed() -> Distribution | None:
    try:
        return distribution(_NAME)
    except PackageNotFoundError:
        return None


def _text(line: str) -> bytes:
    return f"{_HEAD}{line}\n".encode()


def _wheel(installed: Distribution) -> bytes:
    """Return the running package, with the facts of its distribution, as a wheel."""
    members = {**_package(), **_facts(installed)}
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in members.items())
    members[f"{_INFO}/RECORD"] = f"{record}{_INFO}/RECORD,,\n".encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return packed.getvalue()


def _package() -> Mapping[str, bytes]:
    package = Path(__file__).resolve().parents[2]
    members = {f"generator/{name}": data for name, data in _files_in(package)}
    theme = package.parent / "themes" / "default"
    if not any(name.startswith("generator/themes/default/") for name in members):  # a checkout has it beside
        members |= {f"generator/themes/default/{name}": data for name, data in _files_in(theme)}
    return members


def _files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for place in sorted(folder.rglob("*")):
        if place.is_file() and "__pycache__" not in place.parts:
            yield place.relative_to(folder).as_posix(), place.read_bytes()


def _facts(installed: Distribution) -> Mapping[str, bytes]:
    texts = {name: installed.read_text(name) for name in ("METADATA", "entry_points.txt", "licenses/LICENSE")}
    texts["WHEEL"] = f"Wheel-Version: 1.0\nGenerator: {_NAME} {__version__}\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return {f"{_INFO}/{name}": text.encode() for name, text in texts.items() if text}


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
