"""Every page has one kind and one maker, whatever a site calls its columns and items."""

import pytest
from support.project import CONFIG, Project

from generator.publish.pages.page_maker import PageKind


@pytest.mark.parametrize("name", ["home", "404", "search", "column", *("effective", "repealed", "cited", "relations")])
def test_a_column_may_have_any_id(project: Project, name: str) -> None:
    """A column may be called as a kind of page is: its page is its own, and theirs stay what they are."""
    project.write(
        "site_config.yaml",
        CONFIG + f"columns:\n  - {{id: '{name}', title: 办事大厅, folder: hall, parent: statutory}}\n",
    )
    project.policy()
    fields = {"title": "关于放假的通知", "date_published": "2024-05-08", "disclosure": "proactive"}
    project.document("notices/n1.md", {**fields, "column": f"'{name}'"})
    built = project.build()
    assert "关于放假的通知" in (built / "hall/index.html").read_text(encoding="utf-8")
    for page in ("index.html", "404.html", "search/index.html", "effective/index.html", "cited/index.html"):
        assert "<h1>办事大厅" not in (built / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["home", "404", "catalogue", "items", "search", "relations"])
def test_an_item_of_the_catalogue_may_have_any_id(project: Project, name: str) -> None:
    """An item of the catalogue may be called as a kind of page is."""
    project.write("site_config.yaml", CONFIG + "catalogue: 目录.csv\n")
    project.write("目录.csv", f"编号,公开事项\n{name},就业见习补贴\n")
    project.policy(catalogue_item="就业见习补贴")
    built = project.build()
    assert "就业见习补贴" in (built / f"items/{name}/index.html").read_text(encoding="utf-8")
    assert (built / "404.html").is_file()


def test_kinds_are_written_once() -> None:
    """Every kind of page has its maker, and none has two."""
    from generator.publish.pages import makers

    maker_classes = [value for value in vars(makers).values() if isinstance(value, type) and hasattr(value, "kinds")]
    assert sorted(kind for maker in maker_classes for kind in maker.kinds) == sorted(PageKind)
