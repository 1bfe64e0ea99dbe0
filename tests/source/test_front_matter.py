"""Reading one source file: what is accepted, what each trap says, and that nothing a writer types is fatal."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.stages import messages, notice_text, page_of, policy_text, text_of

from generator.domain.model import Attachment, Page, Reference
from generator.domain.vocabulary import ATTACHMENT_KEYS, FIELDS, Disclosure, FieldForm, FieldSpec, Kind, Term, field_key

LINES = {"title": 2, "date_published": 3, "disclosure": 4}
EXAMPLES: dict[FieldForm, str] = {
    FieldForm.TEXT: "一段文字",
    FieldForm.TEXTS: "[甲, 乙]",
    FieldForm.DATE: "2024-05-06",
    FieldForm.EFFECT_DATE: "on_publication",
    FieldForm.MOMENT: "2024-05-06 09:30",
    FieldForm.BOOL: "true",
    FieldForm.INTEGER: "12",
    FieldForm.ID: "n-1",
    FieldForm.INDEX_NO: "123456789/2024-00001",
    FieldForm.DOC_NUMBER: "例人社发〔2024〕1号",
    FieldForm.REFERENCES: "[p1, 例人社发〔2024〕2号]",
    FieldForm.OUTSIDE_ACT: "示例市人民政府令第9号",
    FieldForm.ATTACHMENTS: "[{title: 名单, file: 名单.csv, disclosure: proactive}]",
    FieldForm.RECORD: "{名称: 值}",
    FieldForm.CORRECTIONS: "[{date: 2024-05-06, note: 更正了一个数}]",
    FieldForm.ADDRESSES: "[old/a.html, /zwgk/b.html]",
    FieldForm.WITHDRAWAL: "{on: 2024-05-06, reason: 误发}",
    FieldForm.REVIEW: "{承办人: 张三}",
    FieldForm.PARTS: "[{id: gs, 标题: 示例规程, 有效期至: 2026-12-31}]",
    FieldForm.CLEANUP: "{继续有效: [p1, 例人社发〔2024〕2号], repeal: p3}",
}


def lines_of(page: Page) -> dict[str, int]:
    return {key: field.line for key, field in page.fields.items()}


def value_of(written: str, key: str) -> object:
    """Read one field from a file that holds nothing else."""
    page = page_of(f"---\n{written}\n---\n正文。\n\n## 示例规程\n")
    assert not [problem for problem in page.problems if problem.field == key], page.problems
    assert lines_of(page) == {key: 2}
    return page.fields[key].value


# ---------------------------------------------------------------- what is accepted


@pytest.mark.parametrize(
    ("change", "lead"),
    [
        (lambda data: data, 0),
        (lambda data: b"\xef\xbb\xbf" + data, 0),
        (lambda data: data.replace(b"\n", b"\r\n"), 0),
        (lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), 0),
        (lambda data: data.replace(b"\n", b"\r"), 0),
        (lambda data: b"\n" + data, 1),
        (lambda data: b"\xef\xbb\xbf\r\n\r\n\r\n" + data.replace(b"\n", b"\r\n"), 3),
        (lambda data: data.replace(b"---\n", b"--- \t\n"), 0),
    ],
    ids=["plain", "bom", "crlf", "bom-crlf", "cr", "blank-line", "bom-crlf-blank-lines", "blanks-behind-fence"],
)
def test_encodings_and_line_ends_are_accepted_with_right_lines(change: object, lead: int) -> None:
    """A BOM, any line ends, blank lines before the fence and blanks behind it change no value and no line."""
    assert callable(change)
    text = notice_text("第一行。\n\n![](a.svg)\n\n根据例人社发〔2024〕1号。\n", is_secret="")
    page = page_of(change(text.encode()))
    plain = page_of(text)
    assert not page.problems
    assert {key: field.value for key, field in page.fields.items()} == {
        "title": "停水通知",
        "date_published": dt.date(2024, 5, 8),
        "disclosure": Disclosure.PROACTIVE,
    }
    assert lines_of(page) == {key: line + lead for key, line in LINES.items()}
    assert page.line_of("is_secret") == 5 + lead
    assert next(link for link in page.links if not link.described).line == 9 + lead
    assert page.citations[0].line == 11 + lead
    assert (page.length, page.opening) == (plain.length, plain.opening)


def test_fence_inside_the_text_is_a_rule() -> None:
    """A line of hyphens in the text stays in the text."""
    page = page_of(notice_text("上文。\n\n---\n\n下文。\n\n——\n"))
    assert not page.problems
    assert page.opening == "上文。 下文。 ——"


def test_lines_of_lists_and_blocks() -> None:
    """A field behind a list or a block of several lines keeps its own line, and so does each attachment."""
    page = page_of(
        "---\n# 说明\ntitle: >-\n  停水\n  通知\nkeywords:\n  - 甲\n  - 乙\n\n"
        "attachments:\n  - title: 一\n    file: a.csv\n  - file: b.csv\ndate_published: 2024-05-08\n---\n"
    )
    assert not page.problems
    assert lines_of(page) == {"title": 3, "keywords": 6, "attachments": 10, "date_published": 14}
    given_files = page.fields["attachments"].value
    assert given_files == (
        Attachment("一", "a.csv", Disclosure.PROACTIVE, 11),
        Attachment("b.csv", "b.csv", Disclosure.PROACTIVE, 13),
    )


@pytest.mark.parametrize(
    "number", ["5531650752024", "00502", "0755", "1e5", "0x1F", "1_000", "2024-05-06", "on", "12:30:45"]
)
def test_text_is_never_turned_into_a_number(number: str) -> None:
    """An all-digit text, a leading zero, an exponent or a date stays the text that was typed."""
    assert value_of(f"title: {number}", "title") == number
    assert value_of(f"summary: {number}", "summary") == number


@pytest.mark.parametrize("number", ["5531650752024", "005316507", "000000001/2024-00502", "MB2X01234/2024-00015"])
def test_index_no_stays_text(number: str) -> None:
    """An 索引号 of digits only, or with leading zeros, stays as it is."""
    assert value_of(f"index_no: {number}", "index_no") == number
    assert value_of(f"索引号: '{number}'", "index_no") == number


def test_index_no_is_compared_in_half_width_capitals() -> None:
    """An 索引号 typed in full width, in small letters or with blanks is the same 索引号."""
    assert value_of("index_no: ｍb2x01234 / 2024-00015", "index_no") == "MB2X01234/2024-00015"


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024-05-06", dt.date(2024, 5, 6)), ("2024-5-6", dt.date(2024, 5, 6)), ("2024年5月6日", dt.date(2024, 5, 6))],
)
def test_forms_of_a_day(written: str, day: dt.date) -> None:
    """A day is written with hyphens or in Chinese, with or without leading zeros."""
    assert value_of(f"date_written: {written}", "date_written") == day


@pytest.mark.parametrize("written", ["2024-05-06 09:30", "2024-05-06T09:30:15", "2024年5月6日 9：30"])
def test_forms_of_a_moment(written: str) -> None:
    """A moment is a day and a minute; seconds are dropped."""
    assert value_of(f"date_published: {written}", "date_published") == dt.datetime(2024, 5, 6, 9, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2024/05/06", "2024-05-06"),
        ("2024.5.6", "2024-05-06"),
        ("2024年5月6", "2024-05-06"),
        ("昨天", "2024-05-06 的形式"),
    ],
)
def test_wrong_day_is_told_how_to_write_it(written: str, hint: str) -> None:
    """A day in another form is refused with the right form of that very day."""
    page = page_of(text_of({"title": "甲", "date_written": written}))
    problem = next(problem for problem in page.problems if problem.field == "date_written")
    assert (problem.rule, problem.line) == ("F003", 3)
    assert hint in problem.hint


def test_reference_may_name_a_clause() -> None:
    """Behind # a reference names a clause; a list and a single reference are read alike."""
    assert value_of("repeals: 例人社发〔2024〕1号#第三条", "repeals") == (Reference("例人社发〔2024〕1号", "第三条"),)
    assert value_of("repeals: [p1, ' p2 # 第一条 ']", "repeals") == (Reference("p1"), Reference("p2", "第一条"))


