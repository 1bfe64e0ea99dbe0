"""The table of front-matter fields."""

import inspect
import re
from collections import Counter

from generator.domain.vocabulary import FIELDS, fields


def test_a_field_has_one_row() -> None:
    """No key has two rows, of which the first would be lost."""
    keys = re.findall(r'FieldSpec\(\s*"(\w+)"', inspect.getsource(fields))
    assert keys == list(FIELDS)


def test_a_word_means_one_field() -> None:
    """Keys, Chinese names and other names are all different."""
    words = Counter(word for spec in FIELDS.values() for word in (spec.key, spec.label, *spec.aliases))
    assert not [word for word, count in words.items() if count > 1]
