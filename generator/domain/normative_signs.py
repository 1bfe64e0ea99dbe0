"""Signs by which a document is a 行政规范性文件, or a 办事指南, although it does not declare 文件类别."""

import re

from generator.domain.doc_numbers import parts_of

# 云人社规〔2026〕1号; of a 规划局 the last character of a short 代字 may be its own name.
_NUMBER = re.compile(r"(?P<organ>[\u4e00-\u9fff]{1,12})规(?:字|发)?")
_PLANNING = "规划"
_SHORT_CODE = 2
_BRACKETS = r"(?:[（(][^（）()]{1,12}[）)]){0,3}"
_NOUN = (
    r"(?:办法|规定|细则|管理规范|实施意见|规程|准则|若干(?:政策措施|政策|措施|意见|规定)|(?:扶持|支持|激励|优惠|奖补)(?:政策措施|政策|措施)"
    rf"|裁量(?:权)?(?:基准|规则|标准)|(?<!考场)(?<!竞赛)(?<!比赛)(?<!评分)(?<!编码)(?<!命名)规则){_BRACKETS}"
)
_NAMED = re.compile(rf"(?P<noun>{_NOUN})\Z")
_ISSUED = re.compile(
    rf"(?:印发|公布|发布|颁布|颁发|制定|出台)[^。]*?(?P<noun>{_NOUN})》?(?:等[^的]{{0,12}})?的(?:通知|公告|通告|决定|命令|令)\Z"
)
_SOME = re.compile(
    r"\A(?!.*(?:学习|贯彻|落实|宣传|培训|执行情况))[^。]*?(?P<noun>若干(?:政策措施|政策|措施|意见|规定))的(?:通知|公告|通告|意见|决定)\Z"
)
_CHANGE = re.compile("修改|修订|修正|调整")
_OF_OTHERS = re.compile(
    "转发|批转|废止|失效|停止执行|清理|解读|征求意见|意见稿|草案|送审稿|讨论稿|公示|延续|有效期|暂停|恢复执行"
)
# Titles of papers that bind nobody outside, whatever words their texts use.
_NO_RULE = re.compile(
    "通报|报告|总结|批复|复函|的函|决定书|处罚|答复|会议|纪要|计划|规划|要点|表彰|奖励的|任免|任命|录用|名单|预算|决算|目录|清单"
    "|指南|问答|招聘|考试|竞赛|培训班|活动的|领导小组|联席会议|工作专班|成员的|职务"
)
_INTERNAL = re.compile(
    "(?:局|厅|委|办)机关|机关(?:内部|各|会议|考勤|财务|效能|学习|值班|后勤|车辆|公务)|内部|本局|考勤|值班|公文|印章|保密"
    "|固定资产|公务|党组|党委|议事|工作规则|领导干部|政务公开|信息公开|政策(?:文件)?解读|舆情|门户网站|政务新媒体"
)
_SERVICE_GUIDE = re.compile(r"(?:办事|服务|办理|申办|申请)指南[》）)]?\Z")
_ADDRESSEE = re.compile(r"\A[^：:。]{2,80}[：:]")
_INSIDE = re.compile(r"科室|处室|股室|处[（(]室|局属|厅属|委属|机关各|内设机构")
_OUTSIDE = re.compile(r"县|区|旗|街道|镇|乡|市直|企业|用人单位|公司|社会|公民|群众|机构(?<!内设机构)")


def normative_code(number: str, issuers: tuple[str, ...]) -> str:
    """Return the 代字 of a 文号 if it is one of 行政规范性文件, else an empty string.

    >>> normative_code("云岭人社规〔2026〕1号", ("云岭市人力资源和社会保障局",))
    '云岭人社规'
    """
    if "规" not in number:
        return ""
    parts = parts_of(number)
    code = parts.code if parts and parts.in_brackets else ""
    match = _NUMBER.fullmatch(code)
    if not match or code.endswith("法规"):
        return ""
    planning = any(_PLANNING in issuer for issuer in issuers)
    return "" if planning and len(match["organ"]) <= _SHORT_CODE else code


def normative_noun(title: str) -> str:
    """Return the noun by which a title names a 行政规范性文件, an empty string where it does not.

    >>> normative_noun("示例局关于印发《示例市灵活就业补贴办法（试行）》的通知")
    '办法（试行）'
    >>> normative_noun("关于学习贯彻《工伤保险条例实施办法》的通知")
    ''
    """
    if _OF_OTHERS.search(title):
        return ""
    bare = title.removesuffix("》") if title.startswith("《") else title
    match = _NAMED.search(bare) or _ISSUED.search(title) or _SOME.match(title)
    return match["noun"] if match else ""


def is_of_others(title: str) -> bool:
    """Whether a title forwards, ends, explains or only drafts the rules of another document."""
    return bool(_OF_OTHERS.search(title))


def is_change(title: str) -> bool:
    """Whether a title changes the rules of another document."""
    return bool(_CHANGE.search(title))


def binds_nobody(title: str) -> bool:
    """Whether a title is that of a report, a plan, a list or another paper without rules for the public."""
    return bool(_NO_RULE.search(title))


def is_internal(title: str, opening: str) -> bool:
    """Whether a document is for the body itself: by its title, or by its addressees, who are all inside."""
    if _INTERNAL.search(title):
        return True
    addressee = _ADDRESSEE.match(opening)
    return bool(addressee and _INSIDE.search(addressee[0]) and not _OUTSIDE.search(addressee[0]))


def is_service_guide(title: str) -> bool:
    """Whether a title is that of a 办事指南.

    >>> is_service_guide("异地就医备案办事指南"), is_service_guide("政府信息公开指南")
    (True, False)
    """
    return bool(_SERVICE_GUIDE.search(title.strip()))
