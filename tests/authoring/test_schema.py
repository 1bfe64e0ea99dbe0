"""``gongkai schema``: what validates is what gongkai accepts."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from support.json_values import json_of_yaml_11, json_of_yaml_12
from support.program import run_program
from support.project import CONFIG, POLICY, Project

from generator.authoring.schema.config import config_schema
from generator.authoring.schema.front_matter import front_matter_schema
from generator.authoring.schema.setting_words import SETTING_WORDS
from generator.config.load import load_config
from generator.domain.doc_numbers import repair_doc_number
from generator.domain.problems import ConfigError
from generator.domain.vocabulary import FIELDS, FieldForm, FieldSpec, Kind
from generator.source.front_matter.read import decode, read_front_matter

ROOT = Path(__file__).parents[2]
_READERS = (json_of_yaml_11, json_of_yaml_12)
_BLOCK = re.compile(r"\A\s*---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_REFUSALS = frozenset({"F002", "F003", "F019"})  # F019: several fixed values written as one text


@cache
def front_matter() -> Draft7Validator:
    """Return the validator of front matter."""
    return Draft7Validator(front_matter_schema())


@cache
def config() -> Draft7Validator:
    """Return the validator of the config."""
    return Draft7Validator(config_schema())


def errors(validator: Draft7Validator, value: object) -> list[str]:
    """Return what a schema says against a value."""
    return [
        f"{list(error.absolute_path)}: {error.message[:80]} … {error.message[-80:]}"
        for error in validator.iter_errors(value)
    ]


def as_yaml(fields: dict[str, Any]) -> str:
    """Return front matter as text."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())


def accepts(fields: dict[str, Any]) -> bool:
    """Whether the schema accepts front matter; both readers of YAML must lead to one answer."""
    text = as_yaml(fields)
    answers = {front_matter().is_valid(read(text)) for read in _READERS}
    assert len(answers) == 1, text
    return answers.pop()


def gongkai_accepts(fields: dict[str, Any]) -> bool:
    """Whether gongkai finds nothing against the names and forms of front matter."""
    front = read_front_matter(f"---\n{as_yaml(fields)}---\n正文\n")
    assert not any(problem.rule == "F008" and not front.fields for problem in front.problems), front.problems
    return not any(problem.rule in _REFUSALS for problem in front.problems)


