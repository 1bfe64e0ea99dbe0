"""Find words that YAML drops: in an unquoted value everything from `` #`` on is a comment.

``title: 关于开展 #技能中国行`` would be published as 关于开展. In a text or a reference a ``#`` with a character
directly behind it, or with another ``#`` in the rest of the line, counts as part of the value; ``# `` with a blank
behind it is a comment. A date, a number or a fixed term is complete without it, so there it is always a comment.
"""

from collections.abc import Iterator

from generator.domain.problems import Problem
from generator.domain.vocabulary import FIELDS, REVIEW_FIELDS, FieldForm, FieldSpec, field_key, review_key
from generator.source.front_matter.entries import ValueFormError, parse_date
from generator.support import yaml_text

_COMPLETE = frozenset(
    {
        *(FieldForm.DATE, FieldForm.EFFECT_DATE, FieldForm.MOMENT, FieldForm.BOOL, FieldForm.INTEGER, FieldForm.ID),
        *(FieldForm.INDEX_NO, FieldForm.DOC_NUMBER, FieldForm.TERM, FieldForm.TERMS),
    }
)
_LONGEST = 60


def lost_words(spec: FieldSpec, node: yaml_text.Node, offset: int) -> Iterator[Problem]:
    """Yield F008 for every text or reference in a field's value that a `` #`` cuts off."""
    if spec.form in _COMPLETE:
        return
    if isinstance(node, yaml_text.Scalar):
        if _is_cut(node):
            yield _problem(spec, node, offset)
    elif isinstance(node, yaml_text.Sequence):
        for item in node.items:
            yield from lost_words(spec, item, offset)
    else:
        for written, (_, value) in node.items.items():
            inner = _spec_of(spec, written)
            yield from lost_words(inner, value, offset)


def _spec_of(spec: FieldSpec, written: str) -> FieldSpec:
    """Return the field of a key inside the value of another: with a form of its own, or a text."""
    key, review = field_key(written), review_key(written)
    if spec.form is FieldForm.REVIEW and review:
        return REVIEW_FIELDS[review]
    if spec.form in {FieldForm.PARTS, FieldForm.ATTACHMENTS} and key:
        return FIELDS[key]
    form = FieldForm.REFERENCES if spec.form is FieldForm.CLEANUP else FieldForm.TEXT
    return FieldSpec(written, written, form)


def _is_cut(value: yaml_text.Scalar) -> bool:
    return value.is_cut() and not _is_date(value.text or "")


def _is_date(text: str) -> bool:
    try:
        parse_date(text.strip())
    except ValueFormError:
        return False
    return True


def _problem(spec: FieldSpec, value: yaml_text.Scalar, offset: int) -> Problem:
    before = (value.text or "").strip()
    lost = value.comment
    quote = "'" if '"' in before + lost or "\\" in before + lost else '"'
    whole = f"{before} {lost}".strip().replace("'", "''" if quote == "'" else "'")
    fix = f"给整个值加引号：{quote}{whole[:_LONGEST]}{'…' if len(whole) > _LONGEST else ''}{quote}"
    return Problem(
        "F008",
        f"“{spec.label}”的值在“#”前断开，后面的“{lost[:_LONGEST]}”会丢掉",
        f"{fix}；真是注释的，在“#”后面加一个空格",
        value.comment_line + offset,
    )