def test_empty_field_counts_as_missing_and_keeps_its_line() -> None:
    """A key without a value is no field, and a finding about it points to that key."""
    page = page_of("---\ntitle: 甲\nissuer:\nkeywords: ''\n---\n")
    assert lines_of(page) == {"title": 2}
    assert (page.line_of("issuer"), page.line_of("keywords"), page.line_of("summary")) == (3, 4, 1)


# ---------------------------------------------------------------- the two languages


@pytest.mark.parametrize("spec", FIELDS.values(), ids=list(FIELDS))
def test_every_key_has_two_languages(spec: FieldSpec) -> None:
    """The English key, the Chinese label and each alias of a field give the same field."""
    if spec.form in {FieldForm.TERM, FieldForm.TERMS}:
        assert spec.terms is not None
        example = next(iter(spec.terms)).value
    else:
        example = EXAMPLES[spec.form]
    values = [value_of(f"{word}: {example}", spec.key) for word in (spec.key, spec.label, *spec.aliases)]
    assert values == [values[0]] * len(values)
    assert field_key(spec.label) == spec.key
    assert any("\u4e00" <= char <= "\u9fff" for char in spec.label)


@pytest.mark.parametrize(
    ("spec", "term"),
    [(spec, term) for spec in FIELDS.values() if spec.terms for term in spec.terms],
    ids=lambda item: item.key if isinstance(item, FieldSpec) else item.value,
)
def test_every_value_has_two_languages(spec: FieldSpec, term: Term) -> None:
    """The English code, the Chinese label and each alias of a value give the same value, in lists too."""
    for word in (term.value, term.label, *term.aliases):
        single = value_of(f"{spec.label}: '{word}'", spec.key)
        wanted = (term,) if spec.form is FieldForm.TERMS else term
        assert single == wanted, word
        assert type(single) is type(wanted)
        if spec.form is FieldForm.TERMS:
            assert value_of(f"{spec.key}: ['{word}', '{term.value}']", spec.key) == (term, term)


