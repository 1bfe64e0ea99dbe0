"""One source file as ``gongkai fmt`` writes it; a step that would change what the page says is not taken."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import PurePosixPath

from frontmatter.default_handlers import YAMLHandler

from generator.authoring.formatting.front_matter import with_half_width_indents, with_ordered_keys
from generator.authoring.formatting.lines import with_paragraphs_apart, with_tidy_blanks, with_whole_sentences
from generator.authoring.formatting.widths import FULL_WIDTH, with_full_width
from generator.domain.conflict_marks import conflict_problem
from generator.domain.problems import Problem
from generator.source.front_matter.read import decode, read_front_matter
from generator.source.text.costly import costly_markup_problems
from generator.source.text.markup import Markup, convert

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_HANDLER = YAMLHandler(fm_boundary=_FENCE)
_SAME_WIDTH = str.maketrans({full: half for half, full in FULL_WIDTH.items()})
_WHITE = re.compile(r"\s+")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s.*$", re.MULTILINE)


class UnreadableSourceError(Exception):
    """Raised for a file that cannot be read as a source; ``problem`` is what its writer reads."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def formatted(data: bytes) -> bytes:
    """Return a source file with tidy blanks, whole sentences, full-width punctuation and ordered keys.

    Its words, the values of its fields and the structure of its page are those that it had. Raises
    ``UnreadableSourceError`` for a file whose front matter or text cannot be read.
    """
    text = decode(data)
    if isinstance(text, Problem):
        raise UnreadableSourceError(text)
    if problem := conflict_problem(text):
        raise UnreadableSourceError(problem)
    front = read_front_matter(text)
    if front.problems:
        indented = _with_readable_indents(text)
        if len((better := read_front_matter(indented)).problems) < len(front.problems):
            text, front = indented, better
    unreadable = [problem for problem in front.problems if problem.rule == "F008"]
    if unreadable:
        raise UnreadableSourceError(unreadable[0])
    block, body = _HANDLER.split(text.lstrip("\n"))
    keys = with_ordered_keys(block.strip("\n"))
    tidy_body = formatted_body(body.removeprefix("\n"))
    return f"---\n{keys}\n---\n{tidy_body}".encode()


def _with_readable_indents(text: str) -> str:
    """Return a file with half-width indents in its front matter."""
    fences = list(_FENCE.finditer(text))
    if len(fences) < 2:
        return text
    begin, end = fences[0].end(), fences[1].start()
    return text[:begin] + with_half_width_indents(text[begin:end]) + text[end:]


def formatted_body(body: str) -> str:
    """Return a text after every step that leaves its page what it is.

    Raises ``UnreadableSourceError`` for a text that nests too deep.
    """
    if not body.strip():
        return ""
    current = body.rstrip("\n") + "\n"
    if problem := costly_markup_problems(current, 1):
        raise UnreadableSourceError(problem)
    try:
        page = _Page(convert(current))
        for _ in range(_MOST_ROUNDS):  # a line may be whole only after another was set apart
            before = current
            for step in _STEPS:
                changed = step(current)
                if changed != current and (changed_page := _Page(convert(changed))).holds(page):
                    current, page = changed, changed_page
            if current == before:
                break
    except RecursionError:
        problem = Problem("F008", "正文的列表或引用嵌套太深", "减少缩进和 > 的层数")
        raise UnreadableSourceError(problem) from None
    return current


class _Page:
    """What may not change: blocks with their words without blanks and widths, anchors, addresses, problems."""

    def __init__(self, markup: Markup) -> None:
        self.blocks = [(block.kind, block.level, block.anchor, _bare(block.html)) for block in markup.blocks.blocks]
        self.links = Counter((link.target, link.is_address) for link in markup.links)
        self.problems = Counter(problem.rule for problem in markup.problems)

    def holds(self, other: "_Page") -> bool:
        """Whether a text that has this page may take the place of one that had the other."""
        return (self.blocks, self.links) == (other.blocks, other.links) and self.problems <= other.problems


def _bare(html: str) -> str:
    return _WHITE.sub("", html).translate(_SAME_WIDTH)


def _with_full_width_but_headings(text: str) -> str:
    """Return a text with full-width punctuation, and with its headings as they are: their anchors depend on them."""
    headings = iter([match[0] for match in _HEADING.finditer(text)])
    return _HEADING.sub(lambda match: next(headings, match[0]), with_full_width(text))


def _with_full_width_where_it_fits(text: str) -> str:
    """Return a text with full-width punctuation in those of its blocks that stay what they are."""
    before, after = text.split("\n\n"), with_full_width(text).split("\n\n")
    if len(before) != len(after):
        return text
    pairs = zip(before, after, strict=True)
    return "\n\n".join(new if new == old or _fits(new, old) else old for old, new in pairs)


def _fits(new: str, old: str) -> bool:
    return _Page(convert(new)).holds(_Page(convert(old)))


_STEPS: tuple[Callable[[str], str], ...] = (
    with_tidy_blanks,
    with_whole_sentences,
    with_paragraphs_apart,
    with_full_width,
    _with_full_width_but_headings,
    _with_full_width_where_it_fits,
)


_MOST_ROUNDS = 6


def is_source(path: str) -> bool:
    """Whether a file is one that gongkai reads as a page."""
    return PurePosixPath(path).suffix.lower() in {".md", ".markdown"}
