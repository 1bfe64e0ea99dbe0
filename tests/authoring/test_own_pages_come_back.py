"""``gongkai import`` of a site that gongkai itself built: the same fields and the same words as its sources."""

import html
import re
import unicodedata
from pathlib import Path

import pytest
from support.project import Project

from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Attachment, Page, Reference
from generator.domain.vocabulary import Disclosure
from generator.source.load import parse_page

ROOT = Path(__file__).parents[2]
FIELDS = (
    "title", "subtitle", "caption", "disclosure", "date_published", "date_written", "date_printed", "date_effective",
    "expires_on", "index_no", "doc_number", "issuer", "theme", "genre", "doc_type", "responsible_unit", "keywords",
    "summary", "form", "interpreter", "opens_on", "closes_on", "event_at", "responded_at", "event_level",
)  # fmt: skip
RELATIONS = ("interprets", "repeals", "amends", "replaces", "suspends", "renews", "responds_to")


def read(content: Path) -> dict[str, tuple[Page, str]]:
    """Return page and words of the text of every source file, by title."""
    pages = {}
    for place in sorted(content.rglob("*.md")):
        text = place.read_text()
        page = parse_page(f"content/{place.relative_to(content).as_posix()}", "", text.encode()).page
        title = page.fields.get("title")
        pages[str(title.value) if title else ""] = (page, letters(text.split("\n---\n", 1)[1]))
    return pages


def letters(markdown: str) -> str:
    """Return the letters of a text, without markup and notes' marks."""
    bare = re.sub(r"\]\([^()\s]*\)|<[^<>]*>|\\|\{[:#][^}]*\}|\[\^\d+\]:?", " ", markdown)
    return "".join(char for char in unicodedata.normalize("NFKC", html.unescape(bare)) if char.isalnum())


def ids_of(page: Page, key: str, numbers: dict[str, str]) -> list[tuple[str, str]]:
    """Return the titles and clauses that a relation of a page names; parts of a document are the document."""
    value = page.fields[key].value if key in page.fields else ()
    references = [one for one in value if isinstance(one, Reference)] if isinstance(value, tuple) else []
    named = [(numbers.get(one.text, numbers.get(doc_number_key(one.text), one.text)), one.clause) for one in references]
    return sorted({(title, clause if clause.startswith("第") else "") for title, clause in named})


def names(pages: dict[str, tuple[Page, str]]) -> dict[str, str]:
    """Return the title of each page by its id, its 索引号 and its 文号."""
    by_name: dict[str, str] = {}
    for title, (page, _) in pages.items():
        by_name[page.id] = title
        for key in ("doc_number", "index_no"):
            if key in page.fields:
                value = str(page.fields[key].value)
                by_name |= {value: title, doc_number_key(value): title}
    return by_name


@pytest.mark.slow
def test_a_built_site_comes_back(project: Project, demo: Path) -> None:
    """Every public document of the demo site comes back: kind, fields, relations, files and every word of its text."""
    config = (ROOT / "site_config.yaml").read_text().split("limits:")[0]
    project.write("site_config.yaml", config)
    ran = project.run("import", str(demo))
    assert ran.status == 1, ran.err
    assert "原网页里的这些文字" not in ran.err
    sources, copies = read(ROOT / "content"), read(project.folder / "content")
    public = {title: one for title, one in sources.items() if is_public(one[0])}
    assert set(copies) == set(public)
    source_names, copy_names = names(sources), names(copies)
    for title, (page, words) in public.items():
        copy, copied_words = copies[title]
        assert copy.kind is page.kind
        assert copied_words == words, title
        for key in FIELDS:
            if key in page.fields and page.fields[key].value not in ("none", (title,)):
                value = copy.fields[key].value if key in copy.fields else None
                assert (title, key, value) == (title, key, page.fields[key].value)
        for key in RELATIONS:
            if key == "repeals" and "cleanup" in page.fields:
                continue  # a clean-up says it in a field of its own
            assert ids_of(copy, key, copy_names) == ids_of(page, key, source_names), (title, key)
        given = page.fields["attachments"].value if "attachments" in page.fields else ()
        files = copy.fields["attachments"].value if "attachments" in copy.fields else ()
        assert isinstance(given, tuple)
        assert isinstance(files, tuple)
        assert len(files) >= sum(
            isinstance(one, Attachment) and one.disclosure is Disclosure.PROACTIVE for one in given
        )
    ran = project.run("import", str(demo))
    assert (ran.status, ran.out) == (2, ""), "a second run imports nothing"


def is_public(page: Page) -> bool:
    """Whether a page of the demo site is in its output."""
    disclosure = page.fields.get("disclosure")
    is_kept_back = page.draft or "withdrawn" in page.fields
    return disclosure is not None and disclosure.value == "proactive" and not is_kept_back
