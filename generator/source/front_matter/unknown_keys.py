"""F002: what a key that no field has was meant to be."""

from collections.abc import Mapping

from generator.domain.problems import Problem
from generator.domain.vocabulary import (
    FIELDS,
    NOT_FIELDS,
    Kind,
    Nearest,
    field_key,
    has_own_words,
    label_of,
    meant_fields,
)


def unknown_key(written: str, line: int, words: Nearest, lines: Mapping[str, int]) -> Problem:
    """Return F002 for a key, with the field that it means: by its other official names, else by likeness.

    ``words`` are all keys, ``lines`` those of the file with their lines. A field that the file has already is not
    offered again: following that hint would only make F008 of it.
    """
    return Problem("F002", f"没有“{written}”这个字段", _hint(written, words, lines), line, written)


def _hint(written: str, words: Nearest, lines: Mapping[str, int]) -> str:
    if hint := NOT_FIELDS.get(written):
        return hint
    near = words.to(written)
    meant = meant_fields(written)
    if not meant and near and has_own_words(written, near):
        meant = tuple(filter(None, (field_key(near),)))
    missing = [key for key in meant if key not in lines]
    if len(missing) == 1 and near and field_key(near) == missing[0]:
        return f"是不是“{near}”？"
    if missing:
        names = [f"“{key if written.isascii() else label_of(key)}”{_kinds(key, missing)}" for key in missing]
        return f"是不是{'、'.join(names[:-1])}{'或' if names[1:] else ''}{names[-1]}？"
    if meant:
        name = near if near and field_key(near) == meant[0] else label_of(meant[0])
        already = f"多半就是“{name}”，第 {lines[meant[0]]} 行已经写了：删去这一行"
        return f"{already}；不是的，字段名见使用手册的字段表"
    return "字段名见使用手册的字段表；没有这一项的，删去这一行，要公布的写进正文"


def _kinds(key: str, several: list[str]) -> str:
    """Return the kinds that a field is for, in brackets, where a choice depends on them."""
    kinds = FIELDS[key].kinds
    if len(several) == 1 or kinds == frozenset(Kind):
        return ""
    return f"（{'、'.join(kind.label for kind in Kind if kind in kinds)}）"
