"""The design tokens of a theme from ``theme.yaml``: colours, type and space, which become CSS custom properties.

A site's own theme replaces single tokens. Colours are checked in pairs, because a theme that looks good to its author
can be unreadable to others, at night or in high contrast.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from generator.domain.problems import ConfigError
from generator.domain.vocabulary import nearest
from generator.support import yaml_text

Tokens: TypeAlias = Mapping[str, Mapping[str, str]]
COLOUR_GROUPS = ("colour", "dark", "contrast")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_PLAIN = re.compile(r"(?:[0-9]{0,4}\.)?[0-9]{1,6}(?:rem|em|px|%|pt)?")
_FONTS = re.compile(r"""[\w \-,"'\u3400-\u9fff]{1,400}""")
_NAMES = {"colour": "白天", "dark": "深色", "contrast": "高对比度"}
_TEXT, _TEXT_CONTRAST, _BORDER = 4.5, 7.0, 3.0
_LIMIT = 0.04045


class _Pair(NamedTuple):
    """Two colours that meet on a page; ``is_text`` asks for more than what a border or a mark needs."""

    front: str
    ground: str
    is_text: bool = True


_PAIRS = (
    *(_Pair(front, ground) for front in ("ink", "quiet", "brand") for ground in ("paper", "shade")),
    *(_Pair(front, "paper") for front in ("good", "warn", "soft")),
    *(_Pair("ink", ground) for ground in ("good-shade", "warn-shade", "soft-shade", "target", "found")),
    _Pair("warn", "warn-shade"),
    _Pair("soft", "soft-shade"),
    _Pair("brand", "soft-shade"),
    _Pair("brand", "warn-shade"),
    _Pair("brand", "target"),
    _Pair("on-brand", "brand"),
    _Pair("on-brand", "brand-strong"),
    _Pair("on-bar", "bar"),
    _Pair("on-bar", "bar-current"),
    _Pair("field", "paper", is_text=False),
)


def read_tokens(path: Path, defaults: Tokens) -> dict[str, dict[str, str]]:
    """Return the tokens of a file by group and name, over the ``defaults``.

    Raises ``ConfigError`` where the file cannot be read, or has a group, a name or a value that no theme has.
    """
    try:
        tree = yaml_text.parse(path.read_text(encoding="utf-8-sig"))
    except yaml_text.YamlTextError as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}", error.hint) from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: 读不了", "应为 UTF-8 编码的 YAML") from None
    if not isinstance(tree, yaml_text.Mapping):
        raise ConfigError(f"{path}:1: 应是“组: 名称: 值”的形式", '例如 colour: 下面写 brand: "#8b1a1a"')
    tokens = {group: dict(values) for group, values in defaults.items()}
    for group, (line, node) in tree.items.items():
        _check_name(group, defaults, f"{path}:{line}", "这一组")
        if not isinstance(node, yaml_text.Mapping):
            raise ConfigError(f"{path}:{line}: {group} 下面应是“名称: 值”")
        tokens.setdefault(group, {})
        for name, (value_line, value) in node.items.items():
            place = f"{path}:{value_line}"
            _check_name(name, defaults.get(group, {}), place, f"{group} 里")
            text = (value.text or "") if isinstance(value, yaml_text.Scalar) else ""
            _check_value(group, name, text, place)
            tokens[group][name] = text
    return tokens


def _check_name(name: str, known: Mapping[str, object], place: str, where: str) -> None:
    """Raise ``ConfigError`` for a name that the default theme does not have; reading that theme nothing is known."""
    if not known or name in known:
        return
    near = nearest(name, known)
    hint = f"是不是 {near}？" if near else f"可用的有 {'、'.join(known)}"
    raise ConfigError(f"{place}: {where}没有“{name[:40]}”", hint)


def _check_value(group: str, name: str, text: str, place: str) -> None:
    """Raise ``ConfigError`` for a value that is no colour, length or list of fonts: it goes into the style sheet."""
    if group in COLOUR_GROUPS:
        if not _COLOUR.fullmatch(text):
            hint = '颜色写成 "#164a8b" 的样子，要加引号' if not text else '颜色写成 "#164a8b" 的样子'
            raise ConfigError(f"{place}: {name} 的颜色“{text[:40]}”认不出", hint)
    elif name == "font":
        if not _FONTS.fullmatch(text) or text.count('"') % 2 or text.count("'") % 2:
            raise ConfigError(f"{place}: 字体“{text[:40]}”认不出", "写字体的名称，用英文逗号隔开")
    elif group == "accessibility":
        _check_tested(name, text, place)
    elif not _PLAIN.fullmatch(text):
        raise ConfigError(f"{place}: {name} 的值“{text[:40]}”认不出", "写成 1.5rem、44px、125% 的样子")


def _check_tested(name: str, text: str, place: str) -> None:
    """Raise ``ConfigError`` for an empty word about the last test, and for a day that is none."""
    if not text:
        raise ConfigError(f"{place}: {name} 是空的")
    if name == "tested-on":
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            raise ConfigError(f"{place}: 日期“{text[:40]}”认不出", "写成 2026-11-30 的样子") from None


def check_contrast(tokens: Tokens, path: Path) -> None:
    """Raise ``ConfigError`` for the first pair of colours that cannot be told apart well enough."""
    for group in COLOUR_GROUPS:
        for pair, ratio, least in _contrasts(tokens[group], group):
            if ratio < least:
                front, ground = tokens[group][pair.front], tokens[group][pair.ground]
                raise ConfigError(
                    f"{path}: {_NAMES[group]}（{group}）的 {pair.front} {front} 在 {pair.ground} {ground} 上看不清："
                    f"对比度 {ratio:.1f}，至少要 {least:g}",
                    f"{pair.front} 和 {pair.ground} 一个改深，一个改浅",
                )
        focus = (contrast_of(tokens[group]["focus"], tokens[group]["focus-edge"]), _BORDER)
        if focus[0] < focus[1]:
            raise ConfigError(
                f"{path}: {_NAMES[group]}（{group}）的 focus 和 focus-edge 对比度 {focus[0]:.1f}，至少要 {focus[1]:g}",
                "焦点框内外两色，一个要亮，一个要暗，这样在任何底色上都看得见",
            )


def _contrasts(colours: Mapping[str, str], group: str) -> Iterator[tuple[_Pair, float, float]]:
    """Yield every pair with its contrast and the least that it must have."""
    text = _TEXT_CONTRAST if group == "contrast" else _TEXT
    for pair in _PAIRS:
        yield pair, contrast_of(colours[pair.front], colours[pair.ground]), text if pair.is_text else _BORDER


def contrast_of(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21.

    >>> round(contrast_of("#fff", "#000000"))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= _LIMIT else ((value + 0.055) / 1.055) ** 2.4)


def tokens_css(tokens: Tokens) -> str:
    """Return the tokens as CSS custom properties: by day, at night, in high contrast.

    Paper is white in print, whatever the device shows.
    """
    day = {name: value for group in ("colour", "type", "space") for name, value in tokens[group].items()}
    return (
        f":root {{\n  color-scheme: light;\n{_properties(day)}}}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f":root {{\n  color-scheme: dark;\n{_properties(tokens['dark'])}}}\n}}\n"
        "@media screen {\n"
        f':root[data-contrast="high"] {{\n  color-scheme: dark;\n{_properties(tokens["contrast"])}}}\n}}\n'
    )


def _properties(values: Mapping[str, str]) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in values.items())
