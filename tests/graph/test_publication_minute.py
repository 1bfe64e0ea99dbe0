"""The minute: what is due later on a day is held back until then, and the minute decides nothing else."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.project import Project
from support.stages import CONFIG, DAY, archive_of, notice_text, policy_text

from generator.audit import run_rules, select_rules
from generator.cli import options
from generator.domain.model import Archive
from generator.domain.printed_disclosure import find_disclosure_notes, meaning_of
from generator.domain.vocabulary import Disclosure, InterpretationState, Status
from generator.graph.gate import open_gate


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def archive_at(texts: Mapping[str, str], moment: str) -> Archive:
    return archive_of(texts, at(moment).date(), moment=at(moment))


@pytest.mark.parametrize(
    ("due", "moment", "public"),
    [
        ("2026-05-01 09:00", "2026-05-01 08:59", False),
        ("2026-05-01 09:00", "2026-05-01 09:00", True),
        ("2026-05-01 09:00", "2026-05-01 23:59", True),
        ("2026-05-01 09:00", "2026-04-30 23:59", False),
        ("2026-05-01 00:00", "2026-05-01 00:00", True),
        ("2026-05-01 00:00", "2026-04-30 23:59", False),
        ("2026-05-01", "2026-05-01 00:00", True),
        ("2026-05-01", "2026-04-30 23:59", False),
        ("2026年5月1日 9:05", "2026-05-01 09:04", False),
        ("2026年5月1日 9:05", "2026-05-01 09:05", True),
    ],
)
def test_a_document_passes_from_its_minute(due: str, moment: str, public: bool) -> None:
    """A document is public from its minute on; one with a day alone from midnight."""
    archive = archive_at({"notices/n1.md": notice_text(date_published=due)}, moment)
    (document,) = archive.documents
    assert archive.is_public(document) is public
    assert archive.is_waiting(document) is not public
    assert [one.id for one in open_gate(archive).documents] == (["n1"] if public else [])


def test_without_a_moment_the_whole_day_counts() -> None:
    """An archive of a day alone is that of its end."""
    archive = archive_of({"notices/n1.md": notice_text(date_published=f"{DAY} 23:59")})
    assert archive.is_public(archive.documents[0])


@pytest.mark.parametrize(("moment", "status"), [("14:59", Status.EFFECTIVE), ("15:00", Status.REPEALED)])
def test_an_act_changes_nothing_before_its_minute(moment: str, status: Status) -> None:
    """A repeal and an interpretation that come in the afternoon change nothing in the morning."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2, repeals="p1", date_published=f"{DAY} 15:00"),
        "policies/p3.md": policy_text(3, date_published=DAY, interpretation_required="true"),
        "interpretations/i1.md": notice_text(interprets="p3", date_published=f"{DAY} 15:00"),
    }
    archive = archive_at(texts, f"{DAY} {moment}")
    assert archive.by_id["p1"].status is status
    states = {Status.EFFECTIVE: InterpretationState.PENDING, Status.REPEALED: InterpretationState.SAME_DAY}
    assert archive.by_id["p3"].interpretation_state is states[status]


def test_an_interpretation_before_its_documents_minute() -> None:
    """An interpretation in the morning of a document of the afternoon is found, and names the minute."""
    texts = {
        "policies/p1.md": policy_text(1, date_published=f"{DAY} 15:00"),
        "interpretations/i1.md": notice_text("内容。" * 20, interprets="p1", date_published=f"{DAY} 09:00"),
    }
    for moment, found in ((f"{DAY} 10:00", True), (f"{DAY} 15:00", False), (f"{DAY} 08:00", False)):
        findings = run_rules(archive_at(texts, moment), CONFIG, select_rules(["L009"], []))
        assert [f"{DAY} 15:00" in one.message for one in findings] == ([True] if found else [])


def test_the_clock_gives_a_minute_in_shanghai(monkeypatch: pytest.MonkeyPatch) -> None:
    """The present is a minute by the clock of Shanghai; SOURCE_DATE_EPOCH sets it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1704038459")  # a second before 2024-01-01 00:01 in Shanghai
    assert str(options.now()) == "2024-01-01 00:00:00"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(options.now() - dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).replace(tzinfo=None)) < dt.timedelta(
        minutes=2
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        place.relative_to(folder).as_posix(): hashlib.sha256(place.read_bytes()).hexdigest()
        for place in folder.rglob("*")
        if place.is_file()
    }


def test_as_of_of_the_command_line(project: Project) -> None:
    """A day means its end; with a minute it is that minute; a minute that changes nothing changes no byte."""
    project.document("notices/n1.md", {"title": "甲", "disclosure": "proactive", "date_published": "2026-05-01 09:00"})
    project.policy("p2")
    for as_of, count in (("2026-05-01", 2), ("2026-05-01 08:59", 1), ("2026-05-01 09:00", 2), ("2026-05-01T9:01", 2)):
        project.build("--clean", as_of=as_of)
        assert len(project.records()) == count, as_of
    early = digests(project.build("-o", "early", as_of="2026-05-01 10:00").parent / "early")
    assert early == digests(project.build("-o", "late", as_of="2026-05-01").parent / "late")
    held = project.check(as_of="2026-05-01 08:59").err
    assert "content/notices/n1.md: 未到发布时间（2026-05-01 09:00）" in held


@pytest.mark.parametrize("as_of", ["2026-05-01 24:00", "2026-05-01 9", "2026-5-1", "2026-05-01 09:60", "²026-05-01"])
def test_unusable_as_of_is_refused(project: Project, as_of: str) -> None:
    """What is no day and no minute ends with 2."""
    project.policy()
    ran = project.run("check", as_of=as_of)
    assert ran.status == 2
    assert f"“{as_of}”不是日期" in ran.err


# ---------------------------------------------------------------- printed attributes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("（此件公开发布）", "proactive"),
        ("(此件主动公开)", "proactive"),
        ("[此件全文公开]", "proactive"),
        ("　　（ 此件公开 ）", "proactive"),
        ("**此件删减后公开**", "proactive"),
        ("（此件公开发布，附件不公开）", "proactive"),
        ("示例市政府办公室　2024年5月6日印发　（此件依申请公开）", "on_request"),
        ("此件依申请公开。", "on_request"),
        ("（此件不予公开）", "withheld"),
        ("（此件不公开）", "withheld"),
        ("> 此件免予公开", "withheld"),
        ("此件不宜公开", "withheld"),
        ("公开属性：依申请公开", "on_request"),
        ("信息公开选项: 主动公开", "proactive"),
    ],
)
def test_a_printed_attribute_is_known(text: str, meant: str) -> None:
    """A note that stands for itself is read, wherever and however it is printed."""
    assert [one.disclosure for one in find_disclosure_notes(f"正文。\n\n{text}\n\n附件")] == [Disclosure.parse(meant)]
    assert meaning_of(text) is Disclosure.parse(meant)


@pytest.mark.parametrize(
    "text",
    [
        "拟稿时在附注处注明“此件主动公开”。",
        "标明此件公开发布、此件依申请公开或者此件不予公开的，按标注办理。",
        "公开属性：由起草单位提出，经审核后确定。",
        "此件发至县团级。",
        "对（此件不予公开）的标注，由办公室复核。",
    ],
)
def test_speaking_of_attributes_prints_none(text: str) -> None:
    """A text that only speaks of such notes prints none."""
    assert list(find_disclosure_notes(text)) == []
