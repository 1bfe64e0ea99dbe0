"""Packs of folders: what comes back from another machine is files, and the files that were put into the store."""

import io
import tarfile
from pathlib import Path

import pytest

from generator.domain.problems import GongkaiError, OutputError
from generator.fleet.packing import pack_folder, unpack_folder
from generator.fleet.storage import Storage


def test_a_folder_comes_back_as_it_was(tmp_path: Path) -> None:
    """Names in Chinese, empty folders and contents survive; the same folder gives the same bytes."""
    (tmp_path / "site/公开/empty").mkdir(parents=True)
    (tmp_path / "site/公开/a b.html").write_bytes(b"x")
    for name in ("one", "two"):
        pack_folder(tmp_path / "site", tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    unpack_folder(tmp_path / "one", tmp_path / "back")
    assert (tmp_path / "back/公开/a b.html").read_bytes() == b"x"
    assert (tmp_path / "back/公开/empty").is_dir()


@pytest.mark.parametrize(
    ("name", "kind", "target"),
    [
        ("a", tarfile.SYMTYPE, "/etc/hostname"),
        ("a", tarfile.SYMTYPE, "b"),
        ("a", tarfile.LNKTYPE, "b"),
        ("a", tarfile.FIFOTYPE, ""),
        ("../a", tarfile.REGTYPE, ""),
    ],
)
def test_a_pack_with_anything_but_files_is_refused(tmp_path: Path, name: str, kind: bytes, target: str) -> None:
    """Links, pipes and names that lead out of the folder never become part of a published site."""
    with tarfile.open(tmp_path / "pack", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("b"), io.BytesIO())
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, target
        archive.addfile(entry)
    with pytest.raises(OutputError):
        unpack_folder(tmp_path / "pack", tmp_path / "back")
    assert not (tmp_path / "a").exists()


def test_a_file_that_was_changed_in_the_store_is_refused(tmp_path: Path) -> None:
    """What is taken back must be the bytes that were put there."""
    (tmp_path / "pack").write_bytes(b"x")
    storage = Storage(f"file://{tmp_path}/store", "owner", "run")
    stored = storage.put(tmp_path / "pack", "sources/a.tar.gz")
    storage.get(stored, tmp_path / "back")
    (tmp_path / "store" / storage.folder / stored.name).write_bytes(b"y")
    with pytest.raises(GongkaiError, match="不一样"):
        storage.get(stored, tmp_path / "back")
