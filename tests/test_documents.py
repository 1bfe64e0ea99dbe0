"""The documents say what is so: ids, sections, identifiers and links that are written down lead somewhere."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
GENERATOR = ROOT / "generator"
MARKDOWN = sorted(
    [
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    ]
)
_ID = r"[A-Z]{2,5}-[0-9]{2}"
_ID_RANGE = re.compile(rf"\b({_ID})(?: to ({_ID}))?\b", re.ASCII)
_NOT_REQUIREMENTS = {"UTF-16"}
_CONTRACT = re.compile(r"contract,?\s\(?sections?\s([0-9]+)(?:\sand\s([0-9]+))?")
_REQUIREMENTS = re.compile(r"requirements,?\s\(?sections?\s([0-9]+)(?:\sand\s([0-9]+))?")
_LINK = re.compile(r"(?<!\\)\]\(<?([^)\s>]+)>?\)|^\[[^\]]+\]: *(\S+)", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Folders that only one machine has: a home, a drive, a temporary folder, a folder of work at the root.
_MACHINE = re.compile(r"(?<![\w.\]])/(?:home|Users|root|tmp|work|mnt|workspace)/[\w.-]+|\b[A-Z]:\\+Users\\+\w")
_TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".js", ".css", ".html", ".sh", ".json", ".csv", ".mjs", ""}


@cache
def sources() -> dict[str, str]:
    """Return the Python modules of the package: path → text."""
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in GENERATOR.rglob("*.py")}


@cache
def names_in_code() -> frozenset[str]:
    """Return every name that the package gives to something, or reads as a key of a file."""
    names: set[str] = set()
    for text in sources().values():
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name) | ast.Name(id=name):
                    names.add(name)
                case ast.Attribute(attr=name):
                    names.add(name)
                case ast.Constant(value=str() as name) if name.isidentifier():
                    names.add(name)
    return frozenset(names)


def _is_module(dotted: str) -> bool:
    place = GENERATOR.joinpath(*dotted.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def is_in_code(identifier: str) -> bool:
    """Whether an identifier of the glossary exists: a module, a name in a module, or a name."""
    if _is_module(identifier):
        return True
    module, _, name = identifier.rpartition(".")
    if module and _is_module(module):
        place = GENERATOR.joinpath(*module.split("."))
        text = (place / "__init__.py" if place.is_dir() else place.with_suffix(".py")).read_text(encoding="utf-8")
        return re.search(rf"\b{re.escape(name)}\b", text) is not None
    return all(part in names_in_code() for part in identifier.split("."))


def cited(pattern: re.Pattern[str]) -> dict[str, set[str]]:
    """Return the sections that the code cites by one pattern, each with the modules that do."""
    found: dict[str, set[str]] = {}
    for path, text in sources().items():
        for match in pattern.finditer(text):
            for number in filter(None, match.groups()):
                found.setdefault(number, set()).add(path)
    return found


def anchors_of(path: Path) -> set[str]:
    """Return the anchors of a Markdown file as GitHub makes them of its headings."""
    anchors: set[str] = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *#*$", _FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = base = re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-")
        number = 0
        while anchor in anchors:
            number += 1
            anchor = f"{base}-{number}"
        anchors.add(anchor)
    return anchors


def headings_of(name: str) -> set[str]:
    """Return the numbers of the sections of a document."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return set(re.findall(r"^## (?:Section )?([0-9]+)[.:]", text, re.MULTILINE))


def test_every_requirement_that_code_cites_has_a_row() -> None:
    """Each requirement id in the code, with all of a range, is a row of docs/requirements.md."""
    rows = set(
        re.findall(rf"^\| ({_ID}) \|", (ROOT / "docs/requirements.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    missing: dict[str, set[str]] = {}
    for path, text in sources().items():
        for first, last in _ID_RANGE.findall(text):
            if first in _NOT_REQUIREMENTS:
                continue
            family, _, start = first.partition("-")
            end = last.partition("-")[2] or start
            assert not last or last.startswith(f"{family}-"), (path, first, last)
            for number in range(int(start), int(end) + 1):
                if f"{family}-{number:02d}" not in rows:
                    missing.setdefault(f"{family}-{number:02d}", set()).add(path)
    assert missing == {}


@pytest.mark.parametrize(("name", "pattern"), [("contract.md", _CONTRACT), ("requirements.md", _REQUIREMENTS)])
def test_every_section_that_code_cites_exists(name: str, pattern: re.Pattern[str]) -> None:
    """A section that the code cites is a heading of the document with its number."""
    sections = cited(pattern)
    assert sections, "the code cites none: the pattern no longer fits"
    assert {number: paths for number, paths in sections.items() if number not in headings_of(name)} == {}


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    """What the glossary's last column names exists under generator/."""
    missing = []
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\|(.+)\|$", text, re.MULTILINE):
        cells = row.split("|")
        assert len(cells) == 3, row
        if "`" not in cells[2]:
            assert "identifier" in cells[2] or set(cells[2]) <= {"-"}, f"no identifier: {row}"
            continue
        missing += [name for name in re.findall(r"`([^`]+)`", cells[2]) if not is_in_code(name)]
    assert not missing


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_somewhere(path: Path) -> None:
    """Each relative link leads to a file of the repository, and its anchor to a heading there."""
    dead = []
    text = _CODE.sub("``", _FENCE.sub("", path.read_text(encoding="utf-8")))
    for match in _LINK.finditer(text):
        target = unquote(match[1] or match[2])
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        aim = (path.parent / place).resolve() if place else path
        if not (aim.exists() and aim.is_relative_to(ROOT)) or (
            anchor and aim.suffix == ".md" and anchor not in anchors_of(aim)
        ):
            dead.append(target)
    assert dead == []


def test_no_file_names_a_folder_of_a_machine() -> None:
    """No file of the repository names a home, a temporary folder or a folder of somebody's work."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git repository")
    named = []
    for name in listed.stdout.decode().split("\0"):
        place = ROOT / name
        if not name or name == "tests/test_documents.py" or place.suffix not in _TEXT or not place.is_file():
            continue
        found = _MACHINE.search(place.read_bytes().decode("utf-8", "replace"))
        if found:
            named.append(f"{name}: {found[0]}")
    assert named == []
