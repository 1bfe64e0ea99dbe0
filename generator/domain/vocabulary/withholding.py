"""不予公开类别: the eleven classes of the negative list, each with its ground and its use.

Source: requirements section 22 (004 附件1). Some classes only explain the refusal of a request; one
ends with the decision that it prepares (requirements ATTR-11).
"""

from generator.domain.laws import Ground
from generator.domain.vocabulary.terms import Term


class WithholdClass(Term):
    """One class of the negative list; its code is its label, its first synonym the description."""

    N01 = "n01", "N01", "危及国家安全、公共安全、经济安全、社会稳定"
    N02 = "n02", "N02", "商业秘密、个人隐私"
    N03 = "n03", "N03", "过程性信息"
    N04 = "n04", "N04", "内部管理信息"
    N05 = "n05", "N05", "需汇总、分析、加工或重新制作"
    N06 = "n06", "N06", "信访、举报或咨询类事项"
    N07 = "n07", "N07", "依法应当查阅的案卷材料"
    N08 = "n08", "N08", "档案信息"
    N09 = "n09", "N09", "单位内部信息"
    N10 = "n10", "N10", "业务信息"
    N11 = "n11", "N11", "其他法律、法规禁止公开"

    @property
    def meaning(self) -> str:
        """The description of the class."""
        return self.aliases[0]

    @property
    def reply_only(self) -> bool:
        """Whether the class explains a refused request only, and is no ground to withhold a document of the body."""
        return self in {WithholdClass.N05, WithholdClass.N06, WithholdClass.N07, WithholdClass.N08}

    @property
    def time_bound(self) -> bool:
        """Whether the ground falls away with time: 过程性信息 may be public once the decision is made."""
        return self is WithholdClass.N03

    @property
    def basis(self) -> str:
        """The legal ground of the class, as far as the acts that the negative list names are in force."""
        return WITHHOLD_GROUNDS[self].text()


WITHHOLD_GROUNDS = {
    WithholdClass.N01: Ground("{政府信息公开条例}第十四条"),
    WithholdClass.N02: Ground("{政府信息公开条例}第十五条"),
    WithholdClass.N03: Ground("{政府信息公开条例}第十六条；{国办发〔2010〕5号}"),
    WithholdClass.N04: Ground("{政府信息公开条例}第十六条；{国办发〔2010〕5号}"),
    WithholdClass.N05: Ground("{国办发〔2010〕5号}"),
    WithholdClass.N06: Ground("{政府信息公开条例}第二条"),
    # The negative list names 法释〔2011〕17号 for these two, which ended on 2025-06-01.
    WithholdClass.N07: Ground("{政府信息公开条例}第十六条第二款、第三十六条第七项"),
    WithholdClass.N08: Ground("{政府信息公开条例}第三十六条第七项；{档案法}"),
    WithholdClass.N09: Ground("{干部人事档案工作条例}等"),
    WithholdClass.N10: Ground("{社会保险法}；{政府信息公开条例}第十五条"),
    WithholdClass.N11: Ground("禁止公开的法律、法规"),
}
