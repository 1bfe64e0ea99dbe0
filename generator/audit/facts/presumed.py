"""What is presumed where a document does not declare it: 文件类别, and in whose name it was issued."""

import re

from generator.domain.doc_numbers import parts_of
from generator.domain.model import Document
from generator.domain.own_documents import FROM_ELSEWHERE
from generator.domain.vocabulary import InterpretationRequired, IssuerLevel, label_of

_CITY = re.compile(r"(?!.*(?:县|区|旗|省))[\u4e00-\u9fff]{1,10}(?:市|州|盟|地区)(?:人民)?政府(?:办公厅|办公室|办)?")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_CODE = re.compile(r"(?P<place>[\u4e00-\u9fff]{1,4})(?<![财民邮行执廉])政(?:办)?(?:发|字|规|规发|规字|通|告|令)?")
_PROVINCES = frozenset("京津沪渝冀豫云滇辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙内陕吉闽贵黔粤青藏川蜀宁琼")
_UNDECIDED = (None, InterpretationRequired.AUTO)
_CITY_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:市|州|盟|地区)(?!.{0,6}(?:县|区|旗))")
_GOVERNMENT = re.compile("(?:县|区|旗|省|自治区)(?:人民)?政府")


def type_note(document: Document) -> str:
    """Return in Chinese why a document counts as a 行政规范性文件; empty where its file says what is required."""
    if document.presumption is None or not (document.presumption.certain or is_presumed(document)):
        return ""
    return f"；没有写“{label_of('doc_type')}”，按{document.presumption.sign}看作行政规范性文件"


def is_presumed(document: Document) -> bool:
    """Whether only title or text say that a document is a 行政规范性文件, and its file does not decline it."""
    sign = document.presumption
    return sign is not None and not sign.certain and document.value("interpretation_required") in _UNDECIDED


def type_hint(document: Document) -> str:
    """Return what to write where the presumption is wrong; empty where nothing is presumed."""
    return "；不是规范性文件的，写 doc_type（文件类别）" if type_note(document) else ""


def city_sign(document: Document) -> tuple[str, str]:
    """Return why a document is in the name of the city government: in Chinese, and the field that shows it.

    The words are empty where 发文层级 says so itself; both are empty where it is in nobody's or another's name.
    """
    if level := document.value("issuer_level"):
        return ("", "issuer_level") if level is IssuerLevel.CITY_GOV else ("", "")
    if document.value("source_type") in FROM_ELSEWHERE:
        return "", ""
    for issuer in document.issuers:
        if _CITY.fullmatch(issuer) and not issuer.startswith(_MUNICIPALITIES):
            return f"发布机构“{issuer}”", "issuer"
    parts = parts_of(document.doc_number) if "政" in document.doc_number else None
    code = _CODE.fullmatch(parts.code) if parts and parts.in_brackets else None
    if code is None or code["place"] in _PROVINCES or any(map(_GOVERNMENT.search, document.issuers)):
        return "", ""
    if any(_CITY_PLACE.match(issuer) and not issuer.startswith(_MUNICIPALITIES) for issuer in document.issuers):
        return f"文号的代字“{parts.code if parts else ''}”", "doc_number"
    return "", ""