def test_no_word_names_two_things() -> None:
    """No key names two fields, and no word names two values of one enumeration."""
    keys = [word for spec in FIELDS.values() for word in (spec.key, spec.label, *spec.aliases)]
    assert len(keys) == len(set(keys))
    for terms in {spec.terms for spec in FIELDS.values() if spec.terms}:
        words = [(word, term) for term in terms for word in {term.value, term.label.casefold(), *term.aliases}]
        assert len({word for word, _ in words}) == len(words), terms


def test_attachment_keys_have_two_languages() -> None:
    """The keys inside an attachment are read in both languages."""
    written = {"no": "1", "title": "名单", "file": "a.csv", "disclosure": "依申请公开"}
    for names in (list(ATTACHMENT_KEYS), list(ATTACHMENT_KEYS.values())):
        item = ", ".join(f"{name}: {value}" for name, value in zip(names, written.values(), strict=True))
        assert value_of(f"附件: [{{{item}}}]", "attachments") == (
            Attachment("名单", "a.csv", Disclosure.ON_REQUEST, 2),
        )


def test_a_whole_file_in_chinese_equals_the_one_in_english() -> None:
    """A file with Chinese keys and values gives the same fields on the same lines as its English twin."""
    chinese = page_of(
        "---\n类型: 政策文件\n编号: p1\n标题: 办法\n公开属性: 主动公开\n文件类别: 行政规范性文件\n文号: 无\n"
        "施行日期: 自发布之日起施行\n应解读: 是\n是否涉密: 否\n---\n"
    )
    english = page_of(
        "---\nkind: policy\nid: p1\ntitle: 办法\ndisclosure: proactive\ndoc_type: normative\ndoc_number: none\n"
        "date_effective: on_publication\ninterpretation_required: true\nis_secret: false\n---\n"
    )
    assert not chinese.problems
    assert chinese.fields == english.fields
    assert (chinese.kind, chinese.id) == (english.kind, english.id) == (Kind.POLICY, "p1")


