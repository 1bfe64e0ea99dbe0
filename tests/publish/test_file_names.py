"""Files with unusual names: a link as a writer types it leads to the file, and ``verify`` finds nothing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.built_site import made
from support.project import CONFIG, Project

from generator.domain.filenames import name_trap, same_name_key
from generator.graph.addresses import is_local_path
from generator.verify.run import verify

_SIGNS = "#%&+'；;=@!$,~()[]{}^ -_.附件甲1aA—“”（）【】"
_NAMES = (
    st.text(_SIGNS, min_size=1, max_size=12)
    .map(lambda stem: f"{stem}.csv")
    .filter(lambda name: name_trap(name) is None and not name.startswith((".", "~$", "-", "#", "_")))
)


@contextmanager
def new_project() -> Iterator[Project]:
    with TemporaryDirectory() as folder:
        yield Project(Path(folder) / "site", Path(folder) / "cache")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("附件#1.csv", "附件#1.csv"),
        ("附件#1.csv", "附件%231.csv"),
        ("附件 1.csv", "附件%201.csv"),
        ("附件 1.csv", "附件 1.csv"),
        ("附件 1.csv", "<附件 1.csv>"),
        ("附件%201.csv", "附件%201.csv"),
        ("附件%201.csv", "附件%25201.csv"),
        ("100%.csv", "100%.csv"),
        ("a&b+c=d.csv", "a&b+c=d.csv"),
        ("甲'乙'.csv", "甲'乙'.csv"),
        ("表（一）(2).csv", "表（一）(2).csv"),
        ("附件 1.csv", "附件%201.csv#page=3"),
        ("甲;乙,丙=丁@.csv", "甲;乙,丙=丁@.csv"),
        ("a%2Fb.csv", "a%2Fb.csv"),
        ("a&copy.csv", "a&copy.csv"),
    ],
)
def test_a_link_leads_to_the_file_that_has_the_name(project: Project, name: str, typed: str) -> None:
    """``#`` and ``%`` in a link are signs of the name where such a file exists."""
    project.write("site_config.yaml", CONFIG)
    project.write(f"content/policies/{name}", "甲,乙\n")
    project.policy("p1", f"第一条　见[表]({typed})。\n")
    site = made(project)
    assert f'href="{quote(name)}"' in (site / "policies/p1/index.html").read_text(encoding="utf-8").replace(
        "../../policies/p1/", ""
    )
    assert (site / "policies/p1" / name).is_file()
    assert not verify(site).faults


def test_an_attachment_and_a_link_with_the_same_spelling_lead_to_their_own_files(project: Project) -> None:
    """An attachment is found by its name as written, also where a link of that spelling would be an escape."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/附件 1.csv", "甲,乙\n")
    project.policy("p1", "第一条　见[表](附件%201.csv)。\n", attachments="[{title: 表, file: 附件%201.csv}]")
    site = made(project)
    assert (site / "policies/p1/附件 1.csv").is_file()
    assert not verify(site).faults


@settings(max_examples=15, deadline=None)
@given(st.lists(_NAMES, min_size=1, max_size=4, unique_by=same_name_key))
def test_verify_finds_nothing_in_a_site_with_unusual_file_names(names: list[str]) -> None:
    """Every build of the program itself is free of faults, whatever its files are called."""
    with new_project() as project:
        project.write("site_config.yaml", CONFIG)
        for name in names:
            project.write(f"content/policies/{name}", f"{names.index(name)},乙\n")
        attachments = ", ".join(f"{{title: 表, file: {_quoted(name)}}}" for name in names)
        body = "".join(f"见[表](<{quote(name)}>)。\n\n" for name in names)
        project.policy("p1", body, attachments=f"[{attachments}]")
        site = made(project)
        assert not verify(site).faults
        published = {path.name for path in (site / "policies/p1").glob("*.csv")}
        assert published == set(names)
        shutil.rmtree(site)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


@pytest.mark.parametrize(
    "address",
    [
        r"C:\a.doc",
        "c:a.doc",
        "D:/共享/a.doc",
        "file:///C:/a.doc",
        "FILE://server/a.doc",
        r"\\server\share\a.doc",
        "//fileserver/share/a.doc",
        "//192.168.1.5/share/a.doc",
        "/media/share/a.doc",
        "/opt/a.doc",
        "~/a.doc",
        r"%USERPROFILE%\a.doc",
        "smb://server/a.doc",
        "C%3A/a.doc",
    ],
)
def test_a_path_on_a_computer_is_local(address: str) -> None:
    """Drives, shares, ``file:`` and home folders are recognised, however they are written."""
    assert is_local_path(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gov.cn/a.doc",
        "//www.gov.cn/a.doc",
        "files/a.doc",
        "../a.doc",
        "/policies/p1.md",
        "mailto:a@b.cn",
        "http://1.2.3.4/",
        "http://192.168.1.5/a.doc",
        "https://oa/a.doc",
    ],
)
def test_an_address_of_the_web_or_the_site_is_not_local(address: str) -> None:
    """Addresses of the web, of the site and of mail are no local paths."""
    assert not is_local_path(address)
