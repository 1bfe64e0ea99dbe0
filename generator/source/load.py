"""Parse one file under ``content/`` into a page: every mistake in it becomes a problem of its page."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.domain.conflict_marks import conflict_problem
from generator.domain.model import (
    NOTHING_STATED,
    Link,
    LinkRole,
    Page,
    Part,
    PartLocation,
    PrintedDisclosure,
    ReportTable,
    StatedFields,
    Text,
    UndeclaredPart,
)
from generator.domain.printed_disclosure import find_disclosure_notes
from generator.domain.problems import Problem
from generator.domain.scaffold_words import scaffold_problems
from generator.domain.tasks import task_columns
from generator.domain.vocabulary import INFORMATION_KINDS, Kind, label_of
from generator.source.attachments.screening import page_matches
from generator.source.drafts import guessed_text, is_draft
from generator.source.facts.announced_attachments import find_announced_attachments
from generator.source.facts.annual_tables import find_report_rows, find_report_tables
from generator.source.facts.citations import find_citations, find_titles
from generator.source.facts.clause_edits import find_clause_edits
from generator.source.facts.clause_sections import clauses_of, find_clause_interpretations
from generator.source.facts.stated_amendments import find_stated_amendments
from generator.source.facts.stated_fields import find_stated_fields
from generator.source.facts.stated_limits import find_stated_limits
from generator.source.facts.text_facts import find_text_facts
from generator.source.front_matter.read import FrontMatter, decode, read_front_matter
from generator.source.front_matter.values import is_id
from generator.source.scan import key_of
from generator.source.text.costly import costly_markup_problems
from generator.source.text.lines import Lines
from generator.source.text.markup import Markup, convert
from generator.source.text.unseen import has_unseen, invisible_character_problems
from generator.support.cache import Entry, digest

_WITH_TASKS = frozenset({Kind.POLICY, Kind.NOTICE})
_OPENING = 160
_NAMES_SOMEBODY = re.compile(r"(?:mailto|tel):\s*\S")
_LONG = 100  # readers compare a length with 20 and 100: more would tell texts apart for nothing


def parse_file(project: Path, path: str) -> Entry:
    """Read and parse one file, under the key of what is read now: it may have changed since it was scanned."""
    data = (project / path).read_bytes()
    return parse_page(path, key_of(path, digest(data)), data)


def parse_page(path: str, key: str, data: bytes) -> Entry:
    """Parse one file; every mistake in it becomes a problem of its page, nothing is raised."""
    text = decode(data)
    if isinstance(text, Problem):
        return _unreadable(path, key, (text,), draft=is_draft(path, {}, guessed_text(data)))
    front = read_front_matter(text)
    draft = is_draft(path, front.fields, text)
    conflict = conflict_problem(text)
    if conflict and (conflict.line < front.body_line or not front.fields):
        return _unreadable(path, key, (conflict,), draft=draft)
    if not front.fields and any(problem.rule == "F008" for problem in front.problems):
        return _unreadable(path, key, front.problems, draft=draft)
    problems = [*front.problems, *([conflict] if conflict else ())]
    if "draft" in front.empty_keys and not draft:
        message = f"“{label_of('draft')}”没有写值，看不出是不是草稿"
        line = front.empty_keys["draft"]
        problems.append(Problem("F003", message, "是草稿的写 是（true），写完了的删去这一行", line, "draft"))
    kind = _kind(path, front, problems)
    page_id = _id(path, front, problems)
    trap = costly_markup_problems(front.body, front.body_line)
    unseen = has_unseen(front.body)
    try:
        markup = None if trap else convert(front.body, front.body_line, may_hold_signs=unseen)
    except RecursionError:
        trap = Problem("F008", "正文的列表或引用嵌套太深", "减少缩进和 > 的层数", front.body_line)
    if markup is None or trap:
        return _unreadable(path, key, (trap,) if trap else (), draft=draft)
    problems += markup.problems
    problems += invisible_character_problems(front, markup, typed=unseen)
    problems += scaffold_problems(
        str(front.fields["title"].value) if "title" in front.fields else "",
        front.fields["title"].line if "title" in front.fields else 1,
        front.body,
        front.body_line,
    )
    declared = front.fields.get("parts")
    placed: tuple[PartLocation, ...] = ()
    if declared and isinstance(declared.value, tuple):
        from generator.source.facts.part_places import locate_parts

        placed, missing = locate_parts([part for part in declared.value if isinstance(part, Part)], markup)
        problems += missing
    carried: tuple[UndeclaredPart, ...] = ()
    title = front.fields.get("title")
    if kind is Kind.POLICY and declared is None and title and "印发" in str(title.value):
        from generator.source.facts.undeclared_parts import find_undeclared_parts

        carried = tuple(find_undeclared_parts(str(title.value), front.body, front.body_line))
    lines = Lines(front.body, front.body_line)
    titles = find_titles(markup.blocks)
    page = Page(
        path=path,
        body=key,
        kind=kind,
        id=page_id,
        fields=front.fields,
        empty_keys=front.empty_keys,
        problems=tuple(problems),
        outline=markup.outline,
        anchors=markup.anchors,
        links=tuple(_links(markup)),
        citations=tuple(find_citations(markup.blocks)),
        quoted_titles=tuple(titles),
        title_lines=tuple(titles.values()),
        sections=tuple(find_clause_interpretations(markup.blocks.blocks, _explained(kind, front))),
        announced_attachments=tuple(find_announced_attachments(front.body, front.body_line)),
        part_locations=placed,
        undeclared_parts=carried,
        table=tuple(find_report_rows(markup.blocks.blocks)) if kind is Kind.REPORT else (),
        printed_disclosures=tuple(
            PrintedDisclosure(note.text, note.disclosure, lines.at(note.position))
            for note in find_disclosure_notes(front.body)
        ),
        length=min(len(markup.text), _LONG),
        opening=" ".join(markup.text[: _OPENING * 2].split())[:_OPENING],
        matches=page_matches(text, front),
        tables=_tables(kind, front, markup),
        stated_limits=tuple(find_stated_limits(front.body, front.body_line)) if kind is Kind.PAGE else (),
        stated_fields=_stated_fields(front, markup, placed) if kind is Kind.POLICY else NOTHING_STATED,
        chinese_keys=front.chinese_keys,
        draft=draft,
        stated_amendments=tuple(find_stated_amendments(markup.blocks)) if "amends" in front.fields else (),
        clause_edits=tuple(find_clause_edits(markup.blocks)) if "amends" in front.fields else (),
        text_facts=find_text_facts(kind, front.fields, markup.blocks),
    )
    return Entry(key, page, markup.blocks)


def _unreadable(path: str, key: str, problems: tuple[Problem, ...], *, draft: bool) -> Entry:
    """Return the entry of a file whose fields or text cannot be read."""
    return Entry(key, Page(path, key, None, _stem(path), {}, problems, draft=draft), Text())


def _stated_fields(front: FrontMatter, markup: Markup, locations: Sequence[PartLocation]) -> StatedFields:
    """Return what the text of a policy says of its own fields."""
    title, genre, parts = (front.fields.get(key) for key in ("title", "genre", "parts"))
    declared = parts.value if parts and isinstance(parts.value, tuple) else ()
    titles = {part.id: part.title for part in declared if isinstance(part, Part)}
    named = [(location, titles[location.id]) for location in locations]
    return find_stated_fields(
        markup.blocks,
        str(title.value) if title else "",
        str(genre.value) if genre else "",
        named,
        with_binding="doc_type" not in front.fields,
    )


def _tables(kind: Kind | None, front: FrontMatter, markup: Markup) -> tuple[ReportTable, ...]:
    """Return the tables of an annual report and of a kind of information, and the tables of tasks of any other text."""
    doc_type = front.fields.get("doc_type")
    if kind is Kind.REPORT or (doc_type and doc_type.value in INFORMATION_KINDS):
        return tuple(find_report_tables(markup.blocks.blocks))
    if kind not in _WITH_TASKS or "|" not in front.body or "时限" not in front.body:
        return ()
    return tuple(table for table in find_report_tables(markup.blocks.blocks) if task_columns(table.rows[0]))


def _explained(kind: Kind | None, front: FrontMatter) -> tuple[str, ...]:
    """Return the clauses that an interpretation names."""
    field = front.fields.get("interprets")
    return clauses_of(field.value) if kind is Kind.INTERPRETATION and field else ()


def _stem(path: str) -> str:
    return PurePosixPath(path).name.rpartition(".")[0]


def _kind(path: str, front: FrontMatter, problems: list[Problem]) -> Kind | None:
    declared = front.fields.get("kind")
    if declared and isinstance(declared.value, Kind):
        return declared.value
    kind = Kind.of_path(path)
    if kind is None and not any(problem.field == "kind" for problem in problems):
        folders = "、".join(f"{item.folder}（{item.label}）" for item in Kind)
        problems.append(
            Problem("F001", "缺少“类型”，所在文件夹也看不出类型", f"写 kind: policy 等，或放进：{folders}", 1, "kind")
        )
    return kind


def _id(path: str, front: FrontMatter, problems: list[Problem]) -> str:
    declared = front.fields.get("id")
    if declared and isinstance(declared.value, str):
        return declared.value
    stem = _stem(path)
    usable = is_id(stem)
    if not usable and not any(problem.field == "id" for problem in problems):
        problems.append(
            Problem(
                "F003",
                f"文件名“{stem[:40]}”不能作网址里的编号",
                "加一行 id: 英文字母和数字，如 id: rsf-2024-15",
                1,
                "id",
            )
        )
    return stem


def _links(markup: Markup) -> Iterator[Link]:
    """Yield the addresses of a text that may be the site's own."""
    for target, is_address, described, line in markup.links:
        inside = target.startswith("#") and target[1:] in markup.anchors
        if not inside and not _NAMES_SOMEBODY.match(target):
            yield Link(target, LinkRole.LINK if is_address else LinkRole.MEDIA, line, described)
