"""The cache: nothing is taken from it that this user has not put there, and whatever is damaged is made again."""

import datetime as dt
import importlib
import marshal
import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.project import Project

from generator.domain.model import Block, BlockKind, Field, Page, Reference, Text
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import Kind
from generator.support import seal as seal_module
from generator.support.cache import Cache, Entry
from generator.support.database import check_private
from generator.support.seal import NotReadableError, dump, load, seal, unseal

Tree = Callable[[Path], dict[str, bytes]]
TEXT = Text((Block(BlockKind.PARAGRAPH, "", "<p>甲</p>", "甲", 1),))
PAGE = Page("content/notices/n1.md", "k1", Kind.NOTICE, "n1", {"interprets": Field((Reference("p1"),), 3)})


@pytest.fixture
def site(project: Project) -> Project:
    """Return a site of a policy and its interpretation that was built once."""
    project.policy()
    project.interpretation()
    project.build()
    return project


def cache_of(project: Project) -> Path:
    """Return the file of a project's cache."""
    (place,) = project.cache.rglob("cache.db")
    return place


def changed(project: Project, statement: str, *values: object) -> None:
    """Change a project's cache behind the program's back."""
    database = sqlite3.connect(cache_of(project))
    with database:
        assert database.execute(statement, values).rowcount
    database.close()


class _Planted:
    """What runs when it is unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.write_text, (self.place, "ran")


def test_planted_code_in_the_cache_never_runs(site: Project, tmp_path: Path, tree: Tree) -> None:
    """A pickle that somebody put into any table of the cache is not loaded; the site is what it was."""
    good = tree(site.folder / "public")
    planted = pickle.dumps(_Planted(tmp_path / "ran"))
    for statement in ("UPDATE pages SET page = ?", "UPDATE states SET value = ? WHERE name != 'owner'"):
        changed(site, statement, planted)
    site.policy(title="新的标题")
    site.build()
    site.policy()
    assert tree(site.build()) == good
    assert not (tmp_path / "ran").exists()


def test_a_value_under_the_right_sum_is_still_only_a_value(tmp_path: Path) -> None:
    """Even with the user's own sum, what is loaded is a fact of this program and never a function."""
    with pytest.raises(NotReadableError):
        load(pickle.dumps(_Planted(tmp_path / "ran")))
    for planted in (os.system, subprocess.run, print, Path, eval, dt.timedelta, sqlite3.connect, marshal.loads):
        with pytest.raises(NotReadableError):
            load(pickle.dumps(planted))
    assert not (tmp_path / "ran").exists()


def test_a_planted_template_never_runs(site: Project, tmp_path: Path, tree: Tree) -> None:
    """Compiled templates that somebody else put into the cache are compiled again."""
    good = tree(site.folder / "public")
    code = compile(f"open({str(tmp_path / 'ran')!r}, 'w').close()", "x", "exec")
    compiled = list(cache_of(site).parent.glob("templates/*"))
    assert compiled
    for place in compiled:
        place.write_bytes(place.read_bytes()[:60] + marshal.dumps(code))
    cache_of(site).unlink()
    assert tree(site.build()) == good
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("kept_size", [True, False])
def test_a_changed_text_in_the_cache_is_never_published(site: Project, tree: Tree, *, kept_size: bool) -> None:
    """A text that was changed in the cache is made again from its source, and one line says so."""
    good = tree(site.folder / "public")
    old = "X'" + (b"\0" * 16 + "<p>假的正文</p>".encode()).hex() + "'"
    new = "CAST(replace(CAST(blocks AS TEXT), '补贴', '假贴') AS BLOB)" if kept_size else old
    changed(site, f"UPDATE texts SET blocks = {new}")  # noqa: S608 - one of the two above
    site.write("themes/default/locale.yaml", "site:\n  skip: 跳过\n")  # every page is rendered again
    ran = site.run("build", "--no-search")
    assert ran.status == 0, ran.err
    assert ran.err.count("损坏") in {1, 2}
    (site.folder / "themes/default/locale.yaml").unlink()
    assert tree(site.build()) == good


