"""Fields against the text (T001 to T005): only a certain disagreement is reported, with the line to paste."""

from collections.abc import Mapping

import pytest
from support.stages import CONFIG, archive_of, policy_text

from generator.audit import run_rules, select_rules

EFFECT = "第九条　本办法自2024年6月1日起施行，有效期5年。\n"
REPEAL = "第九条　《示例市旧补贴办法》（例人社发〔2019〕3号）同时废止。\n"
OLD = {"title": "示例市旧补贴办法", "date_written": "2019-05-06", "date_published": "2019-05-08"}
OLD_NUMBER = {"doc_number": "例人社发〔2019〕3号"}


def hints(texts: Mapping[str, str], *rules: str) -> list[str]:
    archive = archive_of({f"policies/{name}.md": text for name, text in texts.items()})
    return [f"{one.rule} {one.hint}" for one in run_rules(archive, CONFIG, select_rules(rules or ["T"], []))]


def test_old_document_may_be_named_by_its_title() -> None:
    """A title without a number means the one older document of that title, also as printed by its notice."""
    new = policy_text(1, "第九条　《示例市旧补贴办法》同时废止。\n")
    for title in ("示例市旧补贴办法", "示例市人社局关于印发《示例市旧补贴办法》的通知"):
        old = policy_text(2, **{**OLD, "title": title})
        assert hints({"p1": new, "p2": old}) == ["T001 加一行 repeals: [例人社发〔2024〕2号]"]


def test_title_that_may_mean_several_documents() -> None:
    """A title that two documents have, or only a newer one or the text itself, means none for certain."""
    new = policy_text(1, "第九条　《示例市旧补贴办法》同时废止。\n")
    assert not hints({"p1": new, "p2": policy_text(2, **OLD), "p3": policy_text(3, **OLD)})
    newer = {**OLD, "date_written": "2025-05-06", "date_published": "2025-05-08"}
    assert not hints({"p1": new, "p2": policy_text(2, **newer)})
    assert not hints({"p1": policy_text(1, "第九条　《示例市旧补贴办法》同时废止。\n", title="示例市旧补贴办法")})


@pytest.mark.parametrize(
    "declared", [{"repeals": "p2"}, {"replaces": "p2"}, {"cleanup": "\n  repeal: [p2]"}, {"cleanup": "\n  lapse: [p2]"}]
)
def test_every_way_of_ending_counts(declared: Mapping[str, str]) -> None:
    """A document that is replaced, or ended by a clean-up, need not be in repeals too."""
    texts = {"p1": policy_text(1, REPEAL, **declared), "p2": policy_text(2, **OLD, **OLD_NUMBER)}
    assert not hints(texts)


@pytest.mark.parametrize("declared", [{"repeals": "p2#第一条"}, {"amends": "p2"}, {"based_on": "p2"}])
def test_other_relations_do_not_count(declared: Mapping[str, str]) -> None:
    """A repeal of one clause, an amendment and a ground leave the whole document in force."""
    texts = {"p1": policy_text(1, REPEAL, **declared), "p2": policy_text(2, **OLD, **OLD_NUMBER)}
    [hint] = hints(texts)
    assert "例人社发〔2019〕3号" in hint


def test_document_that_has_ended_already() -> None:
    """Where another act has ended the old document, a second repeal would contradict it (V006)."""
    other = {"title": "示例市丙办法", "date_written": "2022-05-06", "date_published": "2022-05-08"}
    texts = {
        "p1": policy_text(1, REPEAL),
        "p2": policy_text(2, **OLD, **OLD_NUMBER),
        "p3": policy_text(3, repeals="p2", **other),
    }
    assert not hints(texts)


def test_line_to_paste_removes_the_finding() -> None:
    """Pasted into the front matter, the lines of the hints leave nothing to report."""
    texts = {"p1": policy_text(1, REPEAL + "\n" + EFFECT), "p2": policy_text(2, **OLD, **OLD_NUMBER)}
    lines = [hint.partition("加一行 ")[2] for hint in hints(texts)]
    assert lines == ["repeals: [例人社发〔2019〕3号]", "expires_on: 2029-05-31", "date_effective: 2024-06-01"]
    fields = dict(line.split(": ", 1) for line in lines)
    assert not hints({**texts, "p1": policy_text(1, REPEAL + "\n" + EFFECT, **fields)})


@pytest.mark.parametrize("expires_on", ["2029-05-31", "2029-06-01"])
def test_last_day_of_five_years(expires_on: str) -> None:
    """Five years from 1 June may end on 31 May or on 1 June."""
    assert not hints({"p1": policy_text(1, EFFECT, date_effective="2024-06-01", expires_on=expires_on)})


def test_renewed_and_consolidated_texts() -> None:
    """The text of a renewed document keeps its first term; a consolidated one may have the new one."""
    fields = {"date_effective": "2024-06-01", "expires_on": "2029-05-31"}
    act = {"date_written": "2025-05-06", "date_published": "2025-05-08"}
    renewed = "2034-05-31"
    for body in (EFFECT, EFFECT.replace("有效期5年", "有效期至2034年5月31日")):
        texts = {
            "p1": policy_text(1, body, **fields),
            "p2": policy_text(2, "第一条　甲。\n", renews="p1", renewed_until=renewed, title="延续通知", **act),
        }
        assert not hints(texts)
    amended = {"date_effective": "2025-01-01", "consolidated_to": "p2", "expires_on": "2029-12-31"}
    texts = {
        "p1": policy_text(1, EFFECT, **amended),
        "p2": policy_text(2, "第一条　甲。\n", amends="p1", title="修改决定", **act),
    }
    assert not hints(texts)


def test_statements_that_differ() -> None:
    """Where a text states several days, a field with one of them is right, and a missing one is not certain."""
    title = "关于印发《示例市补贴办法》的通知"
    body = "本通知自2024年6月1日起施行。\n\n第九条　本办法自2024年7月1日起施行。\n"
    for fields in ({}, {"date_effective": "2024-06-01"}, {"date_effective": "2024-07-01"}):
        assert not hints({"p1": policy_text(1, body, title=title, **fields)})
    assert hints({"p1": policy_text(1, body, title=title, date_effective="2024-08-01")})


def test_effect_before_the_publication_needs_no_field() -> None:
    """Without the field a text is in force when it is published: only a later effect is missed."""
    assert not hints({"p1": policy_text(1, "第九条　本办法自2024年5月1日起施行。\n")})
    assert not hints({"p1": policy_text(1, "第九条　本办法自公布之日起施行。\n")})


@pytest.mark.parametrize("caption", ["（2012年3月1日通过）", "（2026年3月1日修订）"])
def test_text_of_other_years(caption: str) -> None:
    """Where the days above the text are not those of the fields, nothing is certain."""
    assert not hints({"p1": policy_text(1, f"{caption}\n\n第九条　本办法自2024年6月1日起施行。\n")})
    assert hints({"p1": policy_text(1, "（2024年4月30日通过）\n\n第九条　本办法自2024年6月1日起施行。\n")})


def test_number_of_a_decree_may_be_short() -> None:
    """The number of a decree agrees with or without the body before it."""
    head = "示例市人民政府令第58号\n\n第一条　甲。\n"
    assert not hints({"p1": policy_text(1, head, doc_number="示例市人民政府令第58号")}, "T004")
    assert hints({"p1": policy_text(1, head, doc_number="示例市人民政府令第85号")}, "T004") == [
        "T004 改为 doc_number: 示例市人民政府令第58号"
    ]
