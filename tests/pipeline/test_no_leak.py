"""No leak: of what is not public not one byte reaches the output, in whatever field, file or name it stands."""

import dataclasses
import datetime as dt
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.built_site import build_options, leftovers
from support.git_repository import commit
from support.planted_marks import HIDDEN, MARKS, NAME, UNSEEN, WORD, shown
from support.project import AS_OF, CONFIG, Project

from generator.domain.model import AsOf
from generator.domain.problems import OutputError
from generator.pipeline import build as recipe
from generator.pipeline import incremental
from generator.pipeline.build import build
from generator.pipeline.options import Search
from generator.publish.output import staging
from generator.publish.output.site_tree import PreviousOutput
from generator.support.cache import Cache
from generator.verify.run import verify

NINE = dt.datetime.combine(dt.date.fromisoformat(AS_OF), dt.time(9))
INTERNAL: dict[str, object] = {
    "review": f"{{承办人: 人{WORD}}}",
    "exempt": f"{{F007: 因为{WORD}}}",
    "withhold_note": f"说明{WORD}",
    "withhold_basis": f"依据{WORD}",
    "review_on": "2099-01-01",
    "disclosure_proposed_by": f"人{WORD}",
    "disclosure_reviewed_by": f"人{WORD}",
    "handler": f"人{WORD}",
    "secrecy_reviewer": f"人{WORD}",
    "legal_reviewer": f"人{WORD}",
    "unit_head": f"人{WORD}",
    "leader_in_charge": f"人{WORD}",
    "publisher": f"人{WORD}",
    "interpretation_plan": f"{{方案: {WORD}}}",
    "based_on": NAME + "1",
}
# What is drawn may end one document twice, or resume what was never suspended.
DRAWN = "rules: {F010: {blocking: false}, V006: {blocking: false}}\n"
DECLARES = ("repeals", "amends", "replaces", "based_on", "suspends", "resumes", "renews", "cleanup")


def leaks(folder: Path) -> list[str]:
    """Return every file of an output that shows a mark, and every name that holds one."""
    places = sorted(folder.rglob("*"))
    named = [place for place in places if any(mark in os.fsencode(place.name).lower() for mark in MARKS)]
    files = [place for place in places if place.is_file()]
    told = [place for place in files if any(mark in shown(place.read_bytes()) for mark in MARKS)]
    return [place.as_posix() for place in named + told]


def write_public(project: Project, internal: dict[str, object]) -> None:
    project.write("site_config.yaml", CONFIG + "catalogue: 目录.csv\nrequest: {receiver: 办公室}\n" + DRAWN)
    project.write("目录.csv", "序号,公开事项,栏目\n1,名单,\n2,补贴,policies\n")
    for number in (1, 2, 3):
        body = f"第一条　甲。<!-- 内部{WORD} -->\n\n第二条　乙。\n\n[//]: # (批注{WORD})\n\n[没有用到]: {NAME}1.md\n"
        project.policy(f"p{number}", body, **(internal if number == 1 else {}))
    project.interpretation("i1")


def write_hidden(project: Project, number: int, how: str, kind: str, relation: str, target: str) -> None:
    """Write a document with a mark in every field, its text, its name, and the names and texts of its files."""
    name = f"{NAME}{number}"
    files = f"[{{title: 附件{WORD}, file: {name}/名单{WORD}.csv}}]"
    links = f"![图{WORD}]({name}/{name}.svg)\n\n[附件]({name}/名单{WORD}.csv)"
    body = f"第一条　{WORD * 3}正文。\n\n{links}\n\n## 一、{WORD}标题\n"
    project.write(f"content/{kind}/{name}/名单{WORD}.csv", f"{WORD}{number}\n")
    square = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{WORD}</title></svg>'
    project.write(f"content/{kind}/{name}/{name}.svg", square)
    project.write(f"content/{kind}/{name}/没有用到{WORD}.csv", f"没有用到{WORD}{number}\n")
    fields: dict[str, object] = {
        "title": f"标题{WORD}", "summary": f"概述{WORD}", "keywords": f"[词{WORD}]", "issuer": f"机关{WORD}",
        "subtitle": f"副标题{WORD}", "theme": f"主题{WORD}", "responsible_unit": f"单位{WORD}", "attachments": files,
        "catalogue_item": "名单", "statutory_item": "7",
        "disclosure": "proactive", "date_published": "2024-05-09",
    }  # fmt: skip
    if kind == "policies":
        fields |= {"index_no": f"XQZLEAK99/2024-{number:05d}", "doc_number": f"例{WORD}发〔2024〕{number}号",
                   "date_written": "2024-05-09", relation: target}  # fmt: skip
        if relation == "renews":
            fields["renewed_until"] = "2099-12-31"
        elif relation == "suspends":
            fields["suspended_until"] = "2099-12-31"
        elif relation == "cleanup":
            fields["cleanup"] = f"{{修改: {target}}}"
    elif kind == "interpretations":
        fields |= {"interprets": target, "form": "article", "interpreter": f"人{WORD}"}
    elif kind == "responses":
        fields |= {"responds_to": target, "event_at": "2099-01-01 09:00", "responded_at": "2099-01-01 10:00"}
        fields["event_level"] = "other"
    project.document(f"{kind}/{name}.md", {**fields, **UNSEEN[how]}, body)


