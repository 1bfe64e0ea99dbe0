"""The parts that a consultation notice must contain, and how headings and attachments name them."""

import re

from generator.domain.vocabulary.terms import Term


class NoticePart(Term):
    """征集公告的内容 (requirements CONS-07); ``sign`` recognises one in a heading or in the name of an attachment."""

    DRAFT = "draft", "征求意见稿"
    EXPLANATION = "explanation", "起草说明"
    GROUNDS = "grounds", "起草依据"
    WAYS = "ways", "提出意见的方式"

    @property
    def sign(self) -> re.Pattern[str]:
        """The pattern of the words that mark a passage as this part."""
        return _SIGNS[self]


_SIGNS = {
    NoticePart.DRAFT: re.compile("征求意见稿|意见稿|草案|草稿|讨论稿|送审稿"),
    NoticePart.EXPLANATION: re.compile(r"起草(?:说明|情况|背景)|必要性|背景|说明\b"),
    NoticePart.GROUNDS: re.compile("依据|根据|按照|依照|贯彻|落实"),
    # a heading may be 意见反馈 alone; a sentence that asks for 反馈意见 does not say how
    NoticePart.WAYS: re.compile("方式|途径|渠道|邮箱|电话|(?:提出意见|反馈意见|意见反馈)$", re.MULTILINE),
}
