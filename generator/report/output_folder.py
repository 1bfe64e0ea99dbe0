"""Where reports may go: anywhere but into the site, its sources or its repository (requirements ATTR-08)."""

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from generator.domain.problems import OutputError, reason_of

_MINE = ("content", "themes", ".git")


def check_folder(folder: Path, project: Path) -> None:
    """Refuse a folder from which a report could be published, or in which it would be taken for a source.

    Raises ``OutputError``.
    """
    place = folder.resolve()
    for name in _MINE:
        if place.is_relative_to((project / name).resolve()):
            raise OutputError(f"{folder} 在网站的 {name}/ 里，不能放报告、台账和审核表", "换一个目录，如 -o reports")
    for inner in (place, *place.parents):
        if _is_site(inner):
            raise OutputError(
                f"{folder} 在生成的网站 {inner} 里，不能放报告、台账和审核表", "换一个不随网站发布的目录，如 -o reports"
            )
    if place.is_relative_to((project / "public").resolve()):
        raise OutputError(f"{folder} 在网站的输出目录里，不能放报告、台账和审核表", "换一个目录，如 -o reports")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} 不是文件夹", "换一个目录")


def _is_site(folder: Path) -> bool:
    """Whether gongkai built a site in a folder: its manifest lies there."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and manifest.get("generator") == "gongkai"


def write_files(folder: Path, files: Mapping[str, bytes], *, anew: bool) -> list[Path]:
    """Write all files or none, each put in its place when all are complete; ``anew`` refuses to replace any.

    Raises ``OutputError``, before anything is written where a file exists.
    """
    places = [folder / name for name in files]
    taken = [place for place in places if place.exists() or place.is_symlink()] if anew else []
    if taken:
        raise OutputError(f"{taken[0]} 已经存在，没有改动它", "移走它，或用 -o 另写到一个目录")
    folder.mkdir(parents=True, exist_ok=True)
    parts = {place: place.with_name(f".{place.name}.{os.getpid()}") for place in places}
    old: dict[Path, bytes | None] = {}
    place = folder
    try:
        for place, data in zip(places, files.values(), strict=True):
            parts[place].write_bytes(data)
        for place, part in parts.items():
            before = place.read_bytes() if place.exists() else None
            part.replace(place)
            old[place] = before
    except OSError as error:
        _put_back(old)
        raise OutputError(
            f"{place} 写不了（{reason_of(error)}），原来的报告没有动",
            "检查磁盘空间和权限；文件正用别的程序打开的，先关上",
        ) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return places


def _put_back(old: Mapping[Path, bytes | None]) -> None:
    """Undo what was replaced before one file could not be: reports of two days must not lie side by side."""
    for place, data in old.items():
        with contextlib.suppress(OSError):
            if data is None:
                place.unlink()
            else:
                place.write_bytes(data)
