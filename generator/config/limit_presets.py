"""Local limits that a config names: ``limits: zhengzhou-2020`` sets numbers of ``deadlines`` and ``quotas``.

Only limits of national law are defaults. A number that the config itself writes goes before that of a preset, and a
preset before those named in front of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.domain.laws import known_laws
from generator.domain.vocabulary import nearest

PRESETS_FILE = Path(__file__).with_name("limit_presets.yaml")
_GROUPS = ("deadlines", "quotas")


class PresetFileError(ValueError):
    """Raised for a file of presets that is not of the form."""


@dataclass(frozen=True, slots=True)
class PresetLimit:
    """One number of a preset, with the part of the act that sets it."""

    number: int
    ground: str


@dataclass(frozen=True, slots=True)
class LimitPreset:
    """The limits of one place; ``limits`` by group and name of the setting, ``acts`` are other acts that hold there."""

    name: str
    label: str
    cite: str
    limits: Mapping[tuple[str, str], PresetLimit]
    acts: tuple[str, ...] = ()


def read_presets(text: str) -> Mapping[str, LimitPreset]:
    """Return the presets of a file by name.

    Raises ``PresetFileError`` for an entry that is not of the form, or whose act ``domain/laws.yaml`` does not hold.
    """
    import yaml

    entries = yaml.safe_load(text)
    if not isinstance(entries, dict):
        raise PresetFileError("the file is no mapping of presets")
    return MappingProxyType({name: _preset(name, entry) for name, entry in entries.items()})


def _preset(name: str, entry: Any) -> LimitPreset:
    if not isinstance(entry, dict) or set(entry) - {"label", "cite", "acts", *_GROUPS} or not entry.get("label"):
        raise PresetFileError(f"{name}: label, cite, deadlines and quotas")
    if entry.get("cite") not in known_laws():
        raise PresetFileError(f"{name}: no act {entry.get('cite')}")
    acts = tuple(entry.get("acts", ()))
    if unknown := [act for act in acts if act not in known_laws()]:
        raise PresetFileError(f"{name}: no act {unknown[0]}")
    limits: dict[tuple[str, str], PresetLimit] = {}
    for group in _GROUPS:
        for setting, pair in entry.get(group, {}).items():
            if not isinstance(pair, list) or [type(part) for part in pair] != [int, str]:
                raise PresetFileError(f"{name}: {setting} is no pair of a number and its ground")
            limits[group, setting] = PresetLimit(pair[0], f"{entry['cite']} {pair[1]}")
    if not limits:
        raise PresetFileError(f"{name}: no limit")
    return LimitPreset(name, entry["label"], entry["cite"], MappingProxyType(limits), acts)


@lru_cache(maxsize=1)
def known_presets() -> Mapping[str, LimitPreset]:
    """Return the presets of the package by name; read once."""
    return read_presets(PRESETS_FILE.read_text(encoding="utf-8"))


def checked_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of presets as they are listed; a preset may also be named by its label.

    Raises ``ValueError`` with a Chinese message for an unknown one.
    """
    by_word = {word: preset.name for preset in known_presets().values() for word in (preset.name, preset.label)}
    for name in names:
        if name.strip() not in by_word:
            pieces = [piece.strip() for piece in re.split(r"[,，、；; ]+", name) if piece.strip()]
            if len(pieces) > 1 and all(piece in by_word for piece in pieces):
                raise ValueError(
                    f"“{name[:60]}”是几套，写成列表：limits: [{', '.join(by_word[one] for one in pieces)}]"
                )
            near = next((one.name for one in known_presets().values() if one.cite and one.cite in name), None)
            near = near or nearest(name, known_presets())
            choices = "、".join(f"{preset.name}（{preset.label}）" for preset in known_presets().values())
            guess = f"，是不是 {near}？" if near else "；"
            raise ValueError(f"没有“{name[:40]}”这套本地期限{guess}可用：{choices}")
    return tuple(dict.fromkeys(by_word[name.strip()] for name in names))


def preset_limits(names: Sequence[str]) -> Mapping[tuple[str, str], PresetLimit]:
    """Return the limits of several presets together; a later one goes before an earlier one."""
    return {place: limit for name in names for place, limit in known_presets()[name].limits.items()}


def local_acts(names: Sequence[str]) -> frozenset[str]:
    """Return the ``cite`` of every local act that holds where these presets do."""
    presets = [known_presets()[name] for name in names]
    return frozenset(act for preset in presets for act in (preset.cite, *preset.acts))
