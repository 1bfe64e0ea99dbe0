"""The parts that a guide, a service guide and an annual report must have, and the words that mark each in a text."""

import re
from typing import NamedTuple


class TextPart(NamedTuple):
    """One part that a text must have: its name for a reader, and ``sign``, the pattern of the words that give it."""

    label: str
    sign: re.Pattern[str]


def _part(label: str, pattern: str) -> TextPart:
    return TextPart(label, re.compile(pattern))


_IS = r"(?:[：:为是]|\s*\n|\s*[|｜]|\s)\s*"  # between the name of a fact and its value, in a sentence or in a table

# 条例 art. 12: 分类、编排体系、获取方式 and the facts of the office. A fact counts only with its value: a guide that
# lists 办公时间 among what the bureau publishes has not said when the office is open.
GUIDE_PARTS: tuple[TextPart, ...] = (
    _part("政府信息的分类", r"分类|类别|分为[^。\n]{0,20}类"),
    _part("编排体系", r"编排|索引号|目录(?:体系|结构|编制|由|包括|按)"),
    _part(
        "获取方式",
        r"获取(?:的)?(?:方式|途径|渠道|办法)"
        r"|(?:公开|查询|查阅)(?:的)?(?:方式|途径|渠道|形式)"
        r"|(?:可以|可)(?:通过|到)[^。\n]{0,40}(?:获取|查阅|查询|查看)",
    ),
    _part(
        "政府信息公开工作机构的名称",
        rf"(?:机构|单位|部门|科室|处室|名称|全称){_IS}[^\s，。、；：:|｜（(]{{0,30}}(?:办公室|科|处|股|室|中心|局|厅|委|政府|办|站)"
        r"(?=[\s，。、；|｜（(]|$)"
        r"|(?:信息公开|政务公开)[^。\n]{0,20}[由是为][^。\n]{0,30}(?:办公室|科|处|股|室|局|中心)"
        r"|[\u4e00-\u9fff]{1,24}(?:办公室|科|处|股|室|中心|局|厅|委)[^。\n]{0,6}(?:是|为|负责|承担|统一|具体)[^。\n]{0,20}(?:信息公开|政务公开)",
    ),
    _part(
        "办公地址",
        rf"(?:地址|地点|办公场所){_IS}[^\n。]{{0,40}}[路街道巷号楼室镇村区县市州]"
        r"|(?:位于|设在|地处)[^\n。]{2,40}[路街道巷号楼室]|[路街道巷]\s*\d+\s*号|\d+号楼",
    ),
    _part(
        "办公时间",
        rf"(?:办公|工作|受理|接待|服务|上班)时间{_IS}?(?:[（(【]?\s*(?:周|星期|工作日|法定|每|上午|下午|夏|冬|春|秋|\d|[一二三四五六七八九十]))"
        r"|(?:周一|星期一|工作日)[^\n。]{0,16}\d{1,2}\s*[:：时点]",
    ),
    _part("联系电话", r"(?:电话|热线)(?:号码)?[^\d\n，。]{0,12}\s*[（(]?\d[\d\-—－()（） ]{3,}"),
    _part(
        "传真号码",
        r"传\s*真(?:号码|电话)?[^\d\n，。]{0,8}\s*"
        r"(?:[（(]?\d[\d\-—－()（） ]{3,}|无|暂无|没有|未设|未开通|同)",
    ),
    _part("互联网联系方式", r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://|www\.|(?:网址|邮箱|信箱|公众号)[：:为是]\s*\S"),
)

# 服务公开 of 楚雄市人社局 二(三)4: eleven parts. Each is looked for in the labels of a text: headings, heads of tables,
# and what stands before a colon.
SERVICE_PARTS: tuple[TextPart, ...] = (
    _part("设定依据", r"(?<!收费)(?<!收费的)依据"),
    _part("申请条件", r"条件|申请人|申办对象|申请对象|服务对象|办理对象|补贴对象|适用对象|申请资格|受理范围|适用范围"),
    _part("申请材料", r"材料|资料"),
    _part("办理流程", r"流程|程序|步骤|怎么办"),
    _part("审批时限", r"时限|期限|办结时间|办理时间$|承诺时间|法定时间"),
    _part("收费依据及标准", r"收费|费用|是否收费"),
    _part("审批决定证件", r"证件|证照|结果|批文|批准文书|决定书|送达|领取"),
    _part("年检要求", r"年检|年审|年度检验|年报要求|年度报告要求|复审|定期检验"),
    _part("注意事项", r"注意|提示|提醒|常见问题|须知|特别说明"),
    _part("联系方式", r"联系|咨询|(?<!投诉)(?<!监督)(?<!举报)电话"),
    _part("投诉渠道", r"投诉|监督|举报"),
)

# 国办公开办函〔2021〕30号: six chapters, none left out.
REPORT_CHAPTERS: tuple[TextPart, ...] = (
    _part("总体情况", r"总体情况|概述|总体概况|基本情况"),
    _part("主动公开政府信息情况", r"主动公开(?:政府信息|信息)?(?:的)?情况"),
    _part("收到和处理政府信息公开申请情况", r"(?:收到|受理|依申请|处理).{0,10}(?:申请|公开).{0,8}情况"),
    _part("政府信息公开行政复议、行政诉讼情况", r"(?:复议|诉讼).{0,12}情况"),
    _part("存在的主要问题及改进情况", r"问题.{0,8}(?:改进|措施|整改)|存在(?:的)?(?:主要)?(?:问题|不足)"),
    _part("其他需要报告的事项", r"其他.{0,6}(?:报告|说明)?.{0,4}事项"),
)
FEES = _part(
    "收取信息处理费的情况",
    r"信息处理费|(?:收取|收费|费用).{0,20}(?:信息公开|依申请公开)|(?:信息公开|依申请公开).{0,20}(?:收取|收费|费用)",
)
PROPOSALS = _part(
    "建议、提案办理结果公开的情况",
    r"(?:建议|议案).{0,16}提案|提案.{0,16}建议|人大(?:代表)?建议|政协(?:委员)?提案|代表建议|委员提案",
)
