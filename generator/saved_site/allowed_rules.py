"""The rules that saved pages allow, each with the reason, and with the mend that an auditor can ask of a site.

A rule is here where all that it looks at is on a page. Rules about front matter, review forms, the catalogue, the git
history, what is not public, and about how a text is typed are not: no page tells.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from generator.audit import RULES, Rule
from generator.domain.problems import Finding


class AllowedRule(NamedTuple):
    """Why pages allow a rule, and its hint; an empty hint keeps the rule's own."""

    reason: str
    hint: str = ""


_CHECK_DAYS = "核对网页上的日期；日期不错的，就是晚了"
_PRIVATE = "请网站遮盖或删去；附件换上遮盖过的，原来的文件从服务器上删去"
_BY_ORIGINAL = "照原件核对，改正网页"
ALLOWED: Mapping[str, AllowedRule] = MappingProxyType(
    {
        "D001": AllowedRule("成文日期、发布日期印在信息表和标签里", _CHECK_DAYS),
        "D002": AllowedRule("起止日期写在公告里", "延长征集期限；情况紧急的，在公告里说明理由"),
        "D003": AllowedRule("期限由配置写明，结果链接在公告里", "公布采纳情况，链接到公告"),
        "F004": AllowedRule("几个日期印在同一页上", _BY_ORIGINAL),
        "F005": AllowedRule("索引号印在信息表里", "核对哪一件写错了；同一件发了两次的，删去一件"),
        "F006": AllowedRule("文号印在信息表和版头里", "核对哪一件写错了；同一件发了两次的，删去一件"),
        "G005": AllowedRule("公开属性印在信息表里和正文末尾", "核对公开属性：不应公开的立即撤下，写错的改正"),
        "P005": AllowedRule("只有网页说得出"),
        "H001": AllowedRule("链接在网页里，所指的网页应在同一个文件夹", "改正链接；网页已经删去的，恢复或者去掉链接"),
        "H002": AllowedRule("附件应在同一个文件夹", "补上附件文件，或改正链接"),
        "H004": AllowedRule("栏目页自己说没有内容，或者一条也没有列"),
        "H008": AllowedRule("正文里有附件说明，附件应链接在网页上", "补上附件文件"),
        "P004": AllowedRule("只有网页说得出"),
        "L001": AllowedRule("解读的标题、正文、链接都不提任何文件", "写明解读的是哪份文件，链接到它"),
        "L002": AllowedRule("规范性文件的网页和解读都在文件夹里", "补上解读，和文件互相链接"),
        "L003": AllowedRule("两边的发布日期都印在网页上", _CHECK_DAYS),
        "L004": AllowedRule("发布日期印在网页上", "在期限以内发布解读"),
        "L006": AllowedRule("解读的内容在网页上", "补上正文、图片或附件"),
        "L008": AllowedRule("引用的文号印在正文里", "看这份文件要不要修改或清理"),
        "L010": AllowedRule("两边的发布日期都印在网页上", "核对网页上的发布日期"),
        "L015": AllowedRule("发布日期和废止、失效的日子都印在网页上", "核对日期，在解读上标明文件已经废止或者失效"),
        "P001": AllowedRule("只有网页说得出"),
        "P002": AllowedRule("只有网页说得出"),
        "S001": AllowedRule("号码在网页和附件里", _PRIVATE),
        "S002": AllowedRule("号码在网页和附件里", "改为办公电话；名单里的遮盖"),
        "S003": AllowedRule("号码在网页和附件里", _PRIVATE),
        "S004": AllowedRule("标志在网页和附件里", "立即撤下，交保密审查"),
        "S006": AllowedRule("邮箱在网页和附件里", "换成本单位的政务邮箱"),
        "S007": AllowedRule("住址在网页和附件里", "住址写到乡镇、街道为止"),
        "S008": AllowedRule("名单在网页和附件里", "删去不必公示的列"),
        "T002": AllowedRule("有效期印在信息表里，也写在正文里", _BY_ORIGINAL),
        "T003": AllowedRule("施行日期印在信息表里，也写在正文里", _BY_ORIGINAL),
        "T004": AllowedRule("文号印在信息表里，也印在版头", _BY_ORIGINAL),
        "T005": AllowedRule("成文日期印在信息表里，也印在落款", _BY_ORIGINAL),
        "V001": AllowedRule(
            "有效性印在信息表里，废止和有效期写在正文里", "在网页上改标有效性，写明由哪份文件废止、哪一天失效"
        ),
        "V003": AllowedRule("试行、暂行在标题里，有效期写在正文或信息表里", "由制定单位明确有效期"),
        "V004": AllowedRule("有效期印在网页上", "到期以前评估要不要延续"),
        "P003": AllowedRule("只有网页说得出"),
    }
)
_LINE_OF_TEXT = re.compile(r"正文第 \d+ 行")
_WORDS = (
    ("front matter 写的是“主动公开”", "网页却已经公开"),
    ("写的是“有效”，按关联和日期应为", "网页写的是“有效”，按网站上的文件和日期应为"),
    ("没有写 expires_on", "网页没有写有效期"),
    ("没有写 date_effective", "网页没有写施行日期"),
    ("，写的是", "，网页写的是"),
)


def allowed_rules() -> tuple[Rule, ...]:
    """Return the rules that saved pages allow."""
    return tuple(RULES[name] for name in sorted(ALLOWED))


def for_auditors(finding: Finding) -> Finding:
    """Return a finding on a page in the words of one who sees pages only: without lines, keys and commands."""
    message = _LINE_OF_TEXT.sub("正文", finding.message)
    for old, new in _WORDS:
        message = message.replace(old, new)
    hint = ALLOWED[finding.rule].hint or finding.hint
    return replace(finding, line=1, message=message, hint=hint, field="")
