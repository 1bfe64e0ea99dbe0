"""The analyzer of the index template, run by Lucene itself, of which both search servers are made."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from support.project import AS_OF, Project

_JARS = [
    next(iter(sorted(Path("/usr/share/java").glob(f"lucene-{name}-8*.jar"))), None)
    for name in ("core", "analyzers-common", "queryparser")
]


@pytest.mark.skipif(
    shutil.which("javac") is None or None in _JARS, reason="javac and Debian's liblucene8-java are not installed"
)
def test_lucene_finds_chinese_words_by_pairs(project: Project) -> None:
    """With the tokenizer and filters that the template names, words inside sentences are found, and only there."""
    project.policy("p1", title="示例市灵活就业补贴办法", body="第一条　灵活就业人员可以申领社会保险补贴。\n")
    project.policy(
        "p2", title="示例市养老服务办法", date_published="2024-06-08", body="第一条　社会办养老机构的保险。\n"
    )
    assert project.run("export", "search", "--as-of", AS_OF).status == 0
    lines = [json.loads(line) for line in (project.folder / "search.ndjson").read_text("utf-8").splitlines()]
    template = json.loads((project.folder / "search.template.json").read_text("utf-8"))["template"]
    analysis = template["settings"]["analysis"]
    analyzer = analysis["analyzer"][template["mappings"]["properties"]["text"]["analyzer"]]
    assert analyzer["tokenizer"] == "standard"
    filters = [analysis["filter"].get(name, {}).get("type", name) for name in analyzer["filter"]]
    texts = [f"{one['id']}\t{one['text'].replace(chr(10), ' ')}" for one in lines[1::2]]
    queries = project.write(
        "queries.txt", "\n".join([*texts, "?社会保险", "?灵活就业", "?养老机构", "?社会办", "?就业保险"])
    )
    source = Path(__file__).parent / "java" / "Pairs.java"
    done = subprocess.run(
        ["java", "-cp", ":".join(map(str, filter(None, _JARS))), str(source), ",".join(filters), str(queries)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = dict(line.split("\t")[:2] for line in done.stdout.decode().splitlines())
    assert found == {"社会保险": "p1", "灵活就业": "p1", "养老机构": "p2", "社会办": "p2", "就业保险": ""}
