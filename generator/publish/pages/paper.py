"""What a document needs on paper and as a file, besides what its page shows."""

from generator.domain.model import Document
from generator.publish.theme.environment import View


def paper_of(document: Document, *, pdf: str = "") -> View:
    """Return number, state, issuing bodies and day of a document.

    ``word`` and ``pdf`` are the paths of its files, empty for none.
    """
    day = document.value("date_written") or document.value("date_published")
    return {
        "word": f"{document.address}{document.id}.docx" if document.status else "",
        "pdf": pdf,
        "number": document.doc_number or "",
        "state": document.state_text if document.state else "",
        "issuer": "、".join(document.issuers),
        "day": str(day)[:10] if day else "",
    }