@given(where=st.integers(0, 10_000), flip=st.integers(1, 255), data=st.binary(min_size=1, max_size=200))
def test_a_flipped_byte_is_noticed(where: int, flip: int, data: bytes) -> None:
    """Whichever byte of a record changes, it is not opened; nor is it at another place."""
    sealed = bytearray(seal("pages:a", data))
    assert unseal("pages:a", bytes(sealed)) == data
    with pytest.raises(NotReadableError):
        unseal("pages:b", bytes(sealed))
    sealed[where % len(sealed)] ^= flip
    with pytest.raises(NotReadableError):
        unseal("pages:a", bytes(sealed))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    """Bytes that are no value are refused as such, whatever they are."""
    try:
        load(data)
    except NotReadableError:
        return


@pytest.mark.parametrize(("module", "name"), sorted(seal_module._OTHER_CLASSES))
def test_every_class_that_may_be_read_exists(module: str, name: str) -> None:
    """A class that moves or is renamed is so in the list too: else nothing that was stored can be read again."""
    found = getattr(import_module(module), name)
    assert isinstance(found, type)
    assert (found.__module__, found.__qualname__) == (module, name)


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    """Pages with all kinds of values come back as they were stored; a record moved to another key does not."""
    value = Field(dt.datetime(2024, 5, 6, 14, 30), 4)  # noqa: DTZ001 - as fields hold it
    page = PAGE._replace(fields={**PAGE.fields, "date_published": value}, anchors=frozenset({"a"}))
    assert load(dump(page)) == page
    with Cache(tmp_path / "c" / "cache.db") as cache:
        cache.put([Entry("k1", page, TEXT), Entry("k2", PAGE, Text())])
        assert cache.pages(["k1"]) == {"k1": page}
        assert cache.text("k1") == TEXT
        with cache._writing() as database:
            database.execute("UPDATE pages SET page = (SELECT page FROM pages WHERE key = 'k1') WHERE key = 'k2'")
        assert cache.pages(["k1", "k2"]) == {"k1": page}


