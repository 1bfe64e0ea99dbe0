"""The theme: templates, words and assets, the site's own before the default ones."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import jinja2

from generator import yamltext
from generator.problems import ConfigError, GongkaiError
from generator.publish.theme_files import default_theme
from generator.source.cache import digest

View: TypeAlias = dict[str, Any]
"""What a page shows, as plain values."""
_TEMPLATES, _ASSETS, _WORDS = "templates", "assets", "locale.yaml"


class Words(dict[str, Any]):
    """The theme's words; a word that is not there is an error, never an empty string."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise jinja2.UndefinedError(f"locale.yaml 里没有“{name}”") from None


class _Environment(jinja2.Environment):
    """Templates read views, which are dicts: ``page.title`` is the key, looked up first."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return super().getattr(obj, attribute)


@dataclass(frozen=True)
class Theme:
    """The folders that make one theme, the first one first; ``compiled`` keeps its templates from build to build."""

    folders: tuple[Path, ...]
    compiled: Path

    @classmethod
    def load(cls, project: Path, name: str, cache_path: Path) -> "Theme":
        """Find a theme by its name: the site's own folder over the default theme."""
        own = project / "themes" / name
        if name != "default" and not own.is_dir():
            raise ConfigError(f"找不到主题“{name}”", f"应有文件夹 themes/{name}/，或把 theme 改回 default")
        default = default_theme()
        folders = [own] if own.is_dir() and own.resolve() != default else []
        return cls((*folders, default), cache_path.parent / "templates")

    def __reduce__(self) -> tuple[type["Theme"], tuple[tuple[Path, ...], Path]]:
        """Another process reads the folders itself."""
        return Theme, (self.folders, self.compiled)

    @cached_property
    def environment(self) -> jinja2.Environment:
        """The template environment: a variable that does not exist is an error."""
        self.compiled.mkdir(parents=True, exist_ok=True)
        return _Environment(
            loader=jinja2.FileSystemLoader([folder / _TEMPLATES for folder in self.folders]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=False,
            lstrip_blocks=False,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=jinja2.FileSystemBytecodeCache(str(self.compiled)),
        )

    @cached_property
    def words(self) -> Words:
        """The words of all folders, the site's own over the default ones."""
        words: dict[str, Any] = {}
        for folder in reversed(self.folders):
            path = folder / _WORDS
            if path.is_file():
                words = _merged(words, _read_words(path))
        return _as_words(words)

    @cached_property
    def assets(self) -> dict[str, Path]:
        """Asset files by their path under ``assets/``."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            for path in sorted((folder / _ASSETS).rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found[path.relative_to(folder / _ASSETS).as_posix()] = path
        return found

    @cached_property
    def assets_digest(self) -> str:
        """A short name for the present state of all assets, for addresses that browsers may keep."""
        return digest(*(part for name, path in sorted(self.assets.items()) for part in (name, path.read_bytes())))[:8]

    @cached_property
    def digest(self) -> str:
        """A name for everything that a page takes from the theme."""
        parts: list[bytes | str] = [self.assets_digest]
        for folder in self.folders:
            for path in [*sorted((folder / _TEMPLATES).rglob("*.html")), folder / _WORDS]:
                if path.is_file():
                    parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
        return digest(*parts)

    def render(self, template: str, **values: Any) -> str:
        """Render one template.

        Raises ``GongkaiError`` that names the template and the line.
        """
        with self._explained(template):
            return self.environment.get_template(template).render(**values)

    def compile(self, templates: Iterable[str]) -> None:
        """Compile templates now, so that a mistake in one shows before anything is rendered."""
        for template in templates:
            with self._explained(template):
                self.environment.get_template(template)

    @staticmethod
    @contextmanager
    def _explained(template: str) -> Iterator[None]:
        """Turn what is wrong with a template into an error that names it and its line."""
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            raise GongkaiError(
                f"模板 {error.name or template}:{error.lineno}: {error.message}", "改正这个模板"
            ) from None
        except jinja2.TemplateNotFound as error:
            raise GongkaiError(f"找不到模板 {error.name}", "检查 include 和 extends 里的名字") from None
        except (jinja2.TemplateError, TypeError, KeyError, ValueError, AttributeError, ZeroDivisionError) as error:
            raise GongkaiError(
                f"模板 {_place(error, template)}: {error}", "检查模板里的变量名；可用的变量见该模板开头的说明"
            ) from None


def _place(error: BaseException, template: str) -> str:
    place = template
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".html"):
            place = f"{Path(name).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _read_words(path: Path) -> dict[str, Any]:
    try:
        tree = yamltext.parse(path.read_text(encoding="utf-8-sig"))
    except yamltext.YamlTextError as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}", error.hint) from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: 读不了", "应为 UTF-8 编码的 YAML") from None
    if not isinstance(tree, yamltext.Mapping):
        raise ConfigError(f"{path}:1: 应是“名称: 词语”的形式")
    return {
        group: {key: value.text or "" for key, (_, value) in node.items.items() if isinstance(value, yamltext.Scalar)}
        for group, (_, node) in tree.items.items()
        if isinstance(node, yamltext.Mapping)
    }


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    return {group: {**under.get(group, {}), **over.get(group, {})} for group in {**under, **over}}


def _as_words(words: dict[str, Any]) -> Words:
    return Words({group: Words(values) for group, values in words.items()})
