"""Presume the 文件类别 of a policy that does not declare it, where it is evidently a 行政规范性文件.

Only what the body itself issued, after the duty to interpret came into force (国办发〔2016〕80号), and what was not
moved in from an old site. 文件类别 in the file goes before every presumption.
"""

import datetime as dt
import re

from generator.domain.model import Document, Presumption
from generator.domain.normative_signs import binds_nobody, is_internal, is_of_others, normative_code, normative_noun
from generator.domain.own_documents import is_own, place_of

_SINCE = dt.date(2016, 11, 15)
_NOTICE = re.compile(r"(?:关于|印发).*的(?:通知|通告|公告|意见|决定|命令|令|(?:若干|[^的]{0,8})(?:意见|政策|措施))\Z")
_ENDS_OTHERS = re.compile("废止|失效|清理")
_SYSTEM_COLUMN = "system"  # 政府信息公开制度: rules of the body for itself


def presume(document: Document, agency: str) -> Presumption | None:
    """Return why a policy of a site is a 行政规范性文件, ``None`` where it declares a type or nothing says so.

    ``agency`` is the body whose site it is.
    """
    if document.doc_type or "doc_type" in document.page.fields or document.value("migrated") is True:
        return None
    if document.published and document.published < _SINCE:
        return None
    title = document.title
    if _ENDS_OTHERS.search(title) or not is_own(document, agency):
        return None
    if code := normative_code(document.doc_number, document.issuers):
        return Presumption(f"文号的代字“{code}”", "doc_number", certain=True)
    speaks_for_others = is_of_others(title) or document.column == _SYSTEM_COLUMN
    if speaks_for_others or not _names_place(document, agency) or is_internal(title, document.page.opening):
        return None
    return _sign_in_words(document)


def _names_place(document: Document, agency: str) -> bool:
    """Whether a title is that of a document of this place: it names the place or the issuer, or begins as a notice."""
    names = filter(None, (place_of(agency), *document.issuers))
    return bool(_NOTICE.match(document.title)) or any(name in document.title for name in names)


def _sign_in_words(document: Document) -> Presumption | None:
    """Return the sign in the title of a document, or in its text."""
    if noun := normative_noun(document.title):
        return Presumption(f"标题里的“{noun}”", "title")
    if binds_nobody(document.title):
        return None
    stated = document.page.stated_fields
    if stated.repeals:
        return Presumption(f"第 {stated.repeals[0].line} 行的废止条款“{stated.repeals[0].words}”", "title")
    if stated.binding:
        return Presumption(f"第 {stated.binding.line} 行{stated.binding.kind.value}“{stated.binding.words}”", "title")
    return None
