"""What a person must know of an imported page: where its fields come from, what is not in it, what to compare."""

from collections.abc import Iterator, Mapping, Sequence

from generator.authoring.front_matter_writer import keys_of, required_of
from generator.authoring.importing.comparison import missing_words
from generator.authoring.importing.official.document import OfficialDocument
from generator.authoring.importing.source_file import SourceFile
from generator.authoring.importing.stated.offered_field import OfferedField
from generator.authoring.importing.word.blocks import Block, block_text
from generator.authoring.importing.word.markdown import notes_called
from generator.domain.vocabulary import Kind, label_of
from generator.source.facts.announced_attachments import find_announced_attachments

_Values = Mapping[str, str | Sequence[str]]


def sources(
    official: OfficialDocument, known: _Values, given: _Values, kind: Kind, offered: Mapping[str, OfferedField]
) -> Iterator[str]:
    """Yield where each field comes from, and which are left to fill in."""
    yield f"{label_of('kind')}：{kind.label}"
    where = {field.key: field.where for field in reversed(official.fields)}
    for key, value in known.items():
        source = offered[key].where if key in offered else "选项" if key in given else where.get(key, "回答")
        yield f"{label_of(key)}：{value if isinstance(value, str) else '、'.join(value)}（取自{source}）"
    missing = [key for key in keys_of(kind) if key not in known and (key in required_of(kind) or key == "disclosure")]
    if missing:
        yield f"待填：{'、'.join(map(label_of, missing))}"


def attachment_hints(body: str, known: _Values) -> dict[str, str]:
    """Return the comment that lists the attachments which a text announces."""
    titles = [
        f"{one.number}. {one.title}".removeprefix(". ") for one in find_announced_attachments(body, 1) if not one.held
    ]
    if not titles or "attachments" in known:
        return {}
    listed = f"{label_of('attachments')}：正文说有 {'；'.join(titles)}。文件放进 files/，再逐个列出"
    return {"attachments": listed.replace("\n", " ")}


def left_out_and_changed(
    official: OfficialDocument, notes: Sequence[Sequence[Block]], file: SourceFile, changes: Sequence[str]
) -> Iterator[str]:
    """Yield what was left out of the text, and what was changed in it."""
    dropped = (*official.dropped, *_notes_left_out(official, notes), *file.document.dropped, *file.around)
    if dropped:
        yield f"没有放进正文：{'；'.join(dropped)}"
    if changes:
        yield f"已整理：{'；'.join(changes)}"


def overruled(official: OfficialDocument, given: _Values) -> Iterator[str]:
    """Yield what the text says otherwise than a person: a title that was left out of it is nowhere else."""
    for field in official.fields:
        given_value = given.get(field.key, field.value)
        if given_value != field.value and list(given_value) != list(field.value):
            extracted_value = field.value if isinstance(field.value, str) else "、".join(field.value)
            yield f"{label_of(field.key)}按选项填写，{field.where}是“{extracted_value}”"


def missing(file: SourceFile, page: str, official: OfficialDocument, notes: Sequence[Sequence[Block]]) -> Iterator[str]:
    """Yield a line where words of the file are neither in the page nor reported as left out."""
    lines = [f"{field.value}{field.where}" for field in official.fields]
    dropped = (*official.dropped, *_notes_left_out(official, notes), *file.document.dropped, *file.around)
    reported = (*dropped, *file.document.left_out, *lines)
    if passages := "、".join(missing_words(file.words_on_paper, page, reported)):
        yield f"原文里的这些文字，正文里没有，也没有列在“没有放进正文”里，对照原件补上：{passages}"


def _notes_left_out(official: OfficialDocument, notes: Sequence[Sequence[Block]]) -> Iterator[str]:
    """Yield the footnotes that only lines call which are not in the text: the title, the letterhead."""
    called = notes_called(official.blocks, notes)
    for number, note in enumerate(notes, 1):
        words = " ".join(block_text(block) for block in note).strip()
        if number not in called and words:
            yield f"标题、版头上的脚注“{words}”"