def build_at_nine(project: Project, *, with_search: bool = False) -> Path:
    order = dataclasses.replace(build_options(project), as_of=AsOf.at(NINE))
    built = build(order, project.folder / "public", search=Search.CURRENT if with_search else Search.NONE)
    assert not built.blocking, built.blocking
    return project.folder / "public"


hidden = st.tuples(
    st.sampled_from(sorted(UNSEEN)),
    st.sampled_from(["policies", "interpretations", "notices", "responses", "pages"]),
    st.sampled_from(DECLARES),
    st.sampled_from(["p1", "p2", "p3"]),
)
sites = st.tuples(st.lists(hidden, min_size=1, max_size=5), st.sets(st.sampled_from(sorted(INTERNAL))))


def check_site(drawn: tuple[list[tuple[str, str, str, str]], set[str]], *, with_search: bool) -> None:
    rows, keys = drawn
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "site", Path(folder) / "cache")
        internal = {key: INTERNAL[key] for key in keys}
        for number, row in enumerate(rows, 1):
            write_hidden(project, number, *row)
        if "based_on" in internal and rows[0][1] != "policies":
            internal["based_on"] = "p2"
        write_public(project, internal)
        site = build_at_nine(project, with_search=with_search)
        assert leaks(site) == []
        assert {row["id"] for row in project.records().values()} == {"p1", "p2", "p3", "i1"}


@pytest.mark.slow
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(sites)
def test_nothing_that_is_not_public_reaches_the_output(drawn: Any) -> None:
    """Whatever is not public, and for whatever reason: no file and no name of the output holds a byte of it."""
    check_site(drawn, with_search=False)


