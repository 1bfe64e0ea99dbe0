"""What a hit of the search shows of the state of its document."""

from generator.domain.model import Document
from generator.domain.vocabulary import PostingState


def shown_state(document: Document) -> str:
    """Return the state that a search card shows: 有效性, or that a notice has ended."""
    state = document.status or (document.posting_state if document.posting_state is PostingState.ENDED else None)
    return state.value if state else ""


def marks_and_parts(document: Document) -> list[object]:
    """Return the cells that only some rows and cards have: the marks of a document, and its parts.

    A mark says that it is suspended, or that an interpretation is outdated or of what has ended.
    """
    marks = [kind.value for kind in document.marks]
    marks += [document.interpretation_mark.value] if document.interpretation_mark else []
    parts = [
        [part.title, part.address, part.status.value if part.status else "", [kind.value for kind in part.marks]]
        for part in document.parts
    ]
    return [marks, parts] if parts else [marks] if marks else []
