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


def missing_config(path: Path) -> ConfigError:
    """Return the error of a config that is not there, with the file that was meant where one is beside it."""
    for name in ("site_config.yml", "site_config.yaml.txt", "site_config.txt", "Site_config.yaml"):
        near = next((one.name for one in _siblings(path) if one.name.casefold() == name.casefold()), "")
        if near and path.name == "site_config.yaml":
            return ConfigError(
                f"找不到配置文件 {path}，只有 {near}", f"把 {near} 改名为 {path.name}；Windows 上先打开“显示文件扩展名”"
            )
    return ConfigError(f"找不到配置文件 {path}", "用 -c 指明配置文件，或用 gongkai init 目录 新建一个网站")


def _siblings(path: Path) -> list[Path]:
    try:
        return sorted(path.parent.iterdir())
    except OSError:
        return []
