"""Names of files, folders, ids and columns that are not the same file on every system."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.project import CONFIG, Project
from support.stages import archive_of, messages, notice_text, page_of

from generator.domain.filenames import name_trap, same_name_key
from generator.graph.gate import open_gate

RESERVED = [
    "con",
    "NUL.pdf",
    "prn.tar.gz",
    "aux",
    "Com1.docx",
    "lpt9",
    "COM¹",
    "nul .txt",
    "con.",
    "CONIN$",
    "clock.con:x",
]
BAD = [
    *RESERVED,
    "附件.",
    "附件 ",
    " 附件.pdf",
    "a<b.pdf",
    "a>b",
    "表:1.xlsx",
    'a"b',
    "a|b",
    "a?.pdf",
    "a*b.pdf",
    "a\\b.pdf",
    "a\x07",
    unicodedata.normalize("NFD", "résumé.pdf"),
    unicodedata.normalize("NFD", "パンフ.pdf"),
    "附" * 84 + ".pdf",
]
GOOD = [
    "附件1：名单（2024年）.pdf",
    "console.pdf",
    "com10",
    "nulls.txt",
    "lpt",
    "résumé.pdf",
    "a.b-c_d",
    "附" * 80,
    "ＣＯＮ.pdf",
]


@pytest.mark.parametrize("name", BAD, ids=ascii)
def test_a_name_that_not_all_systems_take_is_known(name: str) -> None:
    """Devices of Windows with any ending, its forbidden characters, ends that it drops, NFD, and what is too long."""
    assert name_trap(name)


@pytest.mark.parametrize("name", GOOD, ids=ascii)
def test_an_ordinary_name_is_fine(name: str) -> None:
    """Chinese names with full-width marks and words that only begin as a device are fine."""
    assert name_trap(name) is None


@given(st.text(max_size=300))
def test_any_name_is_judged(name: str) -> None:
    """Whatever a name holds, it is judged; one key serves all spellings that a disk may take for one."""
    name_trap(name)
    assert same_name_key(name) == same_name_key(unicodedata.normalize("NFD", name)) or not name.isprintable()


@pytest.mark.parametrize("name", ["nul.pdf", "a?.pdf", "表.pdf ", unicodedata.normalize("NFD", "é.pdf")], ids=ascii)
def test_a_file_with_such_a_name_is_f003(project: Project, name: str) -> None:
    """An attachment, and a file that nothing uses, are F003 at their path with the name to use instead."""
    project.policy("p1")
    project.write(f"content/policies/{name}", "x")
    (found,) = [finding for finding in project.check().findings if finding["rule"] == "F003"]
    assert found["path"] == f"content/policies/{name}"
    assert found["blocking"]
    assert found["hint"]


@pytest.mark.parametrize("folder", ["aux", "con.d", "a.", unicodedata.normalize("NFD", "é")], ids=ascii)
def test_a_folder_with_such_a_name_is_f003(project: Project, folder: str) -> None:
    """A folder counts as a file does."""
    project.policy("p1")
    project.write(f"content/policies/{folder}/a.csv", "x")
    found = [(one["rule"], one["path"]) for one in project.check().findings]
    assert ("F003", f"content/policies/{folder}") in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.pdf", "a.pdf"),
        ("É.pdf", "é.pdf"),
        ("é.pdf", unicodedata.normalize("NFD", "é.pdf")),
        ("Files/x.pdf", "files/y.pdf"),
        ("ß.pdf", "ss.pdf"),
        ("files", "FILES/y.pdf"),
    ],
    ids=ascii,
)
def test_names_that_are_one_elsewhere_are_f003(project: Project, one: str, other: str) -> None:
    """Two names in one folder that differ in case or encoding alone would overwrite each other on another computer."""
    project.policy("p1")
    project.write(f"content/policies/{one}", "x")
    project.write(f"content/policies/{other}", "y")
    assert "F003" in project.check().rules


@pytest.mark.parametrize("name", ["con", "NUL", "aux.2024", "com1", "p1."])
def test_an_id_with_such_a_name_is_f003(name: str) -> None:
    """An id is a folder of the site: written or taken from the file's name."""
    assert messages(page_of(notice_text(id=name)), "F003")
    assert messages(page_of(notice_text(), f"content/notices/{name}.md"), "F003")


@pytest.mark.parametrize("folder", ["con", "a/NUL", "Policies", "API"])
def test_a_column_with_such_a_folder_is_refused(project: Project, folder: str) -> None:
    """A column's folder that is a device, or another's but for its case, ends with 2 at its place."""
    project.write("site_config.yaml", CONFIG + f"columns:\n  - {{id: own, title: 自定, folder: {folder}}}\n")
    project.policy("p1")
    ran = project.run("check")
    assert ran.status == 2
    assert folder in ran.err


def test_files_of_one_name_each_have_their_own_address() -> None:
    """Attachments from several folders with one name, or one but for case, are numbered, a thousand of them at once."""
    names = [f"f{number}/{'A' if number % 2 else 'a'}.pdf" for number in range(1_000)] + ["g/a-2.pdf"]
    rows = ", ".join(f"{{title: 附件{number}, file: ../{name}}}" for number, name in enumerate(names))
    site = open_gate(archive_of({"notices/n1.md": notice_text(attachments=f"[{rows}]")}, files=names))
    assert len({path.casefold() for path in site.files}) == len(names)
    assert "notices/n1/a-2.pdf" in {path.casefold() for path in site.files}
