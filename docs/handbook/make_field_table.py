"""Write 字段表.md from the vocabulary: ``python docs/handbook/make_field_table.py [--check]``.

With ``--check`` nothing is written; the exit status is 1 when the page is out of date.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.domain.vocabulary import ATTACHMENT_KEYS, FIELDS, PART_FIELDS, Disclosure, FieldSpec, Kind, Term

PAGE = Path(__file__).with_name("字段表.md")
ALL = frozenset(Kind)

# Duties that a rule holds and the table of fields does not: where, and the rule.
BY_RULE = {
    "kind": "文件夹看不出类型时",
    "disclosure": "全部",
    "withhold_class": "依申请公开、不予公开的文件",
    "withhold_note": "依申请公开、不予公开的文件",
    "review_on": "类别是 N03（过程性信息）的文件",
    "review": "配置规定的类型",
}
INTRO = """\
# 字段表

<!-- 本页由 make_field_table.py 从程序的词汇表生成，不要手工修改。 -->

front matter 里可以写的全部字段，共 {count} 个。英文名和中文名写哪一个都行，一个文件里可以混用，\
但同一个字段不能写两次。\
表外的字段名一律报错（F002），免得写错一个字，信息就悄悄丢了。

“固定取值”的字段，英文代码、中文词和括号里的别名都认。“必填于”为空的，不写也行。\
“用于”为空的，各类都可以写；写在别的类型上不起作用，提醒（F018）。
"""


def required_for(spec: FieldSpec) -> str:
    """Return for which documents a field is compulsory, empty for none."""
    if spec.key in BY_RULE:
        return BY_RULE[spec.key]
    if spec.required == ALL:
        return "全部"
    missing = [kind.label for kind in Kind if kind not in spec.required]
    if spec.required and len(missing) < len(spec.required):
        return f"除{'、'.join(missing)}以外"
    return "、".join(kind.label for kind in Kind if kind in spec.required)


def used_by(spec: FieldSpec) -> str:
    """Return the kinds on which a field has an effect, empty for all."""
    return "" if spec.kinds == ALL else "、".join(kind.label for kind in Kind if kind in spec.kinds)


def words_of(term: Term) -> str:
    """Return a fixed value as the table shows it: its code, its word, its other words."""
    aliases = f"（{'、'.join(term.aliases)}）" if term.aliases else ""
    return f"`{term.value}` {term.label}{aliases}"


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the table, the head first."""
    yield "字段", "中文", "形式", "必填于", "用于", "取值"
    yield "---", "---", "---", "---", "---", "---"
    for spec in FIELDS.values():
        label = spec.label + (f"（也作 {'、'.join(spec.aliases)}）" if spec.aliases else "")
        values = "；".join(words_of(term) for term in spec.terms) if spec.terms else ""
        yield f"`{spec.key}`", label, spec.form.value, required_for(spec), used_by(spec), values


def attachment_rows() -> Iterator[tuple[str, ...]]:
    """Yield the table of what one attachment may say, the head first."""
    notes = {
        "no": "不用写，页面按次序编号",
        "title": "缺省为文件名",
        "file": "必填；路径相对于本文件",
        "disclosure": f"缺省为{Disclosure.PROACTIVE.label}",
    }
    yield "字段", "中文", "说明"
    yield "---", "---", "---"
    for key, label in ATTACHMENT_KEYS.items():
        yield f"`{key}`", label, notes[key]


def page() -> str:
    """Return the whole page."""
    parts = [INTRO.format(count=len(FIELDS)), *(f"| {' | '.join(row)} |" for row in rows())]
    parts += ["", "## 附件的每一项", "", *(f"| {' | '.join(row)} |" for row in attachment_rows())]
    parts += ["", "## 印发文件的每一项", "", *(f"| {' | '.join(row)} |" for row in part_rows())]
    return "\n".join(parts) + "\n"


def part_rows() -> Iterator[tuple[str, ...]]:
    """Yield the table of what one text of several that a notice carries may say, the head first."""
    notes = {
        "id": "必填；以字母开头，引用时写在 # 后面",
        "title": "必填；和正文里那一份的标题一样",
    }
    yield "字段", "中文", "说明"
    yield "---", "---", "---"
    for key in PART_FIELDS:
        yield f"`{key}`", FIELDS[key].label, notes.get(key, FIELDS[key].form.value)


def main() -> int:
    """Write the page, or compare it; returns the exit status."""
    parser = argparse.ArgumentParser(description="从词汇表生成使用手册的字段表")
    parser.add_argument("--check", action="store_true", help="只核对，不改写")
    if not parser.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write(f"{PAGE.name} 和词汇表不一致，运行 python docs/handbook/{Path(__file__).name} 更新\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
