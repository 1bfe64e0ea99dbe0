"""The text of a file of settings, and what a writer reads where it is none."""

from pathlib import Path

from generator.domain.conflict_marks import conflict_problem
from generator.domain.problems import ConfigError, Problem
from generator.support.own_file import read_own_file
from generator.support.utf8 import NotUtf8Error, read_utf8


def settings_text(path: Path, *, missing: ConfigError) -> str:
    """Return the text of a file of settings.

    Raises ``missing`` where there is no file, and ``ConfigError`` for one that cannot or must not be read, or that
    has two versions of its lines.
    """
    try:
        text = read_utf8(read_own_file(path.parent, path, str(path))).replace("\r\n", "\n")
    except FileNotFoundError:
        raise missing from None
    except NotUtf8Error as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}", "用编辑器“另存为”，编码选 UTF-8") from None
    if conflict := conflict_problem(text):
        raise settings_error(path, conflict)
    return text


def settings_error(path: Path, problem: Problem) -> ConfigError:
    """Return a problem of a file of settings as the error that stops a command."""
    return ConfigError(f"{path}:{problem.line}: {problem.message}", problem.hint)