@pytest.mark.parametrize("kind", Kind)
def test_folder_gives_the_kind(kind: Kind) -> None:
    """The first folder under content/ gives the kind; the file's own word is stronger."""
    assert page_of("---\ntitle: 甲\n---\n", f"content/{kind.folder}/2024/a.md").kind is kind
    assert page_of("---\ntitle: 甲\nkind: report\n---\n", f"content/{kind.folder}/a.md").kind is Kind.REPORT


def test_stem_gives_the_id() -> None:
    """The file's stem is the id where the file names none."""
    assert page_of("---\ntitle: 甲\n---\n", "content/notices/2024/n-1.v2.md").id == "n-1.v2"
    assert page_of("---\ntitle: 甲\nid: other\n---\n", "content/notices/n1.md").id == "other"


# ---------------------------------------------------------------- the traps


FIELDS_TEXT = "title: 停水\ndate_published: 2024-05-08\ndisclosure: proactive\n"
TRAPS: dict[str, tuple[str | bytes, int, str]] = {
    "full-width colon": (f"---\n标题：停水\n{FIELDS_TEXT}---\n", 2, "全角冒号"),
    "full-width colon, English": ("---\ntitle：停水\n---\n", 2, "全角冒号"),
    "unclosed fence": (f"---\n{FIELDS_TEXT}正文。\n", 1, "没有结束的 ---"),
    "em dashes open": (f"———\n{FIELDS_TEXT}———\n", 1, "第一行“———”不是三个半角连字符"),
    "full-width hyphens open": (f"－－－\n{FIELDS_TEXT}－－－\n", 1, "第一行“－－－”不是三个半角连字符"),
    "em dashes close": (f"---\n{FIELDS_TEXT}——\n正文。\n", 5, "第 5 行“——”不是三个半角连字符"),
    "five hyphens": (f"-----\n{FIELDS_TEXT}-----\n", 1, "第一行“-----”不是三个半角连字符"),
    "duplicate key": (f"---\n{FIELDS_TEXT}title: 再来\n---\n", 5, "字段“title”写了两次（第一次在第"),
    "one field in two languages": (f"---\n{FIELDS_TEXT}标题: 再来\n---\n", 5, "“标题”和“title”是同一个字段"),
    "GB18030": ("---\ntitle: abc\nsummary: 标准\n---\n".encode("gb18030"), 3, "GB18030"),
    "UTF-16": (f"---\n{FIELDS_TEXT}---\n".encode("utf-16"), 1, "UTF-16"),
    "no known encoding": (b"---\ntitle: a\nsummary: \xff\xff\n---\n", 3, "不是 UTF-8 编码"),
    "NUL": (b"---\ntitle: a\n---\n\n\x00\n", 5, "空字符"),
    "a list": ("---\n- 甲\n- 乙\n---\n", 2, "不是“字段: 值”的形式"),
    "one word": ("---\n停水\n---\n", 2, "不是“字段: 值”的形式"),
    "nothing between the fences": ("---\n---\n正文\n", 2, "front matter 是空的"),
    "only a comment": ("---\n# 以后再写\n---\n正文\n", 2, "front matter 是空的"),
    "tag": (f"---\n{FIELDS_TEXT}summary: !!python/object/apply:os.system [ls]\n---\n", 5, "不支持 YAML 标签"),
    "own tag": (f"---\n{FIELDS_TEXT}summary: !secret 甲\n---\n", 5, "不支持 YAML 标签 !secret"),
    "anchor": ("---\ntitle: &a 甲\n---\n", 2, "锚点与别名"),
    "alias": (f"---\n{FIELDS_TEXT}summary: *a\n---\n", 5, "锚点与别名"),
    "no front matter": ("# 停水\n\n正文\n", 1, "没有 front matter"),
    "text before the fence": (f"停水\n---\n{FIELDS_TEXT}---\n", 1, "前面有别的文字（第 2 行才是 ---）"),
    "empty file": (b"", 1, "文件是空的"),
    "blank file": (" \n\t\n", 1, "文件是空的"),
    "tab": ("---\nreview:\n\thandler: 张三\n---\n", 3, "制表符"),
    "second colon": (f"---\n{FIELDS_TEXT}summary: 时间: 九时\n---\n", 5, "多了一个冒号"),
    "open quote": ('---\ntitle: "停水\n---\n', 2, "引号没有成对"),
    "list as a key": ("---\n? [甲, 乙]\n: 值\n---\n", 2, "字段名不能是列表"),
    "empty key": ("---\n'': 值\n---\n", 2, "字段名为空"),
    "too deep": (f"---\nexempt: {'[' * 20}{']' * 20}\n---\n", 2, "嵌套超过"),
    "too long": (f"---\ntitle: {'长' * 200_001}\n---\n", 2, "超过 200000 个字符"),
    "open bracket": ("---\nkeywords: [甲, 乙\n---\n", 2, "的括号没有成对"),
}


