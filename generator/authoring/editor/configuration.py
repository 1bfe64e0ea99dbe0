"""``admin/config.yml``: the configuration of the editor as a whole."""

import re
from collections.abc import Mapping
from enum import StrEnum

from generator.authoring.editor import Options
from generator.authoring.editor.collections import collection_of, drafts_of
from generator.config.load import DEFAULT_INDEX_NO, SiteConfig
from generator.domain.vocabulary import Kind


class Backend(StrEnum):
    """Where the editor saves: a folder of this computer, or a repository on a server."""

    LOCAL = "local"
    GITLAB = "gitlab"
    GITEA = "gitea"
    GITHUB = "github"

    @property
    def has_workflow(self) -> bool:
        """Whether the editors can keep a change as a merge request until somebody approves it."""
        return self in {Backend.GITLAB, Backend.GITHUB}


_PYTHON_ONLY = re.compile(r"\(\?(?![:=!])|\\[AZzG]|[*+?}]\+")
_EXAMPLE_REPOSITORY = "单位/网站"
_NOBODY = "http://localhost"  # what the editor would ask if nobody chose the folder: nothing outside of this computer


def editor_configuration(config: SiteConfig, backend: Backend, folder: str) -> Options:
    """Return the configuration; ``folder`` is the path of the project in its repository, empty for its root."""
    content = f"{folder}/content" if folder else "content"
    patterns = _patterns(config)
    options: Options = {"backend": _backend(config, backend)}
    if backend is Backend.LOCAL:
        options["local_backend"] = True
    if backend.has_workflow:
        options["publish_mode"] = "editorial_workflow"
    return {
        **options,
        "locale": "zh_Hans",
        "site_url": config.site.base_url,
        "display_url": config.site.base_url,
        "app_title": f"{config.site.agency} 网页编辑器",
        "media_folder": f"{content}/files",
        "public_folder": "/files",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "output": {"omit_empty_optional_fields": True, "yaml": {"indent_sequences": True}},
        "collections": [
            *(collection_of(kind, content, patterns) for kind in Kind),
            drafts_of(content, patterns),
        ],
    }


def is_complete(config: SiteConfig, backend: Backend) -> bool:
    """Whether the config names the repository that the editor needs."""
    return backend is Backend.LOCAL or bool(config.editor.repo)


def _backend(config: SiteConfig, backend: Backend) -> Options:
    settings = config.editor
    if backend is Backend.LOCAL:
        # Sveltia CMS wants a repository even where it works on a folder; Decap CMS asks decap-server.
        return {
            "name": "gitea",
            "repo": settings.repo or "local/site",
            "branch": settings.branch,
            "base_url": _NOBODY,
            "api_root": f"{_NOBODY}/api/v1",
            "auth_methods": ["token"],
        }
    options: Options = {
        "name": backend.value,
        "repo": settings.repo or _EXAMPLE_REPOSITORY,
        "branch": settings.branch,
    }
    if settings.server:
        version = {"gitlab": "/api/v4", "gitea": "/api/v1", "github": "/api/v3"}[backend.value]
        options |= {"base_url": settings.server, "api_root": settings.server + version}
    if settings.app_id:
        options["app_id"] = settings.app_id
        if backend is Backend.GITLAB:
            options["auth_type"] = "pkce"
    return options


def _patterns(config: SiteConfig) -> Mapping[str, tuple[str, str]]:
    """Return the patterns that depend on the site: the forms of its 索引号, where JavaScript knows what they use."""
    allowed = config.index_no_patterns
    if any(_PYTHON_ONLY.search(pattern) for pattern in allowed):
        return {}
    example = "，如 553165075/2026-00001" if allowed == DEFAULT_INDEX_NO else f"：{'、'.join(allowed)}"
    return {"index_no": ("|".join(f"(?:{pattern})" for pattern in allowed), f"索引号不合规定的形式{example}")}
