"""The theme: templates, words and assets; those of the site take precedence over the default ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import jinja2

from generator.domain.problems import ConfigError
from generator.publish.text.addresses import address_from
from generator.publish.text.phones import with_phones
from generator.publish.theme.sandbox import SandboxedTemplates, template_errors
from generator.publish.theme.tokens import Tokens, check_contrast, read_tokens, tokens_css
from generator.publish.theme.words import read_words
from generator.source.theme_files import default_theme, list_theme, own_theme
from generator.support.cache import digest

View: TypeAlias = dict[str, Any]
"""The contents of a page as plain values: strings, numbers, lists, dictionaries."""
_TEMPLATES, _ASSETS, _STYLES = "templates", "assets", "styles"
_WORDS, _TOKENS = "locale.yaml", "theme.yaml"
_STYLE_SHEET = "style.css"


class Words(dict[str, Any]):
    """The theme's words; a missing word is an error, never an empty string."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise jinja2.UndefinedError(f"locale.yaml 里没有“{name}”") from None


@dataclass(frozen=True)
class Theme:
    """A theme: its folders in order of precedence, and the folder of the cache for its ``compiled`` templates."""

    project: Path
    folders: tuple[Path, ...]
    compiled: Path
    home: Path  # the folder whose ``themes/`` has the theme: that of the site, or of its platform

    @classmethod
    def load(cls, project: Path, name: str, cache_path: Path, *, platform: Path | None = None) -> "Theme":
        """Return the theme of a name: the folder of the site, else that of its platform, over the default theme.

        Raises ``ConfigError`` where the site has no folder for a name other than ``default``.
        """
        home = project if platform is None or own_theme(project, name) else platform
        site_theme = own_theme(home, name)
        if name != "default" and site_theme is None:
            raise ConfigError(f"找不到主题“{name}”", f"应有文件夹 themes/{name}/，或把 theme 改回 default")
        return cls(
            project,
            (site_theme, default_theme()) if site_theme else (default_theme(),),
            cache_path.parent / "templates",
            home,
        )

    def __reduce__(self) -> tuple[type["Theme"], tuple[Path, tuple[Path, ...], Path, Path]]:
        """Pickle the paths only: another process reads the folders itself."""
        return Theme, (self.project, self.folders, self.compiled, self.home)

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The files of all folders by path; the site's replace the default ones, and symbolic links are left out."""
        return {
            name: path
            for folder in reversed(self.folders)
            for name, path in list_theme(self.home, folder).files.items()
        }

    @cached_property
    def environment(self) -> SandboxedTemplates:
        """The Jinja environment, in which an unknown variable is an error."""
        environment = SandboxedTemplates(_under(_TEMPLATES, self._files), self.compiled)
        environment.filters["phones"] = with_phones
        environment.filters["under"] = address_from
        return environment

    @cached_property
    def words(self) -> Words:
        """The words by group; the site's replace the default ones."""
        words = read_words(default_theme() / _WORDS, {})
        for folder in self.folders[:-1]:
            if path := list_theme(self.home, folder).files.get(_WORDS):
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

    @property
    def is_default(self) -> bool:
        """Whether the site has no theme of its own."""
        return not any(list_theme(self.home, folder).files for folder in self.folders[:-1])

    @cached_property
    def tokens(self) -> Tokens:
        """The design tokens by group; the site's replace the default ones.

        Raises ``ConfigError`` where a ``theme.yaml`` has a mistake, or colours that cannot be told apart.
        """
        tokens = read_tokens(default_theme() / _TOKENS, {})
        for folder in self.folders[:-1]:
            if path := list_theme(self.home, folder).files.get(_TOKENS):
                tokens = read_tokens(path, tokens)
                check_contrast(tokens, path)
        return tokens

    def check(self) -> None:
        """Read what a site's own theme may have wrong, before other processes do.

        Raises ``ConfigError`` for its mistakes.
        """
        _ = self.tokens

    @cached_property
    def style_sheet(self) -> bytes:
        """The style sheet of all pages: the tokens, ``assets/style.css``, then the files of ``styles/`` by name."""
        files = [self.assets[_STYLE_SHEET], *(path for _, path in sorted(_under(_STYLES, self._files).items()))]
        return b"".join((tokens_css(self.tokens).encode(), *(path.read_bytes() for path in files)))

    def asset_bytes(self, name: str) -> bytes:
        """Return the bytes of an asset as it is published."""
        return self.style_sheet if name == _STYLE_SHEET else self.assets[name].read_bytes()

    @cached_property
    def assets_digest(self) -> str:
        """A short digest of all assets, for addresses that browsers may cache."""
        return digest(*(part for name in sorted(self.assets) for part in (name, self.asset_bytes(name))))[:8]

    @cached_property
    def digest(self) -> str:
        """A digest of everything that a page takes from the theme."""
        templates = sorted(_under(_TEMPLATES, self._files).items())
        return digest(
            self.assets_digest,
            repr(self.words),
            *(part for name, path in templates for part in (name, path.read_bytes())),
        )

    def template_bytes(self, name: str) -> bytes:
        """Return the bytes of a template that is not HTML."""
        return self._files[f"{_TEMPLATES}/{name}"].read_bytes()

    def render(self, template: str, **values: Any) -> str:
        """Return a rendered template.

        Raises ``GongkaiError`` with the template and the line.
        """
        with template_errors(template):
            return self.environment.get_template(template).render(**values)

    def compile(self) -> None:
        """Compile all templates once, before worker processes start and before anything is rendered.

        Raises ``GongkaiError`` with the template and the line of a mistake in one.
        """
        for template in sorted(_under(_TEMPLATES, self._files)):
            if template.endswith(".html"):
                with template_errors(template):
                    self.environment.get_template(template)


def _under(folder: str, files: Mapping[str, Path]) -> dict[str, Path]:
    """Return the files of one folder of a theme by their path in it."""
    return {name.removeprefix(f"{folder}/"): path for name, path in files.items() if name.startswith(f"{folder}/")}