@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_has_its_own_message(name: str) -> None:
    """What makes front matter unreadable is named, with its line and a mend."""
    data, line, words = TRAPS[name]
    page = page_of(data)
    found = [problem for problem in page.problems if problem.rule == "F008"]
    assert len(found) == 1, page.problems
    assert words in found[0].message
    assert found[0].hint
    if name != "open quote":  # YAML notices it only where the text ends
        assert found[0].line == line


def test_traps_are_told_apart() -> None:
    """Two traps of different nature never share a message."""
    said = {name: messages(page_of(data), "F008")[0] for name, (data, _, _) in TRAPS.items()}
    alike = {
        "a list": "one word",
        "only a comment": "nothing between the fences",
        "blank file": "empty file",
        "alias": "anchor",
    }
    for one, other in alike.items():
        assert said.pop(one) == said[other]
    assert len(set(said.values())) == len(said)


def test_unreadable_front_matter_makes_no_fields() -> None:
    """Of a file whose front matter cannot be read nothing is believed, and its text is not taken for a document."""
    page = page_of(f"---\n{FIELDS_TEXT}正文。\n", "content/notices/n1.md")
    assert (page.kind, page.fields, page.length, page.id) == (None, {}, 0, "n1")


def test_unknown_field_names_the_nearest_in_its_own_language() -> None:
    """An unknown key is told the nearest known one in the language in which it was written."""
    page = page_of("---\ndate_publish: 2024-05-08\n发布日起: 2024-05-08\n---\n")
    assert [(problem.rule, problem.line, problem.field) for problem in page.problems] == [
        ("F002", 2, "date_publish"),
        ("F002", 3, "发布日起"),
    ]
    assert "date_published" in page.problems[0].hint
    assert "发布日期" in page.problems[1].hint


def test_wrong_term_names_the_nearest_and_all() -> None:
    """A word that is no value of the enumeration is told the nearest and all of them."""
    page = page_of("---\ndisclosure: proactiv\n---\n")
    assert messages(page, "F003") == ["“proactiv”不是“公开属性”的取值"]
    assert all(word in page.problems[0].hint for word in ("是不是“proactive”", "依申请公开", "withheld"))


def test_one_wrong_value_leaves_the_others() -> None:
    """A value that is wrong is reported, and the other fields of the file are still read."""
    page = page_of(policy_text(1, date_effective="下个月", is_major="也许"))
    assert {problem.field for problem in page.problems} == {"date_effective", "is_major"}
    assert "doc_number" in page.fields
    assert "date_effective" not in page.fields


# ---------------------------------------------------------------- nothing is fatal


WORDS = [word for spec in FIELDS.values() for word in (spec.key, spec.label)]
PIECES = st.sampled_from(
    [
        *WORDS,
        "---",
        "——",
        ":",
        "：",
        ": ",
        "\n",
        "\n\n",
        "\r\n",
        "  ",
        "\t",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "|",
        ">",
        "&a",
        "*a",
        "!",
        "!!python/none",
        "%YAML 9",
        "#",
        "null",
        "~",
        "2024-02-30",
        "2024-05-06 99:99",
        "0",
        "是",
        "none",
        "例人社发〔2024〕1号",
        "[2024]",
        "号",
        "第一条　",
        "附件：",
        "1. ",
        "](",
        "![](",
        "<a href=",
        "<!--",
        "<![CDATA[",
        "[^1]",
        "[TOC]",
        "{: #a }",
        "\x00",
        "\x07",
        "\ufeff",
        "…",
    ]
)


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_page(data: bytes) -> None:
    """Whatever bytes a file holds, parsing ends in a page."""
    assert isinstance(page_of(data), Page)


