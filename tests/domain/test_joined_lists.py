"""Lists that are written as one text."""

import pytest

from generator.domain.joined_lists import are_units, as_yaml_list, split_list
from generator.domain.vocabulary import FIELDS


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("甲局、乙局", ["甲局", "乙局"]),
        ("【o-5，o-6】", ["o-5", "o-6"]),
        ("“o-5”，“o-6”", ["o-5", "o-6"]),
        ("就业, 社保；人才", ["就业", "社保", "人才"]),
        ("《甲、乙办法》", ["《甲、乙办法》"]),
        ("甲局（乙局、丙局）", ["甲局（乙局、丙局）"]),
        ("1,000 元", ["1,000 元"]),
        ("就业、", ["就业"]),
    ],
)
def test_only_signs_outside_of_brackets_separate(text: str, items: list[str]) -> None:
    """A list is cut at ， 、 ； and commas, but not inside brackets, titles, quotation marks and numbers."""
    assert split_list(text) == items


def test_a_unit_whose_name_has_a_sign_is_one() -> None:
    """某县教育、科技局 is one unit, 甲局、乙局 are two."""
    assert are_units(["示例市甲局", "示例市乙局（示例市丙局）", "就业科"])
    assert not are_units(["示例县教育", "科技局"])


def test_the_list_of_a_hint_is_yaml() -> None:
    """Items that YAML would read otherwise are in quotation marks."""
    assert as_yaml_list(["o-5#第一条", "甲: 乙", '"甲"', "[甲]"]) == """[o-5#第一条, "甲: 乙", '"甲"', "[甲]"]"""


def test_a_required_field_has_an_effect() -> None:
    """No kind must write a field that is without effect on it."""
    assert not [spec.key for spec in FIELDS.values() if spec.required - spec.kinds]
