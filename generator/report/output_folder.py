"""The folder of reports: not in the site, its sources or its repository (requirements ATTR-08)."""

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.domain.problems import OutputError, reason_of

_PROJECT_FOLDERS = ("content", "themes", ".git")


def check_folder(folder: Path, project: Path) -> None:
    """Check that reports may be written to a folder.

    Raises ``OutputError`` for a folder from which a report could be published, or where it would be a source.
    """
    place = folder.resolve()
    for name in _PROJECT_FOLDERS:
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
    """Whether a folder has the manifest of a site that gongkai built."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and manifest.get("generator") == "gongkai"


def write_files(
    folder: Path, files: Mapping[str, bytes], *, must_be_new: bool, patterns: Sequence[str] = ()
) -> list[Path]:
    """Write all files or none, and return their paths; they replace older ones when all are complete.

    Files of the folder that match one of ``patterns`` and are not among these are of an earlier run and are removed.
    Raises ``OutputError`` where a file cannot be written, and with ``must_be_new`` also where one exists already.
    """
    places = [folder / name for name in files]
    existing = [place for place in places if place.exists() or place.is_symlink()] if must_be_new else []
    if existing:
        raise OutputError(f"{existing[0]} 已经存在，没有改动它", "移走它，或用 -o 另写到一个目录")
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
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    left_overs = {place for pattern in patterns for place in folder.glob(pattern)} - set(places)
    for left_over in left_overs:
        with contextlib.suppress(OSError):  # it is only old
            left_over.unlink()
    return places


def _put_back(old: Mapping[Path, bytes | None]) -> None:
    """Restore the files that were replaced before an error, so that reports of two days are never mixed."""
    for place, data in old.items():
        with contextlib.suppress(OSError):
            if data is None:
                place.unlink()
            else:
                place.write_bytes(data)
