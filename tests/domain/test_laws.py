"""The acts on which rules and texts rest: the form of their file, what is in force, how a ground names them."""

import datetime as dt
import re

import pytest

from generator.audit import RULES
from generator.domain.laws import LAWS_FILE, Ground, LawFileError, known_laws, read_laws
from generator.domain.vocabulary import WithholdClass
from generator.domain.vocabulary.withholding import WITHHOLD_GROUNDS

D = dt.date
RELEASED = D(2026, 11, 30)  # the day on which all grounds were last looked through
ENTRY = "- {cite: 甲法, name: 甲法, checked: 2026-11-30%s}\n"
GROUNDS = {**{rule.id: rule.ground for rule in RULES.values()}, **{c.label: g for c, g in WITHHOLD_GROUNDS.items()}}
CITED = re.compile(r"〔(?:19|20)\d\d〕\d+号|\w法(?=第|：|；|$)|\w条例|GB/T")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲: 乙", "no list"),
        ("- {cite: 甲法}", "neither name nor number"),
        (ENTRY % ", num: 1", "unknown key num"),
        (ENTRY % ", since: 去年", "since is no date"),
        (ENTRY % ", since: 2026-01-01T00:00:00", "since is no date"),
        (ENTRY % ", local: 是", "local is no bool"),
        (ENTRY % ", number: 12", "number is no str"),
        (ENTRY % ", since: 2020-01-01, ended: 2020-01-01", "ended before it began"),
        (ENTRY % ", successor: 甲法", "not ended"),
        (ENTRY % ", ended: 2020-01-01, successor: 乙法", "is no entry"),
        (ENTRY % ", renumbered: [{since: 2020-01-01}]", "needs since and articles"),
        (ENTRY % ", renumbered: [{since: 2020-01-01, articles: {第一条: 2}}]", "2 is no article"),
        ("- {cite: 甲法, name: 甲法}", "neither checked nor a note"),
        (ENTRY % "" + ENTRY % "", "twice"),
    ],
)
def test_a_file_of_another_form_is_refused(text: str, message: str) -> None:
    """Every mistake in the file of acts has its own message, which names the entry."""
    with pytest.raises(LawFileError, match=message):
        read_laws(text)


def test_the_file_of_the_package_is_of_its_form() -> None:
    """The file can be read, no number stands twice, and what ended has ended by the day of the last look."""
    laws = read_laws(LAWS_FILE.read_text(encoding="utf-8"))
    numbers = [law.number for law in laws.values() if law.number]
    assert len(numbers) == len(set(numbers))
    for law in laws.values():
        assert law.since is None or law.since <= RELEASED
        assert law.ended is None or law.has_ended(RELEASED)


@pytest.mark.parametrize("name", GROUNDS)
def test_no_ground_has_ended(name: str) -> None:
    """Every act that a rule or a class of the negative list names is an entry, and in force."""
    ground = GROUNDS[name]
    assert not ground.ended(RELEASED)
    assert ground.text(RELEASED) == ground.text()
    assert "{" not in ground.text()


@pytest.mark.parametrize("name", GROUNDS)
def test_no_act_is_named_beside_the_file(name: str) -> None:
    """What looks like the number or the title of an act stands in braces, so that its end is noticed."""
    assert not CITED.search(re.sub(r"\{[^}]*\}", "", GROUNDS[name].words))


def test_grounds_that_had_ended_are_replaced() -> None:
    """N07 and N08 rest on the regulation, N09 on the present one on personnel files, H010 on the renumbered article."""
    for term in (WithholdClass.N07, WithholdClass.N08):
        assert term.basis.startswith("政府信息公开条例")
    assert WithholdClass.N09.basis == "干部人事档案工作条例等"
    assert RULES["H010"].source.startswith("网络安全法第二十三条")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2025, 12, 31), "网络安全法第二十一条、第三条（甲）"),
        (D(2026, 1, 1), "网络安全法第二十三条、第三条（甲）"),
        (None, "网络安全法第二十三条、第三条（甲）"),
    ],
)
def test_articles_have_the_numbers_of_the_day(day: dt.date | None, expected: str) -> None:
    """Before an act was renumbered its articles have their former numbers; others stay."""
    assert Ground("{网络安全法}第二十三条、第三条（甲）").text(day) == expected


def test_an_ended_ground_says_since_when_and_what_came_after() -> None:
    """From the day of its end on, a ground that names an act says so, with what took its place."""
    ground = Ground("{法释〔2011〕17号}第二条：查阅案卷")
    after = "《最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释》（法释〔2025〕8号）"
    assert ground.text(D(2025, 5, 31)) == "法释〔2011〕17号第二条：查阅案卷"
    assert ground.text(D(2025, 6, 1)) == (
        f"法释〔2011〕17号第二条［自 2025-06-01 起不再有效，由{after}替代］：查阅案卷"
    )
    (sentence,) = ground.ended(RELEASED)
    assert sentence.endswith(f"（法释〔2011〕17号）自 2025-06-01 起不再有效，由{after}替代")


def test_a_ground_names_only_entries() -> None:
    """A ground that names no entry of the file fails."""
    with pytest.raises(LawFileError, match="乙法"):
        Ground("{乙法}第一条").text()


def test_what_is_not_certain_is_said() -> None:
    """An entry that nobody could check says so in its note, and is no act that texts are told has ended."""
    for law in known_laws().values():
        assert law.checked or (law.note and not law.ended)