@pytest.mark.parametrize(
    "damage", ["noise", "half", "folder", "table", "link", "key", "fifo", "column", "emptied", "deleted"]
)
def test_a_cache_that_cannot_be_read_is_made_again(
    site: Project, tree: Tree, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that is damaged in any way is made again with one line about it, and the site is the same."""
    good = tree(site.folder / "public")
    place = cache_of(site)
    for beside in place.parent.glob("cache.db-*"):
        beside.unlink()
    if damage == "noise":
        place.write_bytes(bytes(range(256)) * 800)
    elif damage == "half":
        place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    elif damage == "key":
        monkeypatch.setenv("XDG_DATA_HOME", str(site.cache / "other"))
    elif damage in {"table", "column"}:
        database = sqlite3.connect(place)
        database.execute("DROP TABLE texts" if damage == "table" else "ALTER TABLE pages RENAME COLUMN page TO p")
        database.close()
    elif damage == "emptied":
        place.write_bytes(b"")
    else:
        place.unlink()
        if damage == "folder":
            (place / "x").mkdir(parents=True)
        elif damage == "link":
            place.symlink_to(site.folder / "site_config.yaml")
        elif damage == "fifo":
            os.mkfifo(place)
    site.write("themes/default/locale.yaml", "site:\n  skip: 跳过\n")
    ran = site.run("build", "--no-search")
    assert ran.status == 0, ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("已重新生成") == (damage not in {"emptied", "deleted"})
    (site.folder / "themes/default/locale.yaml").unlink()
    assert tree(site.build()) == good


@pytest.mark.skipif(not hasattr(os, "chown"), reason="needs POSIX accounts")
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o707, 0o1777])
def test_a_cache_folder_that_others_can_write_is_refused(site: Project, mode: int) -> None:
    """A cache folder that others can write is not read; the message names it and says what to do."""
    folder = cache_of(site).parent
    folder.chmod(mode)
    for command in ("build", "check"):
        ran = site.run(command)
        assert ran.status == 2
        assert f"缓存目录 {folder} 别的帐号也能写" in ran.err
        assert "改法" in ran.err
    folder.chmod(0o700)
    assert site.run("build", "--no-search").status == 0


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX accounts")
def test_a_cache_folder_of_another_account_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder of another account is refused, as is a link that lies in its place, and an open one above it."""
    folder = tmp_path / "gongkai" / "x"
    folder.mkdir(parents=True, mode=0o700)
    check_private(folder)
    (tmp_path / "gongkai" / "link").symlink_to(folder)
    with pytest.raises(GongkaiError, match="不是文件夹"):
        check_private(tmp_path / "gongkai" / "link")
    folder.parent.chmod(0o777)
    with pytest.raises(GongkaiError, match="别的帐号"):
        check_private(folder)
    folder.parent.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(GongkaiError, match="属于别的帐号"):
        check_private(folder)


def test_the_key_is_the_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key lies outside the cache, for its user alone; one that others could read or write is made again."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    key_of = seal_module._key

    def key() -> bytes:
        key_of.cache_clear()
        return key_of()

    try:
        first = key()
        (place,) = (path for path in tmp_path.rglob("*") if path.is_file())
        assert place.stat().st_mode & 0o777 == 0o600
        assert key() == first
        place.chmod(0o644)
        second = key()
        assert second != first
        place.write_bytes(b"short")
        assert key() not in {first, second}
        place.unlink()
        place.symlink_to(tmp_path / "elsewhere")
        (tmp_path / "elsewhere").write_bytes(first)
        assert key() != first
    finally:
        key_of.cache_clear()


def test_many_processes_may_make_the_cache_at_once(tmp_path: Path) -> None:
    """Processes that make the cache at the same time all find it whole, and nothing that one stored is lost."""
    script = (
        "import sys; from pathlib import Path; from generator.support.cache import Cache\n"
        "with Cache(Path(sys.argv[1])) as cache: cache.set_state(sys.argv[2], sys.argv[2])\n"
    )
    place = tmp_path / "c" / "cache.db"
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(place), str(number)], stderr=subprocess.PIPE)
        for number in range(12)
    ]
    said = [one.communicate(timeout=120)[1].decode() for one in started]
    assert [one.returncode for one in started] == [0] * 12, said
    assert set(said) == {""}
    with Cache(place) as cache:
        assert [cache.state(str(number)) for number in range(12)] == [str(number) for number in range(12)]


def test_a_cache_in_use_for_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that another program holds is left as it is, and a person is told that it is in use."""
    monkeypatch.setattr("generator.support.database._WAIT_SECONDS", 0.1)
    place = tmp_path / "c" / "cache.db"
    Cache(place).close()
    other = sqlite3.connect(place)
    other.execute("BEGIN EXCLUSIVE")
    with Cache(place) as cache, pytest.raises(GongkaiError, match="正被另一个 gongkai 使用"):
        cache.set_state("a", 1)
    other.close()
    assert place.is_file()


def test_a_changed_search_index_is_made_again(site: Project, tree: Tree) -> None:
    """A segment of the search index that was changed in the cache does not come into a site."""
    assert site.run("build").status == 0
    good = tree(site.folder / "public")
    segments = list(cache_of(site).parent.glob("search/*"))
    assert segments
    for place in segments:
        place.write_bytes(b"planted")
    ran = site.run("build", "-o", "other")
    assert ran.status == 0, ran.err
    assert tree(site.folder / "other") == good


@pytest.mark.parametrize(("module", "name"), sorted(seal_module._OTHER_CLASSES))
def test_every_class_of_facts_exists(module: str, name: str) -> None:
    """What a stored value may be of is a class of that name: after a renaming nothing could be read any more."""
    assert isinstance(getattr(importlib.import_module(module), name), type)
