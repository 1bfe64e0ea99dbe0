"""No leak of what kinds of information add: tables, tasks, series, steps, registers, comparisons, the export."""

import html
import io
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from support.built_site import made
from support.planted_marks import HIDDEN, MARKS, NAME, UNSEEN, WORD, shown
from support.project import AS_OF, CONFIG, Project

# What is drafted and hidden here may also act on the public documents in two ways at once.
LENIENT = "rules: {F010: {blocking: false}, V006: {blocking: false}}\n"
TEXT = "第一条　甲。\n\n第二条　补贴标准为实际缴费的50%。\n\n第三条　申请人每季度申报一次。\n"
TASKS = f"| 任务 | 牵头单位 | 完成时限 | 进展情况 |\n|---|---|---|---|\n| 建{WORD} | {WORD}科 | 12月20日前 | {WORD} |\n"
DATA = f"| 险种 | 人数（人） |\n|---|---|\n| 养老{WORD} | 31 |\n| 工伤 | 25 |\n"
ACT = f"一、第三条修改为：“{WORD}新。”\n\n二、增加一条，作为第四条：“{WORD}增。”\n"
ACTED = {"date_written": "2026-10-30", "date_published": "2026-11-01", "date_effective": "2026-11-05"}
KINDS: dict[str, tuple[str, dict[str, object]]] = {
    "tasks": (TASKS, {"doc_type": "execution", "responsible_unit": f"{WORD}科", "deadline": "2099-12-01",
                      "progress": f"进展{WORD}", "implements": "p1"}),
    "meeting": (WORD, {"doc_type": "meeting", "meeting_at": "2026-10-01 09:00", "agenda": f"[议题{WORD}]",
                       "attendees": f"[人{WORD}]", "meeting_outcome": WORD}),
    "data": (DATA, {"doc_type": "dataset", "series": "系列甲", "data_period": f"2099年{WORD}", "theme": f"题{WORD}",
                    "audience": f"群{WORD}", "update_every": "每年"}),
    "list": (WORD, {"doc_type": "list", "attachments": f"[{{title: 清单{WORD}, file: {NAME}f/清单{WORD}.csv}}]"}),
    "step": (WORD, {"doc_type": "recruitment", "stage": "candidates", "follows": "r1"}),
    "question": (WORD, {"doc_type": "question", "asked_through": WORD, "received_on": "2026-01-01",
                        "replied_on": "2026-01-09"}),
}  # fmt: skip
HOW: dict[str, dict[str, object]] = {
    **{name: UNSEEN[name] for name in ("withheld", "on request", "tomorrow")},
    "draft": {"draft": "true"},
}


def all_readings(data: bytes) -> str:
    """Return what a file holds in every way in which a program could read it: unpacked, unescaped."""
    packed = b""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            packed = b"\n".join(package.read(name) for name in package.namelist())
    text = (shown(data) + packed).decode("utf-8", "replace")
    escaped = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    return "\n".join((escaped, html.unescape(text), unquote_to_bytes(text).decode("utf-8", "replace"))).lower()


def leaks(folder: Path) -> list[str]:
    """Return the files that show a mark, or have one in their name."""
    marks = [mark.decode() for mark in MARKS]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        path.relative_to(folder).as_posix()
        for path in files
        if any(mark in path.as_posix().lower() or mark in all_readings(path.read_bytes()) for mark in marks)
    ]


def write_site(project: Project, how: dict[str, object]) -> None:
    """Write public documents of several kinds, and beside each one with marks that is public as ``how`` says."""
    project.write("site_config.yaml", CONFIG + LENIENT)
    project.write("任务台账.csv", f"事项,牵头,完成时限\n任务{WORD},牵头{WORD},2099-06-30\n")
    project.write("年度次数.csv", f"日期,类型,内容,数量\n2026-03-12,培训,内容{WORD},1\n")
    for number, words in enumerate(("季度", "月", "旬"), 1):
        project.policy(f"p{number}", TEXT.replace("季度", words), title=f"公开的办法{number}")
    project.policy("p10", "第一条　新。\n", title="第三代办法", replaces=f"{NAME}2", **ACTED)
    public: dict[str, object] = {"disclosure": "proactive", "date_published": "2026-10-12"}
    table = DATA.replace(WORD, "")
    project.document("notices/d1.md", {"title": "数据", "doc_type": "dataset", "series": "系列甲", **public}, table)
    hidden_step = None if "date_published" in how else f"{NAME}step"  # a later document is no step before
    for name, follows in (("r1", None), ("r3", hidden_step), ("r4", "r3")):
        step = {"title": f"招聘{name}", "doc_type": "recruitment", "stage": "result", "follows": follows}
        project.document(f"notices/{name}.md", {**step, **public})
    project.write(f"content/notices/{NAME}f/清单{WORD}.csv", f"事项名称,调整方式,日期\n{WORD},新增,2026-01-02\n")
    for name, (body, fields) in KINDS.items():
        project.document(f"notices/{NAME}{name}.md", {"title": f"标题{WORD}", **public, **fields, **how}, body)
    for number, relation in ((1, "amends"), (2, "replaces")):
        numbers = {"index_no": f"XQZLEAK99/2024-0090{number}", "doc_number": f"例{WORD}发〔2024〕90{number}号"}
        acts: dict[str, object] = {"title": f"决定{WORD}", relation: f"p{number}", **numbers, **ACTED, **how}
        project.policy(f"{NAME}{number}", ACT if number == 1 else TEXT.replace("甲", WORD), **acts)
    explained: dict[str, object] = {"title": f"解读{WORD}", "interprets": "p1#第一条", "form": "article"}
    words = "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n"
    project.document(f"interpretations/{NAME}i.md", {**explained, **public, "interpreter": WORD, **how}, words)


@pytest.mark.parametrize("how", sorted(HOW))
def test_nothing_of_hidden_kinds_reaches_the_site(project: Project, how: str) -> None:
    """After they were public, and in a build without memory: no file has a byte of them, and both builds agree."""
    write_site(project, {})
    assert len(leaks(made(project))) > 50  # the marks are found where they are public
    write_site(project, HOW[how])
    warm = made(project)
    assert leaks(warm) == []
    cold = made(project, "again", cache=project.folder.parent / "other")
    files = {path.relative_to(cold): path.read_bytes() for path in cold.rglob("*") if path.is_file()}
    assert files == {path.relative_to(warm): path.read_bytes() for path in warm.rglob("*") if path.is_file()}


def test_nothing_of_hidden_kinds_reaches_search_and_export(project: Project) -> None:
    """The full-text index, unpacked, and the file for a search server hold nothing of them."""
    write_site(project, HIDDEN)
    assert leaks(made(project, with_search=True)) == []
    assert project.run("export", "search", "--as-of", AS_OF, as_of=None).status == 0
    exported = project.folder / "exported"
    exported.mkdir()
    for path in project.folder.glob("search.*"):
        shutil.move(path, exported)
    assert len(list(exported.iterdir())) == 2
    assert leaks(exported) == []
