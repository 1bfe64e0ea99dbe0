"""The export, the index template and the queries of the handbook, run by Lucene, of which both search servers are made.

The servers themselves cannot be had from Debian, PyPI or npm. What they do with a template is done here with the same
classes of Lucene: a field is cut as the template says, and a query is the one that a server makes of the request.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.project import AS_OF, Project

_JARS = [
    next(iter(sorted(Path("/usr/share/java").glob(f"lucene-{name}-8*.jar"))), None)
    for name in ("core", "analyzers-common", "queryparser")
]
pytestmark = pytest.mark.skipif(
    shutil.which("javac") is None or None in _JARS, reason="javac and Debian's liblucene8-java are not installed"
)
_HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "30-平台.md"
_ENGINE = Path(__file__).parent / "java" / "Engine.java"


def _fields(template: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each field that is cut or normalised: its name, tokenizer, filters and characters."""
    analysis = template["settings"]["analysis"]

    def line(name: str, tokenizer: str, about: Mapping[str, Any]) -> str:
        filters = [analysis["filter"].get(one, {}).get("type", one) for one in about["filter"]]
        rules = [rule for one in about.get("char_filter", []) for rule in analysis["char_filter"][one]["mappings"]]
        pairs = [re.sub(r"\\u([0-9a-f]{4})", _character, rule).partition(" => ")[::2] for rule in rules]
        return "\t".join(["field", name, tokenizer, ",".join(filters), "\1".join("\2".join(pair) for pair in pairs)])

    for name, about in template["mappings"]["properties"].items():
        for key, field in ((name, about), *((f"{name}.{part}", one) for part, one in about.get("fields", {}).items())):
            if field.get("type") == "text":
                analyzer = analysis["analyzer"][field["analyzer"]]
                yield line(key, analyzer["tokenizer"], analyzer)
            elif "normalizer" in field:
                yield line(key, "keyword", analysis["normalizer"][field["normalizer"]])


def _character(match: "re.Match[str]") -> str:
    return chr(int(match[1], 16))


def _values(lines: list[dict[str, Any]], template: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each value of each document, and for each other form in which the template keeps it."""
    for action, document in zip(lines[::2], lines[1::2], strict=True):
        for name, value in document.items():
            about = template["mappings"]["properties"][name]
            if about.get("type") == "nested" or "properties" in about:
                continue
            for one in value if isinstance(value, list) else [value]:
                for key in (name, *(f"{name}.{part}" for part in about.get("fields", {}))):
                    yield "\t".join(["value", action["index"]["_id"], key, re.sub(r"\s+", " ", str(one))])


def _lucene(query: Mapping[str, Any]) -> str:
    """Return a request of a search server as a line for Lucene: the filter, then queries, of which the best counts."""
    ((kind, about),) = query.items()
    if kind != "bool":
        return f"query\t\t{_scored(kind, about)}"
    ((must,), filters) = about["must"], about.get("filter", [])
    ((kind, scored),) = must.items()
    return (
        f"query\t{' '.join(f'+({_scored(*pair)})' for one in filters for pair in one.items())}\t{_scored(kind, scored)}"
    )


def _scored(kind: str, about: Mapping[str, Any]) -> str:
    """Return a query without parts in the words of Lucene's own parser; one for each field of a phrase."""
    if kind == "multi_match":
        assert about["type"] == "phrase"
        weights = ((name, weight or "1") for name, _, weight in (field.partition("^") for field in about["fields"]))
        return "\3".join(f'{name}:"{about["query"]}"^{weight}' for name, weight in weights)
    ((field, value),) = about.items()
    if kind == "terms":
        return " ".join(f'{field}:"{one}"' for one in value)
    if kind == "range":
        return f"{field}:[{value.get('gte', '*')} TO {value.get('lte', '*')}]"
    assert kind in {"term", "match"}
    return f'{field}:"{value}"'


def _found(project: Project, queries: list[str]) -> list[list[str]]:
    """Export a site, let Lucene index it, and return the ids that each query finds, the best one first."""
    assert project.run("export", "search", "--as-of", AS_OF).status == 0
    lines = [json.loads(line) for line in (project.folder / "search.ndjson").read_text("utf-8").splitlines()]
    template = json.loads((project.folder / "search.template.json").read_text("utf-8"))["template"]
    everything = [*_fields(template), *_values(lines, template), *queries]
    source = project.write("lucene.txt", "\n".join(everything))
    done = subprocess.run(
        ["java", "-cp", ":".join(map(str, filter(None, _JARS))), str(_ENGINE), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return [line.split(",") if line else [] for line in done.stdout.decode().splitlines()]


def test_lucene_finds_chinese_words_by_pairs(project: Project) -> None:
    """With the tokenizer and filters that the template names, words inside sentences are found, and only there."""
    project.policy("p1", title="示例市灵活就业补贴办法", body="第一条　灵活就业人员可以申领社会保险补贴。\n")
    project.policy(
        "p2", title="示例市养老服务办法", date_published="2024-06-08", body="第一条　社会办养老机构的保险。\n"
    )
    words = ("社会保险", "灵活就业", "养老机构", "社会办", "就业保险")
    found = _found(project, [_lucene({"match": {"text": word}}) for word in words])
    assert dict(zip(words, found, strict=True)) == {
        "社会保险": ["p1"], "灵活就业": ["p1"], "养老机构": ["p2"], "社会办": ["p2"], "就业保险": [],
    }  # fmt: skip


def test_the_queries_of_the_handbook(project: Project) -> None:
    """The requests that the handbook shows find what they say, by the weights of the fields, and no more."""
    project.policy(
        "p1", title="示例市创业办法", doc_number="例人社发〔2024〕1号", body="第一条　灵活就业补贴另定，管好用水。\n",
        expires_on="2026-12-31", date_published="2024-05-08",
    )  # fmt: skip
    project.policy(
        "p2", title="示例市灵活就业补贴办法", doc_number="例人社发〔2024〕2号", date_published="2024-06-08",
        body="第一条　本办法自发布之日起施行。\n",
    )  # fmt: skip
    project.policy(
        "p3", title="灵活就业补贴试行办法", doc_number="例人社发〔2021〕3号", date_published="2021-06-08",
        date_written="2021-06-01", expires_on="2023-06-08",
    )  # fmt: skip
    project.policy(
        "p4", title="示例市节水办法", doc_number="例人社发〔2024〕12号", date_published="2024-07-08",
        body="第一条　灵活安排就业。\n",
    )  # fmt: skip
    project.policy(
        "p5", title="内部的灵活就业补贴办法", disclosure="withheld", withhold_class="n02", withhold_note="内"
    )
    section = _HANDBOOK.read_text("utf-8").partition("### 怎么查")[2].partition("\n## ")[0]
    requests = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", section, re.DOTALL)]
    assert len(requests) == 4
    words, number, until, single = _found(project, [_lucene(request["query"]) for request in requests])
    assert words == ["p2", "p1"]
    assert number == ["p2"]
    assert until == ["p1"]
    assert single == ["p4"]
