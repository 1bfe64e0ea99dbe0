"""The kind of a saved page: by its fields, its title, and the column that it was in."""

import re
from collections.abc import Collection

from generator.authoring.importing.official.document import PROPOSAL_REPLY, kind_by_title
from generator.authoring.importing.saved_pages.tree import compact
from generator.domain.vocabulary import Kind

_COLUMNS = (
    (re.compile(r"解读"), Kind.INTERPRETATION),
    (re.compile(r"(?:意见|建议|民意)(?:征集|征求|征询)|征求意见|征集调查"), Kind.CONSULTATION),
    (re.compile(r"(?:公开|信息公开).{0,6}年度报告|年度报告|年报"), Kind.REPORT),
    (re.compile(r"回应关切|热点回应|舆情"), Kind.RESPONSE),
    (re.compile(r"公开指南|公开制度|机构(?:概况|职能|设置)|领导(?:简介|信息|之窗)"), Kind.PAGE),
)
_OF_POLICIES = re.compile(r"政策|规范性文件|法规|规章|文件|公文")
_REPORT = re.compile(r"政府信息公开.{0,8}年度报告")
_RESULT = re.compile(r"结果|采纳|反馈|汇总|情况")


def kind_of_page(title: str, columns: Collection[str], keys: Collection[str]) -> Kind:
    """Return the kind; ``columns`` are the names of the column and of those above it, ``keys`` the known fields.

    >>> kind_of_page("关于开展培训工作的通知", ["政策文件"], {"doc_number", "index_no"}).value
    'policy'
    >>> kind_of_page("我局召开座谈会", ["工作动态"], {"index_no"}).value
    'notice'
    """
    by_title = kind_by_title(title)
    name = compact(title)
    if _REPORT.search(name):
        return Kind.REPORT
    if by_title is Kind.INTERPRETATION:
        return by_title
    if "doc_number" in keys and not PROPOSAL_REPLY.search(name):
        return Kind.POLICY
    if by_title is not Kind.POLICY:
        return by_title
    for column in reversed(list(columns)):
        for pattern, kind in _COLUMNS:
            if pattern.search(column) and not (kind is Kind.CONSULTATION and _RESULT.search(name)):
                return kind
    is_policy = "index_no" in keys and "date_written" in keys and any(map(_OF_POLICIES.search, columns))
    return Kind.POLICY if is_policy else Kind.NOTICE
