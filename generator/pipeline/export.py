"""Export the public documents of a site for a search server: sources → graph → audit → gate → lines."""

from typing import NamedTuple

from generator.domain.problems import Finding
from generator.graph.gate import open_gate
from generator.pipeline.options import BuildOptions
from generator.pipeline.read import check_archive
from generator.publish.data.search_export import INDEX, export_lines
from generator.support.cache import Cache


class Exported(NamedTuple):
    """The lines of a site; ``None`` where blocking findings would stop its build."""

    title: str
    lines: bytes | None
    documents: int = 0
    blocking: tuple[Finding, ...] = ()


def export_site(options: BuildOptions, *, site: str = "", index: str = INDEX) -> Exported:
    """Return the bulk lines of a site; ``site`` is its name on a platform.

    Raises ``ConfigError`` for a config or a content folder that cannot be used.
    """
    checked = check_archive(options, with_history=False)
    title = checked.config.site.title
    if checked.blocking:
        return Exported(title, None, blocking=checked.blocking)
    public = open_gate(checked.archive)
    with Cache(options.cache_path) as cache:
        lines = b"".join(export_lines(public, checked.config, cache.text, name=site, index=index))
    return Exported(title, lines, len(public.documents))
