"""The collections of the editor: one for each kind of document, named by its folder, and one for drafts."""

from collections.abc import Container, Iterable, Mapping

from generator.authoring.editor import Options
from generator.authoring.editor.widgets import widget_of
from generator.authoring.front_matter_writer import keys_of, required_of
from generator.domain.vocabulary import FIELDS, REVIEW_FIELDS, FieldSpec, Kind

DRAFTS = "drafts"
# Left to the source: derived or rare fields, and those that a command writes. The editor keeps them as they are.
_LEFT_OUT = frozenset(
    {
        *("kind", "status", "withdrawn", "migrated", "minor", "versions", "redacted", "is_secret", "exempt"),
        *(key for key in FIELDS if key.startswith("item_")),
        *("update_every", "supervision", "disclosure_proposed_by", "disclosure_reviewed_by"),
        *(key for key in REVIEW_FIELDS if key not in {"title", "disclosure", "column", "source_name", "source_url"}),
    }
)
# What only an official document has.
_OFFICIAL = frozenset(
    {
        *("doc_number", "date_written", "date_printed", "doc_type", "genre", "co_issuers", "drafting_unit", "based_on"),
        *("index_no", "repeals", "amends", "replaces", "suspends", "resumes", "renews", "cleanup", "parts"),
    }
)
_ACTS = frozenset({"repeals", "amends", "replaces", "suspends", "resumes", "renews", "cleanup"})
_FIRST = ("id", "draft")


def collection_of(kind: Kind, folder: str, patterns: Mapping[str, tuple[str, str]]) -> Options:
    """Return the collection of a kind; ``folder`` is the path of ``content/`` in the repository."""
    return {
        "name": kind.folder,
        "label": kind.label,
        "label_singular": kind.label,
        "folder": f"{folder}/{kind.folder}",
        "summary": "{{title}}",
        **_COMMON,
        "fields": [*_widgets(_specs(kind), {"id", "disclosure", *required_of(kind)}, patterns), _BODY],
    }


def drafts_of(folder: str, patterns: Mapping[str, tuple[str, str]]) -> Options:
    """Return the collection of drafts, whose kind is written in the file; nothing but the title is required yet."""
    specs = dict.fromkeys([FIELDS["kind"], *_specs(Kind.POLICY), *(spec for kind in Kind for spec in _specs(kind))])
    return {
        "name": DRAFTS,
        "label": "草稿",
        "label_singular": "草稿",
        "description": "写完以后，把文件从 drafts 移到它那一类的文件夹",
        "folder": f"{folder}/{DRAFTS}",
        "summary": "{{title}}",
        **_COMMON,
        "fields": [*_widgets(specs, {"id", "kind", "title"}, patterns), _BODY],
    }


_COMMON: Options = {
    "create": True,
    "delete": False,  # a document that was published is withdrawn, its address does not vanish
    "extension": "md",
    "format": "yaml-frontmatter",
    "identifier_field": "title",
    "slug": "{{fields.id}}",
    "media_folder": "files",
    "public_folder": "files",
    "sortable_fields": ["title", "date_published"],
    "view_filters": [{"label": "只看草稿", "field": "draft", "pattern": True}],
    "editor": {"preview": False},
}
_BODY: Options = {
    "label": "正文",
    "name": "body",
    "widget": "markdown",
    "modes": ["raw"],
    "editor_components": [],
    "required": False,
    "hint": "Markdown 原文，条款写成 第一条　……",
}


def _specs(kind: Kind) -> list[FieldSpec]:
    """Return the fields of a kind: what every document has first, then the others in the order of the vocabulary."""
    first = keys_of(kind)
    keys = dict.fromkeys([first[0], *_FIRST, *first[1:], *FIELDS])
    return [FIELDS[key] for key in keys if _belongs(FIELDS[key], kind)]


def _belongs(spec: FieldSpec, kind: Kind) -> bool:
    if spec.key in _LEFT_OUT or kind not in spec.kinds:
        return False
    if spec.key in _ACTS and kind not in {Kind.POLICY, Kind.NOTICE}:
        return False  # F003 there
    return not (kind is Kind.PAGE and spec.key in _OFFICIAL)


def _widgets(
    specs: Iterable[FieldSpec], required: Container[str], patterns: Mapping[str, tuple[str, str]]
) -> list[Options]:
    made = (widget_of(spec, required=spec.key in required, patterns=patterns) for spec in specs)
    return [options for options in made if options]
