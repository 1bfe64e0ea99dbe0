"""What ``gongkai init`` writes for VS Code: the schema of the config, and snippets of front matter.

VS Code's YAML extension checks YAML files only, not the front matter of Markdown: there, snippets help.
"""

from collections.abc import Iterator
from pathlib import Path

from generator.authoring.front_matter_writer import keys_of
from generator.authoring.new_files import write_new
from generator.authoring.schema.config import config_schema
from generator.domain.vocabulary import FIELDS, FieldForm, FieldSpec, Kind, Term
from generator.support.json_text import json_bytes

FOLDER = ".vscode"
SCHEMA = "gongkai-config.schema.json"
_SETTINGS = {
    "yaml.schemas": {f"./{FOLDER}/{SCHEMA}": ["site_config.yaml"]},
    "[markdown]": {"editor.quickSuggestions": {"other": "on", "comments": "off", "strings": "off"}},
    "files.encoding": "utf8",
    "files.eol": "\n",
}
_EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}
_DAY = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}"
_OF_TODAY = frozenset({"date_written", "date_published", "form_date", "upload_date"})
_PLURAL = frozenset({FieldForm.TEXTS, FieldForm.TERMS, FieldForm.REFERENCES})


def write_vscode(folder: Path) -> list[Path]:
    """Write the folder ``.vscode`` of a new site and return the files; one that is there already stays as it is."""
    contents = {
        "settings.json": _SETTINGS,
        "extensions.json": _EXTENSIONS,
        SCHEMA: config_schema(),
        "gongkai.code-snippets": dict(_snippets()),
    }
    places = {folder / FOLDER / name: content for name, content in contents.items()}
    return [write_new(place, json_bytes(content)) for place, content in places.items() if not place.exists()]


def _snippets() -> Iterator[tuple[str, object]]:
    """Yield a snippet for a new file of each kind, and one for each field, by its Chinese and its English name."""
    for kind in Kind:
        keys = dict.fromkeys([*keys_of(kind)[:1], "draft", *keys_of(kind)[1:]])
        rows = [_row(FIELDS[key], number) for number, key in enumerate(keys, 1)]
        body = ["---", *rows, "---", "", "$0"]
        yield (
            f"新的{kind.label}",
            {
                "scope": "markdown",
                "prefix": [f"新{kind.label}", f"new-{kind.value}"],
                "body": body,
                "description": f"{kind.label}的 front matter",
            },
        )
    for spec in FIELDS.values():
        yield (
            f"字段 {spec.label}",
            {
                "scope": "markdown",
                "prefix": [spec.label, spec.key],
                "body": [_row(spec, 1)],
                "description": f"{spec.label}：{spec.form.value}",
            },
        )


def _row(spec: FieldSpec, number: int) -> str:
    """Return one line of front matter with a place to type in."""
    match spec.form:
        case FieldForm.BOOL:
            return f"{spec.key}: ${{{number}|true,false|}}"
        case FieldForm.DATE | FieldForm.MOMENT | FieldForm.EFFECT_DATE:
            return f"{spec.key}: ${{{number}:{_DAY if spec.key in _OF_TODAY else ''}}}"
        case FieldForm.ATTACHMENTS:
            return f"{spec.key}:\n  - title: ${{{number}:名称}}\n    file: files/文件.docx"
        case FieldForm.PARTS:
            return f"{spec.key}:\n  - id: ${{{number}:guicheng}}\n    title: 标题"
        case FieldForm.CORRECTIONS:
            return f"{spec.key}:\n  - date: {_DAY}\n    note: ${{{number}:更正了什么}}"
        case FieldForm.RECORD | FieldForm.REVIEW | FieldForm.CLEANUP:
            return f"{spec.key}:\n  ${{{number}:名称: 值}}"
    choices = f"|{','.join(map(_choice, spec.terms))}|" if spec.terms else f":{spec.label}"
    value = f"${{{number}{choices}}}"
    return f"{spec.key}: [{value}]" if spec.form in _PLURAL else f"{spec.key}: {value}"


def _choice(term: Term) -> str:
    """Return the word of a value as a choice of a snippet, in which a comma separates choices."""
    return term.label.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|")