@given(st.text(max_size=300))
def test_any_text_ends_in_a_page(text: str) -> None:
    """Whatever text stands in the front matter and below it, parsing ends in a page."""
    data = text.encode("utf-8", "surrogatepass")
    assert isinstance(page_of(b"---\n" + data), Page)
    assert isinstance(page_of(b"---\n" + data + b"\n---\n" + data), Page)


@given(st.lists(PIECES, max_size=40))
def test_anything_like_front_matter_ends_in_a_page_with_lines_inside_the_file(pieces: list[str]) -> None:
    """Whatever is put together from what front matter is made of ends in a page, its lines inside the file."""
    text = "---\n" + "".join(pieces) + "\n---\n" + "".join(reversed(pieces))
    page = page_of(text)
    assert isinstance(page, Page)
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for line in [
        *(problem.line for problem in page.problems),
        *lines_of(page).values(),
        *(link.line for link in page.links),
    ]:
        assert 1 <= line <= last


@given(
    st.dictionaries(st.sampled_from(WORDS), st.text(alphabet="甲乙丙abc019-/:：#,.~是否无T ", max_size=20), max_size=6)
)
def test_any_value_of_any_field_is_read_or_refused(fields: dict[str, str]) -> None:
    """Each value typed for a field is taken, counted as empty, or refused with a message; none vanishes."""
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "---\n正文\n"
    page = page_of(text)
    if any(problem.rule == "F008" for problem in page.problems):
        return
    told = set(page.fields) | set(page.empty_keys) | {problem.field for problem in page.problems}
    assert {field_key(key) for key in fields} <= told


CUT = {
    "title": "关于开展“技能中国行” #示例站# 活动的通知",
    "标题": "活动 # 示例站 # 的通知",
    "摘要": "#示例站",
    "keywords": "\n  - 技能 #示例站",
    "附件": "\n  - 标题: 表 #1\n    文件: a.docx",
    "corrections": "\n  - date: 2024-05-09\n    note: 改了 #2",
    "based_on": "rsf-1 #第八条",
    "exempt": "\n  L003: 见 #2",
    "review": "\n  承办人: 张 #三",
}
COMMENTED = {
    "disclosure": "proactive #注",
    "发布日期": "2024-05-08 #注",
    "is_secret": "否 #注",
    "opinions_total": "3 #注",
    "id": "n1 #注",
    "doc_number": "例人社发〔2024〕15号 #注",
    "title": "关于活动的通知  # 注",
    "标题": '"活动 #示例站" #注',
    "keywords": "[C#语言, 技能]  # 注",
    "摘要": "# 待写",
    "summary": "|\n  一 #二",
}


@pytest.mark.parametrize("key", CUT)
def test_words_behind_a_hash_are_not_lost_without_a_finding(key: str) -> None:
    """A text or reference that YAML cuts off at a ``#`` is F008 at its line, and the hint has the quoted value."""
    page = page_of(f"---\n{key}: {CUT[key]}\n---\n正文。\n")
    problems = [problem for problem in page.problems if problem.rule == "F008"]
    line = 2 + CUT[key].split("#")[0].count("\n")
    assert [problem.line for problem in problems] == [line]
    assert "加引号" in problems[0].hint


@pytest.mark.parametrize("key", COMMENTED)
def test_a_comment_is_no_lost_text(key: str) -> None:
    """What stands behind a complete value, a quoted text, or ``# `` with a blank, is a comment."""
    assert not messages(page_of(f"---\n{key}: {COMMENTED[key]}\n---\n正文。\n"), "F008")


def test_a_hash_that_swallows_a_bracket_is_named() -> None:
    """A ``#`` that hides the end of a list is named as the cause."""
    (message,) = messages(page_of("---\nkeywords: [技能, #示例站]\n---\n正文。\n"), "F008")
    assert "“#”后面的内容当作了注释" in message
