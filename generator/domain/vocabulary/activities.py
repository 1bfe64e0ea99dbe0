"""The activities of a year that a register counts, because no document of the site shows them."""

from generator.domain.vocabulary.terms import Term


class ActivityType(Term):
    """类型 of a row of the register of activities (requirements RPT-12)."""

    INTERVIEW = "interview", "在线访谈", "访谈"
    LEADER_INTERPRETATION = "leader_interpretation", "主要负责人解读", "负责人解读", "领导解读", "局长解读"
    MEETING = "representative_meeting", "公众列席会议", "列席会议", "代表座谈", "座谈会", "代表座谈会", "代表列席会议"
    TRAINING = "training", "培训", "业务培训", "政务公开培训"
    LEADER_REPORT = "leader_report", "听取汇报", "负责人听取汇报", "主要负责人听取汇报", "领导听取汇报"
    ASSESSMENT_WEIGHT = "assessment_weight", "考核权重", "考核分值权重", "分值权重", "绩效权重"

    @property
    def is_share(self) -> bool:
        """Whether its 数量 is a share in percent; of the others it is a number of times."""
        return self is ActivityType.ASSESSMENT_WEIGHT
