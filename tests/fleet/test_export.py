"""``gongkai export search``: what a search server gets, and what it must forget."""

import json
from typing import Any

import pytest
from support.project import AS_OF, Project
from support.site_platform import Platform


def _actions(project_file: Any) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return the documents of an export by id, and the ids of its deletions."""
    lines = [json.loads(line) for line in project_file.read_text("utf-8").splitlines()]
    documents: dict[str, dict[str, Any]] = {}
    gone: list[str] = []
    rest = iter(lines)
    for action in rest:
        ((kind, about),) = action.items()
        if kind == "index":
            documents[about["_id"]] = next(rest)
        else:
            assert kind == "delete"
            gone.append(about["_id"])
    return documents, gone


def test_every_field_is_in_the_template(project: Project) -> None:
    """Every document has only fields that the template names, with days as days; texts are cut into pairs."""
    project.policy("p1", theme="社会保险", date_effective="2024-06-01", expires_on="2027-06-01")
    project.policy("p2", date_published="2024-06-08", date_written="2024-06-01", repeals="p1#第一条")
    assert project.run("export", "search", "--as-of", AS_OF).status == 0
    documents, gone = _actions(project.folder / "search.ndjson")
    assert list(documents) == ["p1", "p2"]
    assert not gone
    template = json.loads((project.folder / "search.template.json").read_text("utf-8"))["template"]
    properties = template["mappings"]["properties"]
    for document in documents.values():
        assert document.keys() <= properties.keys()
        for key, value in document.items():
            if properties[key].get("type") == "date":
                assert len(value) == 10
    first = documents["p1"]
    assert first["doc_number"] == "例人社发〔2024〕1号"
    assert first["effective_on"] == "2024-06-01"
    assert first["state_changes"] == [{"day": "2027-06-02", "state": "expired"}]
    assert first["url"] == "https://rsj.example.gov.cn/zwgk/policies/p1/"
    assert first["clauses"][0]["clause"] == "第一条"
    assert "为了规范补贴发放" in first["clauses"][0]["text"]
    assert "为了规范补贴发放" in first["text"]
    analysis = template["settings"]["analysis"]
    for field in ("title", "text", "summary"):
        analyzer = analysis["analyzer"][properties[field]["analyzer"]]
        assert any(analysis["filter"].get(name, {}).get("type") == "cjk_bigram" for name in analyzer["filter"])
    assert properties["doc_number"]["normalizer"] in analysis["normalizer"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"disclosure": "withheld", "withhold_class": "n02", "withhold_note": "内部事务"},
        {"draft": "true"},
        {"date_published": "2027-01-01"},
        {"withdrawn": "{on: 2025-01-01, reason: 依法撤下}"},
    ],
)
def test_what_is_no_longer_public_is_deleted(project: Project, hidden: dict[str, str]) -> None:
    """A document that the gate holds back is not exported; one that was exported before is deleted, again and again."""
    project.policy("p1")
    project.policy("p2", title="要收回的办法", date_published="2024-06-08")
    project.run("export", "search", "--as-of", AS_OF)
    project.policy("p2", **{"title": "要收回的办法", "date_published": "2024-06-08", **hidden})
    for _ in range(2):
        ran = project.run("export", "search", "--as-of", AS_OF)
        assert ran.status == 0, ran.err
        documents, gone = _actions(project.folder / "search.ndjson")
        assert list(documents) == ["p1"]
        assert gone == ["p2"]
        assert "要收回" not in (project.folder / "search.ndjson").read_text("utf-8")
    project.policy("p2", title="要收回的办法", date_published="2024-06-08")
    project.run("export", "search", "--as-of", AS_OF)
    documents, gone = _actions(project.folder / "search.ndjson")
    assert list(documents) == ["p1", "p2"]
    assert not gone


def test_a_blocked_site_exports_nothing(project: Project) -> None:
    """Where a build would stop, nothing is exported and the former file stays."""
    project.policy("p1")
    project.run("export", "search", "--as-of", AS_OF)
    before = (project.folder / "search.ndjson").read_bytes()
    project.policy("p2", title=None)
    ran = project.run("export", "search", "--as-of", AS_OF)
    assert ran.status == 1
    assert (project.folder / "search.ndjson").read_bytes() == before


def test_a_platform_in_one_file(city_and_bureau: Platform) -> None:
    """The ids name the site; a status that another site sets is in the export; a failing site keeps its documents."""
    from support.program import run_program

    def export() -> int:
        ran = run_program(
            "export", "search", "--sites", "SITES.yaml", "--as-of", AS_OF, "--jobs", "1",
            folder=city_and_bureau.folder, environment={"XDG_CACHE_HOME": str(city_and_bureau.cache)},
        )  # fmt: skip
        return ran.status

    assert export() == 0
    file = city_and_bureau.folder / "search.ndjson"
    documents, _ = _actions(file)
    assert list(documents) == ["city:c1", "rsj:p1"]
    assert documents["rsj:p1"]["state"] == "repealed"
    assert documents["rsj:p1"]["repealed_by"] == ["https://city.example.gov.cn/zwgk/policies/c1/"]
    (city_and_bureau.folder / "city" / "site_config.yaml").write_text("site: [\n", "utf-8")
    assert export() == 2
    documents, gone = _actions(file)
    assert "rsj:p1" in documents
    assert gone == []