@pytest.mark.parametrize("how", sorted(UNSEEN))
@pytest.mark.parametrize(
    "words", [f"见《标题{WORD}的全名》。", f"见例{WORD}发〔2024〕1号。", f"见[这一件](../policies/{NAME}1.md)。"]
)
def test_nothing_of_it_comes_back_through_the_history(tmp_path: Path, how: str, words: str) -> None:
    """Whatever git knows of what is not public today, or was not then: the versions that are shown hold none of it."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG + "versions:\n  publish: true\n  commit_subjects: true\n")
    project.policy("p2", f"草稿{WORD}。\n", title=f"草稿{WORD}", **{**HIDDEN, "changes": f"起草{WORD}"})
    hidden = {"index_no": "XQZLEAK99/2024-00001", "doc_number": f"例{WORD}发〔2024〕1号", "title": f"标题{WORD}的全名"}
    project.policy(f"{NAME}1", f"正文{WORD}。\n", **hidden)
    project.policy("p1", "第一条　最初的正文。\n")
    commit(project.folder, "2024-05-09 09:00", message=f"起草{WORD}")
    project.policy("p1", f"第一条　{words}\n", summary=f"概述《标题{WORD}的全名》")
    project.policy("p2", "第二件。\n", handler=f"人{WORD}")
    commit(project.folder, "2024-06-09 09:00", message=f"按例{WORD}发〔2024〕1号改")
    project.policy("p1", "第一条　现在的正文。\n", changes=f"不再引用《标题{WORD}的全名》")
    project.policy("p2", "第二件，改了。\n")
    project.policy(f"{NAME}1", f"正文{WORD}。\n", **{**hidden, **UNSEEN[how]})
    commit(project.folder, "2024-07-09 09:00", message="改")
    site = build_at_nine(project)
    assert leaks(site) == []
    assert (site / "policies/p1/history/2024-05-09/index.html").is_file()
    assert (site / "policies/p2/history/2024-06-09/index.html").is_file()
    assert not verify(site).faults


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(sites)
def test_nothing_that_is_not_public_reaches_the_search(drawn: Any) -> None:
    """The index of the real Pagefind, unpacked, holds nothing of it either."""
    check_site(drawn, with_search=True)


def test_the_marks_are_seen_where_they_are_public(project: Project) -> None:
    """The same marks are found in pages, names and the packed index once the document is public."""
    write_public(project, {})
    write_hidden(project, 1, "tomorrow", "policies", "amends", "p1")
    place = project.folder / f"content/policies/{NAME}1.md"
    place.write_text(place.read_text(encoding="utf-8").replace("2026-11-22", "2024-05-09"), encoding="utf-8")
    found = "\n".join(leaks(build_at_nine(project, with_search=True)))
    for part in (
        f"policies/{NAME}1/index.html",
        "documents.json",
        "feed.xml",
        "sitemap.xml",
        ".pf_fragment",
        f"名单{WORD}.csv",
    ):
        assert part in found


# ---------------------------------------------------------------- what was public and is withdrawn


def withdraw(project: Project, how: str) -> None:
    place = project.folder / f"content/policies/{NAME}1.md"
    if how == "deleted":
        place.unlink()
        return
    write_hidden(project, 1, how, "policies", "amends", "p1")


def publish(project: Project) -> None:
    """Write a site in which the document with the marks is public."""
    write_public(project, {})
    write_hidden(project, 1, "tomorrow", "policies", "amends", "p1")
    place = project.folder / f"content/policies/{NAME}1.md"
    place.write_text(place.read_text(encoding="utf-8").replace("2026-11-22", "2024-05-09"), encoding="utf-8")


@pytest.mark.parametrize("how", ["deleted", "withheld", "in a minute"])
@pytest.mark.parametrize("before", [1, 2])
def test_what_is_withdrawn_leaves_nothing_behind(project: Project, how: str, before: int) -> None:
    """After the build that withdraws a document, and those that are made of the sites before it, nothing is left."""
    publish(project)
    for number in range(before):
        project.policy(f"p{40 + number}")
        assert leaks(build_at_nine(project))
    withdraw(project, how)
    for number in (50, 51, 52):
        site = build_at_nine(project)
        assert leaks(site) == []
        assert verify(site).faults == ()
        project.policy(f"p{number}")
    assert leftovers(project.folder) == []


def dying(function: Callable[..., Any], *, done: bool) -> Callable[..., Any]:
    """Return a function in which the process is killed, before or after its work."""

    def die(*arguments: Any, **options: Any) -> None:
        if done:
            function(*arguments, **options)
        os._exit(9)

    return die


STEPS: dict[str, tuple[Any, str, bool]] = {
    "before the previous output is taken": (PreviousOutput, "take", False),
    "after the previous output is taken": (PreviousOutput, "take", True),
    "before the swap": (staging, "_swap_folders", False),
    "after the swap": (staging, "_swap_folders", True),
    "before the old site is stored": (PreviousOutput, "store", False),
    "after the old site is stored": (PreviousOutput, "store", True),
    "before the build is remembered": (Cache, "set_state", False),
}


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Project, str], None]:
    """Return a function that builds in a process of its own, which is killed at a step."""

    def run(project: Project, step: str) -> None:
        owner, name, done = STEPS[step]
        pid = os.fork()
        if pid == 0:
            try:  # whatever happens, this process ends here: it must not run the tests that follow
                with monkeypatch.context() as patch:
                    if name == "set_state":  # the scan stores its stamps with it too: only the last one counts
                        patch.setattr(recipe, "save_state", dying(incremental.save_state, done=done))
                    else:
                        patch.setattr(owner, name, dying(getattr(owner, name), done=done))
                    build_at_nine(project)
            finally:
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9

    return run


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in the middle")
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_in_the_withdrawing_build_leaves_nothing_behind(
    project: Project, step: str, killed: Callable[[Project, str], None]
) -> None:
    """Wherever the withdrawing build is killed, the next builds leave nothing of the document, and nothing beside."""
    publish(project)
    for number in (40, 41):
        project.policy(f"p{number}")
        build_at_nine(project)
    withdraw(project, "withheld")
    killed(project, step)
    for number in (50, 51, 52):
        site = build_at_nine(project)
        assert leaks(site) == []
        assert verify(site).faults == ()
        assert leftovers(project.folder) == []
        project.policy(f"p{number}")


def test_a_file_that_cannot_be_removed_stops_the_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file of the withdrawn document cannot be taken out of the spare site, nothing is published."""
    publish(project)
    for number in (40, 41):
        project.policy(f"p{number}")
        build_at_nine(project)
    withdraw(project, "withheld")
    unlink = Path.unlink

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        if NAME in str(self) or WORD in str(self):
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(OutputError, match="删不掉"):
        build_at_nine(project)
    assert leftovers(project.folder) == []
