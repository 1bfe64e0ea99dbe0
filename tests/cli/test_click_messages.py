"""The Chinese catalogue of click's messages: whole, compiled, and used whatever the language of the terminal."""

import ast
import gettext
import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import click
import pytest

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "generator" / "cli" / "locale" / "zh_CN" / "LC_MESSAGES" / "click.po"
# What only a mistake in a program can bring up, and what gongkai never asks at a terminal.
UNUSED = (
    "Arguments take exactly one",
    "Boolean option",
    "Choice(",
    "Confirm the action",
    "Could not determine name",
    "Do you want",
    "Invalid start character",
    "Name '{name}' defined twice",
    "No options defined",
    "{text}",
)
MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")


def asked_of_gettext() -> dict[str, int]:
    """Return every text for which the installed click asks gettext, and in how many forms."""
    found = {}
    for module in MODULES:
        tree = ast.parse((Path(click.__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}:
                forms = [word.value for word in call.args if isinstance(word, ast.Constant) and word.value]
                if forms:
                    found[str(forms[0])] = 2 if call.func.id == "ngettext" else 1
    return found


def test_every_text_of_click_has_its_chinese() -> None:
    """Each text that the installed click shows to a person is in the catalogue, in Chinese."""
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    asked = asked_of_gettext()
    assert len(asked) > 30
    for text, forms in asked.items():
        if not text.startswith(UNUSED):
            translation = chinese.ngettext(text, "", 2) if forms > 1 else chinese.gettext(text)
            assert translation not in {text, ""}, text


def test_the_catalogue_is_compiled() -> None:
    """The .mo is what tools/compile_messages.py makes of the .po."""
    tool = run_path(str(ROOT / "tools" / "compile_messages.py"))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == tool["compiled"](CATALOGUE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", [{}, {"LANG": "de_DE.UTF-8", "LANGUAGE": "de"}, {"LC_ALL": "C"}])
def test_the_language_of_the_terminal_does_not_matter(language: dict[str, str]) -> None:
    """Help is Chinese in a German, a C and an unset locale."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LANG", "LC_"))}
    ran = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--help"],
        env={**kept, **language, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert "用法: " in ran.stdout.decode()
    assert "显示本说明" in ran.stdout.decode()
