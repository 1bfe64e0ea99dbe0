"""L008 for acts outside the site that have ended: which texts rest on them, and which only look like it."""

import datetime as dt
from collections.abc import Mapping

import pytest
from support.stages import CONFIG, DAY, archive_of, policy_text

from generator.audit import run_rules, select_rules
from generator.config.load import SiteConfig

OLD_TITLE = "最高人民法院关于审理政府信息公开行政案件若干问题的规定"
LOCAL = {"name": "《示例市补贴管理办法》", "number": "例政发[2010]9号", "ended": "2025-01-01"}


def found(
    texts: Mapping[str, str], as_of: dt.date = DAY, *, laws: tuple[Mapping[str, str], ...] = ()
) -> list[tuple[str, int, str]]:
    """Return path, line and field of every L008."""
    config = SiteConfig.model_validate({**CONFIG.model_dump(), "laws": laws})
    archive = archive_of(texts, as_of, config=config)
    findings = run_rules(archive, config, select_rules(["L008"], ()))
    return [(finding.path.removeprefix("content/policies/"), finding.line, finding.field) for finding in findings]


NAMED: dict[str, tuple[str, int]] = {
    "by number": ("第一条　甲。\n\n根据法释[2011]17号办理。\n", 1),
    "by title": (f"根据《{OLD_TITLE}》办理。\n", 1),
    "by both, once": (f"根据《{OLD_TITLE}》（法释〔2011〕17号）办理。\n", 1),
    "by title without the court": (f"根据《{OLD_TITLE.removeprefix('最高人民法院')}》办理。\n", 1),
    "by another title": ("按照《干部档案工作条例》办理。\n", 1),
    "with what took its place": ("《干部人事档案工作条例》施行，《干部档案工作条例》同时废止。\n", 0),
    "with the number of what took its place": (f"法释〔2025〕8号施行，《{OLD_TITLE}》同时废止。\n", 0),
    "an act in force": ("根据《中华人民共和国政府信息公开条例》《党政机关公文处理工作条例》办理。\n", 0),
    "an act of one place": ("按照郑人社办〔2020〕199号办理。\n", 0),
    "a longer number": ("根据京法释〔2011〕17号办理。\n", 0),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_text_that_names_an_ended_act(case: str) -> None:
    """A text that names an ended act by number or title is found once; one that names the new act too is not."""
    body, number = NAMED[case]
    assert len(found({"policies/p1.md": policy_text(1, body)})) == number


@pytest.mark.parametrize("name", ["法释〔2011〕17号", f"《{OLD_TITLE}》"])
def test_the_line_is_that_of_the_name(name: str) -> None:
    """The finding points to the line on which the number or the title of the act is."""
    assert found({"policies/p1.md": policy_text(1, f"第一条　甲。\n\n根据{name}办理。\n")}) == [("p1.md", 11, "")]


def test_an_act_has_ended_from_its_day_on() -> None:
    """On the day before its end an act is a good ground, on that day it is none."""
    texts = {"policies/p1.md": policy_text(1, f"根据《{OLD_TITLE}》办理。\n")}
    assert found(texts, dt.date(2025, 5, 31)) == []
    assert len(found(texts, dt.date(2025, 6, 1))) == 1


def test_a_site_names_acts_of_its_own() -> None:
    """An act of the config counts as those of the package do, however its number and title were typed."""
    by_title = {"policies/p1.md": policy_text(1, "按照《示例市补贴管理办法》发放。\n")}
    by_number = {"policies/p1.md": policy_text(1, "按照例政发〔2010〕9号发放。\n")}
    for texts in (by_title, by_number):
        assert found(texts) == []
        assert len(found(texts, laws=(LOCAL,))) == 1


def test_an_act_with_the_title_of_one_in_force_is_known_by_its_number() -> None:
    """A former version that has the title of the present one is found by its number, never by the title."""
    former = {"name": "中华人民共和国政府信息公开条例", "number": "国务院令第492号", "ended": "2019-05-15"}
    body = "根据《中华人民共和国政府信息公开条例》办理。\n"
    assert found({"policies/p1.md": policy_text(1, body)}, laws=(former,)) == []
    numbered = "根据《中华人民共和国政府信息公开条例》（国务院令第492号）办理。\n"
    assert len(found({"policies/p1.md": policy_text(1, numbered)}, laws=(former,))) == 1


def test_an_act_that_is_on_the_site_is_found_once() -> None:
    """Marked as ended on the site, an act gives one finding; not marked and named as a basis, one too, at the field."""
    own = {**LOCAL, "number": "例人社发〔2024〕1号", "name": "示例市灵活就业补贴办法"}
    basis = {"policies/p2.md": policy_text(2, based_on="p1")}
    ended = policy_text(1, repealed_on="2025-01-01", repeal_reason="不再需要")
    for text in (ended, policy_text(1)):
        assert found({"policies/p1.md": text, **basis}, laws=(own,)) == [("p2.md", 8, "based_on")]


def test_what_is_not_in_force_or_not_public_may_name_anything() -> None:
    """A text that has ended itself is not asked for its ground."""
    body = f"根据《{OLD_TITLE}》办理。\n"
    assert found({"policies/p1.md": policy_text(1, body, expires_on="2025-12-31")}) == []