@pytest.mark.parametrize("subject", ["front-matter", "config"])
def test_the_command_prints_a_schema_with_chinese_descriptions(subject: str, tmp_path: Path) -> None:
    """``gongkai schema`` prints a valid schema on stdout, anywhere, and every key has a Chinese description."""
    ran = run_program("schema", subject, folder=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    schema = json.loads(ran.out)
    Draft7Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    assert all(re.search("[一-龥]", value["description"]) for value in schema["properties"].values())


def test_an_unknown_subject_is_refused(tmp_path: Path) -> None:
    """A schema of something else is a usage error."""
    assert run_program("schema", "themes", folder=tmp_path).status == 2


@pytest.mark.parametrize("place", ["content", "tests/sites"])
def test_sources_validate_where_gongkai_accepts_them(place: str) -> None:
    """Every source of the demo and of the rule sites validates exactly where gongkai has no F002 and F003 in it."""
    counts = {True: 0, False: 0}
    for path in sorted((ROOT / place).rglob("*.md")):
        text = decode(path.read_bytes())
        block = _BLOCK.match(text) if isinstance(text, str) else None
        if block is None or not isinstance(text, str):
            continue
        front = read_front_matter(text)
        if not front.fields or any(problem.rule == "F008" for problem in front.problems):
            continue
        is_accepted = not any(problem.rule in _REFUSALS for problem in front.problems)
        counts[is_accepted] += 1
        for read in _READERS:
            refusals = errors(front_matter(), read(block[1]))
            if is_accepted:
                assert refusals == [] or _requires(refusals), path
            else:
                assert refusals, path
    assert counts[True] > 50
    assert place == "content" or counts[False] > 10


def _requires(refusals: list[str]) -> bool:
    """Whether all that is refused is a missing field of a file that gives its kind: F001, not F003."""
    return all("not valid under any of the given schemas" in text and text.startswith("[]") for text in refusals)


_VALUES: dict[FieldForm, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    FieldForm.TEXT: (("文字", 2024, 1.5, True, "", None), (["一"], {"甲": "乙"})),
    FieldForm.TEXTS: (("文字", ["一", "二", None], 3, [], None), ({"甲": "乙"}, [["一"]])),
    FieldForm.DATE: (
        ("2024-05-06", "2024-5-6", "2024年5月6日", "２０２４年５月６日", "2024-02-29", " 2024-05-06 ", None, ""),
        ("2024-02-30", "2023-02-29", "2024/05/06", "20240506", 20240506, "去年", ["2024-05-06"], "0000-01-01", True),
    ),
    FieldForm.EFFECT_DATE: (("2024-05-06", "on_publication", "自发布之日起施行", None), ("即日", 5, "2024-13-01")),
    FieldForm.MOMENT: (
        ("2024-05-06", "2024-05-06 09:30", "2024年5月6日 9:30", "2024-05-06T09:30:00", "2024-05-06　09：30", None),
        ("2024-05-06 24:00", "2024-05-06 9:5", "2024-05-06 09:60", "09:30"),
    ),
    FieldForm.BOOL: ((True, False, "是", "否", "TRUE", "on", "No", None), ("对", 1, 0, ["是"])),
    FieldForm.INTEGER: ((0, 15, "07", None), (-1, "三", "1.5", 10**13, [1])),
    FieldForm.ID: (
        ("rsf-2024-15", "A.b_c", 2024, None, "com10"),
        ("中文", "-a", "a b", "a/b", "x.html", "X.HTML", "con", "NUL.md", "com1", "a.", "a" * 101, ["a"], -5),
    ),
    FieldForm.INDEX_NO: (("553165075/2020-00502", 553165075, None), (["a"],)),
    FieldForm.DOC_NUMBER: (
        (
            *("云岭人社发〔2024〕15号", "云岭人社发[2024] 15 号", "云岭人社发（2024）15", "none", "NONE", "无", None),
            *("云岭市人民政府令第58号", "云岭市人民政府公告2024年第5号", "云岭人社发〔２０２４〕１５号"),
        ),
        ("2024", 15, "云岭人社发", "第15号文", ["云岭人社发〔2024〕15号"]),
    ),
    FieldForm.REFERENCES: (("p1", ["p1", "p2#第八条"], 2024, None), ("p1#", ["p1", "p2 # "], {"甲": "乙"}, [["p1"]])),
    FieldForm.OUTSIDE_ACT: (("某某办法", ["甲"]), ("甲#",)),
    FieldForm.PARTS: (
        ([{"id": "guicheng", "title": "规程"}], [{"编号": "a", "标题": "甲", "施行日期": "2024-05-06"}], None, ""),
        (
            *([], "规程", [{"id": "a"}], [{"id": "1a", "title": "甲"}], [{"id": "a.b", "title": "甲"}], [None]),
            *([{"id": "a", "title": "甲", "issuer": "局"}], [{"id": "a", "title": "甲", "expires_on": "永远"}]),
        ),
    ),
    FieldForm.CLEANUP: (
        ({"继续有效": ["p1"], "repeal": "p2"}, {"Keep": "p1"}, {"失效": None}, None),
        ({"留用": ["p1"]}, ["p1"], "p1", {"废止": "p1#"}),
    ),
    FieldForm.ATTACHMENTS: (
        (
            *([], ["files/a.pdf"], [{"title": "表", "file": "a.docx"}], None),
            [{"标题": "表", "文件": "a.docx", "公开属性": "不予公开", "序号": 1}],
        ),
        (
            *("a.pdf", [{"title": "表"}], [{"file": "a", "名称": "表"}], [{"file": "a", "disclosure": "保密"}]),
            *([None], [{"file": ""}], {"file": "a"}),
        ),
    ),
    FieldForm.RECORD: (({"甲": "乙", "丙": ["丁"]}, {}, None), ("文字", ["甲"])),
    FieldForm.CORRECTIONS: (
        ([{"date": "2024-05-06", "note": "改了"}], [{"日期": "2024年5月6日", "说明": "改了"}], [], None),
        ([{"date": "2024-05-06"}], [{"date": "昨天", "note": "改了"}], "改了", ["改了"], [{"day": "2024-05-06"}]),
    ),
    FieldForm.ADDRESSES: (("/zwgk/a.html", ["/zwgk/a.html", "b/"], None), ({"甲": "乙"},)),
    FieldForm.WITHDRAWAL: (
        (
            {"on": "2026-11-30", "reason": "误发"},
            {"日期": "2026年11月30日", "理由": "误发"},
            {"true": "2026-11-30", "理由": "误"},
        ),
        ({"on": "2026-11-30"}, {"on": "昨天", "reason": "误发"}, "2026-11-30", ["误发"], {"on": "", "reason": "误发"}),
    ),
    FieldForm.REVIEW: (
        ({"承办人": "甲", "是否涉密": "否", "platforms": ["网站"], "填表日期": "2024-05-06"}, {}, None),
        ("甲", {"经办": "甲"}, {"是否涉密": "也许"}, {"platforms": "报纸"}, {"填表日期": "昨天"}, {"承办人": ["甲"]}),
    ),
}


def values_of(spec: FieldSpec) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return values that a field may have, and values that it may not have."""
    if spec.terms is None:
        return _VALUES[spec.form]
    words = [value for term in spec.terms for value in (term.value, term.label, *term.aliases, term.value.upper())]
    if spec.form is FieldForm.TERM:
        return ((*words, None), ("没有这个", [words[0]], 7))
    return ((*words, words[:2], [], None), ("没有这个", [words[0], "没有这个"], {"甲": "乙"}))


@pytest.mark.parametrize("spec", FIELDS.values(), ids=lambda spec: spec.key)
def test_each_field_accepts_what_gongkai_accepts(spec: FieldSpec) -> None:
    """Under each of its names a field has the values that gongkai takes, and none that it refuses."""
    good, bad = values_of(spec)
    for name in (spec.key, spec.label, *spec.aliases):
        for value in good:
            assert gongkai_accepts({name: value}), (name, value)
            if spec.key != "kind":  # a kind alone lacks what it requires
                assert accepts({name: value}), (name, value, errors(front_matter(), {name: value}))
        for value in bad:
            assert not gongkai_accepts({name: value}), (name, value)
            assert not accepts({name: value}), (name, value)


@st.composite
def _front_matters(draw: Callable[..., Any]) -> dict[str, Any]:
    specs = draw(st.lists(st.sampled_from(list(FIELDS.values())), min_size=1, max_size=8, unique_by=lambda s: s.key))
    fields: dict[str, Any] = {}
    for spec in specs:
        if spec.key == "kind":
            continue
        good, bad = values_of(spec)
        name = draw(st.sampled_from((spec.key, spec.label, *spec.aliases)))
        fields[name] = draw(st.sampled_from(good if draw(st.integers(0, 9)) else bad))
    if not draw(st.integers(0, 19)):
        fields["没有的字段"] = "值"
    return fields or {"title": "标题"}


@given(_front_matters())
def test_generated_front_matter_validates_where_gongkai_accepts_it(fields: dict[str, Any]) -> None:
    """Front matter of any fields, in both languages, validates exactly where gongkai accepts it."""
    assert accepts(fields) == gongkai_accepts(fields)


_CODES = ("云岭人社发", "云岭政", "云岭市人民政府办公室", "某某委员会公告", "云岭市人民政府令")


@given(
    st.sampled_from(_CODES),
    st.sampled_from(("〔{}〕", "[{}]", "（{}）", "{}年", "")),
    st.integers(1949, 2049),
    st.sampled_from(("", "第", " 第 ")),
    st.sampled_from(("5", "007", "123", "十五", "一百零三", "5 8")),
    st.sampled_from(("号", "", " 号", "号令")),
)
def test_the_pattern_of_document_numbers_refuses_no_real_one(
    code: str, brackets: str, year: int, before: str, count: str, after: str
) -> None:
    """Whatever gongkai reads as a 文号, in any brackets and widths, validates."""
    text = f"{code}{brackets.format(year)}{before}{count}{after}"
    if repair_doc_number(text) is not None:
        assert accepts({"doc_number": text}), text


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_a_kind_that_is_given_requires_its_fields(kind: Kind) -> None:
    """Where a file gives its kind, in either language, what the kind requires must be there, unless it is a draft."""
    required = [spec for spec in FIELDS.values() if kind in spec.required or spec.key == "disclosure"]
    fields = {spec.key: values_of(spec)[0][0] for spec in required}
    labels = {spec.label: values_of(spec)[0][0] for spec in required}
    for name, words in (("kind", kind.value), ("类型", kind.label)):
        assert accepts({name: words, **fields})
        assert accepts({name: words, **labels})
        for spec in required:
            less = {key: value for key, value in fields.items() if key != spec.key}
            assert not accepts({name: words, **less}), spec.key
            assert not accepts({name: words, **less, spec.label: ""}), spec.key
            assert accepts({name: words, **less, "草稿": True}), spec.key
            assert accepts(less), "without its kind nothing is required"


def test_an_unknown_key_does_not_validate() -> None:
    """A key that is in no language a field is refused, at the top and inside of the entries of lists."""
    assert accepts(POLICY)
    assert not accepts({**POLICY, "date_publish": "2024-05-06"})
    assert not accepts({**POLICY, "attachments": [{"file": "a.pdf", "size": 5}]})


def test_configs_of_the_repository_validate(tmp_path: Path) -> None:
    """The config of every site of the repository validates, and the schema knows the Chinese names of settings."""
    for path in [ROOT / "site_config.yaml", *(ROOT / "tests/sites").rglob("site_config.yaml")]:
        load_config(path)
        for read in _READERS:
            assert errors(config(), read(path.read_text(encoding="utf-8"))) == [], path
    chinese = "网站:\n  标题: 公开\n  机构: 局\n  网址: https://a.example/\n  邮编: 000000\nlist_size:\n"
    (tmp_path / "site_config.yaml").write_text(chinese, encoding="utf-8")
    load_config(tmp_path / "site_config.yaml")
    assert errors(config(), json_of_yaml_11(chinese)) == []


@pytest.mark.parametrize(
    "setting",
    [
        "list_sise: 20",
        "list_size: 4",
        "list_size: 二十",
        "search: some",
        "web_pictures: 也许",
        "rules: {G001: {severity: error}}",
        "rules: {L999: {severity: error}}",
        "rules: {H008: {severity: fatal}}",
        "columns: [{title: 专栏}]",
        "columns: [{id: 专栏}]",
        "interpretation: {also_required: [规划书]}",
        "interpretation: {since: 去年}",
        "deadlines: {column_updates: {policies: 经常}}",
        "deadlines: {statutory_updates: {16: 每年}}",
        "holidays: {years: {2027: {off: [春节]}}}",
        "holidays: {local: [{name: 节日, days: []}]}",
        "request: {phone: 1}",
        "request: {receiver: 局, email: 没有}",
        "request: {receiver: 局, reply_workdays: 30}",
        "review: {required_kinds: [公告牌]}",
        "review: {roles: {authors: [门卫]}}",
        "privacy: {allow: [{value: '123456'}]}",
        "attachments: {allow: [{reason: 图纸}]}",
        "attachments: {allow: [{kind: .dwg, file: a.dwg, reason: 图纸}]}",
        "laws: [{ended: 2024-01-01}]",
        "theme: ../别处",
        "editor: {server: git.example}",
    ],
)
def test_a_wrong_config_validates_nowhere(setting: str, tmp_path: Path) -> None:
    """A setting that gongkai refuses does not validate."""
    text = CONFIG + setting + "\n"
    place = tmp_path / "site_config.yaml"
    place.write_text(text, encoding="utf-8")
    if not setting.startswith("rules: {"):  # which rules there are, `check` knows
        with pytest.raises(ConfigError):
            load_config(place)
    assert errors(config(), json_of_yaml_11(text))


@pytest.mark.parametrize(
    "setting",
    [
        "attachments: {allow: {.dwg: 图纸, files/a.dwg: 图纸}}",
        "web_pictures: 'no'",
        "list_size: '30'",
        "deadlines: {column_updates: {policies: 每 3个月}, statutory_updates: {7: 半年}}",
        "holidays: {years: {2027: {off: [2027-01-01 至 2027-01-03], work: []}}}",
        "request: {受理机构: 办公室, 电话: 0000-1}",
        "theme:",
    ],
)
def test_every_way_of_writing_a_setting_validates(setting: str, tmp_path: Path) -> None:
    """What gongkai reads in another form than its own validates, too."""
    place = tmp_path / "site_config.yaml"
    place.write_text(CONFIG + setting + "\n", encoding="utf-8")
    load_config(place)
    for read in _READERS:
        assert errors(config(), read(CONFIG + setting)) == []


def test_every_setting_has_a_chinese_description() -> None:
    """No group and no setting lacks its words, so that none is added without them."""
    missing = []

    def look(schema: Any, place: str) -> None:
        for part in (schema, *schema.get("anyOf", ())):
            for name, inner in part.get("properties", {}).items():
                if name.isascii() and name not in {"true", "false"}:
                    below = f"{place}.{name}" if place else name
                    missing.extend([below] if below not in SETTING_WORDS else [])
                    look(inner, below)
            for inner in (part.get("items"), part.get("additionalProperties")):
                if isinstance(inner, dict):
                    look(inner, place)

    look(config_schema(), "")
    assert missing == []


def test_init_writes_what_vs_code_needs(project: Project, tmp_path: Path) -> None:
    """A new site has the schema of its config wired, and snippets that become front matter that gongkai accepts."""
    assert run_program("init", str(tmp_path / "new"), folder=tmp_path).status == 0
    folder = tmp_path / "new" / ".vscode"
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    (wired,) = settings["yaml.schemas"]
    schema = json.loads((folder.parent / wired).read_text(encoding="utf-8"))
    text = (folder.parent / "site_config.yaml").read_text(encoding="utf-8")
    assert list(Draft7Validator(schema).iter_errors(json_of_yaml_12(text))) == []
    snippets = json.loads((folder / "gongkai.code-snippets").read_text(encoding="utf-8"))
    for name, snippet in snippets.items():
        typed = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", "\n".join(snippet["body"]))
        typed = typed.replace("${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}", "2026-05-06")
        typed = re.sub(r"\$\{\d+:([^}]*)\}|\$0", r"\1", typed).replace(": 文号", ": none").replace(": 编号", ": a-1")
        typed = typed.replace(": 法定公开事项", ": 1").replace("数: ", "数: 5").strip("\n")
        front = read_front_matter(typed if typed.startswith("---") else f"---\n{typed}\n---\n")
        assert not [problem for problem in front.problems if problem.rule == "F002"], (name, typed)
