"""五公开 of documents, and how many documents of each theme have each stage (CAT-11)."""

from collections import Counter
from collections.abc import Mapping

from generator.audit.facts.duties import public_documents
from generator.domain.model import Archive, Document
from generator.domain.vocabulary import OpennessStage

NO_THEME = "（没有主题）"


def stages_of(document: Document) -> tuple[OpennessStage, ...]:
    """Return 五公开 of a document as declared."""
    value = document.value("openness_stage")
    return tuple(item for item in value if isinstance(item, OpennessStage)) if isinstance(value, tuple) else ()


def stages_by_theme(archive: Archive) -> Mapping[str, Mapping[OpennessStage, int]]:
    """Return the number of public documents of each theme in each stage, the themes in order of their names.

    Empty where no document declares a stage.
    """
    counts: dict[str, Counter[OpennessStage]] = {}
    for document in public_documents(archive):
        for theme in document.texts("theme") or (NO_THEME,) if "openness_stage" in document.page.fields else ():
            counts.setdefault(theme, Counter()).update(stages_of(document))
    return {theme: counts[theme] for theme in sorted(counts, key=lambda theme: (theme == NO_THEME, theme))}
