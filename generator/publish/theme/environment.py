"""The theme: templates, words and assets, the site's own before the default ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import jinja2

from generator.domain.problems import ConfigError
from generator.publish.theme.sandbox import SandboxedTemplates, explained
from generator.publish.theme.words import read_words
from generator.source.theme_files import default_theme, list_theme, own_theme
from generator.support.cache import digest

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


@dataclass(frozen=True)
class Theme:
    """The folders that make one theme, the first one first; ``compiled`` keeps its templates from build to build."""

    project: Path
    folders: tuple[Path, ...]
    compiled: Path

    @classmethod
    def load(cls, project: Path, name: str, cache_path: Path) -> "Theme":
        """Find a theme by its name: the site's own folder over the default theme."""
        site_theme = own_theme(project, name)
        if name != "default" and site_theme is None:
            raise ConfigError(f"找不到主题“{name}”", f"应有文件夹 themes/{name}/，或把 theme 改回 default")
        return cls(
            project,
            (site_theme, default_theme()) if site_theme else (default_theme(),),
            cache_path.parent / "templates",
        )

    def __reduce__(self) -> tuple[type["Theme"], tuple[Path, tuple[Path, ...], Path]]:
        """Another process reads the folders itself."""
        return Theme, (self.project, self.folders, self.compiled)

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The files of all folders by their path, the site's own before the default ones; nothing a link leads to."""
        return {
            name: path
            for folder in reversed(self.folders)
            for name, path in list_theme(self.project, folder).files.items()
        }

    @cached_property
    def environment(self) -> SandboxedTemplates:
        """The template environment: a variable that does not exist is an error."""
        return SandboxedTemplates(_under(_TEMPLATES, self._files), self.compiled)

    @cached_property
    def words(self) -> Words:
        """The words of all folders, the site's own over the default ones."""
        words = read_words(default_theme() / _WORDS, {})
        for folder in self.folders[:-1]:
            if path := list_theme(self.project, folder).files.get(_WORDS):
                words = read_words(path, words)
        return Words({group: Words(values) for group, values in words.items()})

    @cached_property
    def assets(self) -> dict[str, Path]:
        """Asset files by their path under ``assets/``."""
        return {
            name: path
            for name, path in _under(_ASSETS, self._files).items()
            if not name.rpartition("/")[2].startswith(".")
        }

    @cached_property
    def assets_digest(self) -> str:
        """A short name for the present state of all assets, for addresses that browsers may keep."""
        return digest(*(part for name, path in sorted(self.assets.items()) for part in (name, path.read_bytes())))[:8]

    @cached_property
    def digest(self) -> str:
        """A name for everything that a page takes from the theme."""
        templates = sorted(_under(_TEMPLATES, self._files).items())
        return digest(
            self.assets_digest, repr(self.words), *(p for n, path in templates for p in (n, path.read_bytes()))
        )

    def template_bytes(self, name: str) -> bytes:
        """Return a template that is no HTML, the site's own before the default one."""
        return self._files[f"{_TEMPLATES}/{name}"].read_bytes()

    def render(self, template: str, **values: Any) -> str:
        """Render one template.

        Raises ``GongkaiError`` that names the template and the line.
        """
        with explained(template):
            return self.environment.get_template(template).render(**values)

    def compile(self, templates: Iterable[str]) -> None:
        """Compile templates now, so that a mistake in one shows before anything is rendered."""
        for template in templates:
            with explained(template):
                self.environment.get_template(template)


def _under(folder: str, files: Mapping[str, Path]) -> dict[str, Path]:
    """Return the files of one folder of a theme by their path in it."""
    return {name.removeprefix(f"{folder}/"): path for name, path in files.items() if name.startswith(f"{folder}/")}
