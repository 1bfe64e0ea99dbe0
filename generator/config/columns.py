"""The default column tree of 国办公开办函〔2019〕61号; the config of a site changes or extends it."""

from generator.domain.model import Column
from generator.domain.vocabulary import Kind


def _column(
    column_id: str,
    title: str,
    parent: str = "",
    column_type: str = "政策文件",
    description: str = "",
    item: int = 0,
    kinds: tuple[Kind, ...] = (),
) -> Column:
    return Column(
        id=column_id,
        title=title,
        folder=column_id,
        parent=parent,
        column_type=column_type,
        description=description or title,
        fixed=not parent,
        statutory_item=item,
        kinds=kinds,
    )


# The four fixed parts and the entry to 依申请公开 (61号二), and under 法定主动公开内容 the fifteen items of
# 条例 art. 20, in an order for citizens. Folders are parts of addresses: they never change.
DEFAULT_COLUMNS: tuple[Column, ...] = (
    _column("guide", "政府信息公开指南", "", "信息公开指南", "政府信息的分类、编排体系和获取方式"),
    _column("system", "政府信息公开制度", "", "政策文件", "政府信息公开的法规、规章和本机关工作制度"),
    _column("statutory", "法定主动公开内容", "", "信息公开目录", "依法应当主动公开的政府信息"),
    _column("policies", "政策文件", "statutory", "政策文件", "规章、行政规范性文件和其他政策文件", 1, (Kind.POLICY,)),
    _column("interpretations", "政策解读", "statutory", "政策解读", "政策文件的解读材料", 0, (Kind.INTERPRETATION,)),
    _column(
        "consultations", "意见征集", "statutory", "征集调查", "征求意见稿、征集期限和采纳情况", 0, (Kind.CONSULTATION,)
    ),
    _column("responses", "回应关切", "statutory", "回应关切", "对社会关切的回应", 0, (Kind.RESPONSE,)),
    _column("institution", "机构职能", "statutory", "机构职能", "职能、机构设置、办公地址、联系方式和负责人", 2),
    _column("planning", "规划信息", "statutory", "政策文件", "专项规划、区域规划和年度计划", 3),
    _column("statistics", "统计信息", "statutory", "数据发布", "统计公报和统计数据", 4),
    _column(
        "licensing",
        "行政许可和服务事项",
        "statutory",
        "办事服务",
        "办理行政许可和其他对外管理服务事项的依据、条件、程序和结果",
        5,
    ),
    _column(
        "penalties", "行政处罚和行政强制", "statutory", "政策文件", "实施行政处罚、行政强制的依据、条件、程序和决定", 6
    ),
    _column("budget", "财政预决算", "statutory", "数据发布", "财政预算、决算信息", 7),
    _column("fees", "行政事业性收费", "statutory", "政策文件", "行政事业性收费项目及其依据、标准", 8),
    _column("procurement", "政府集中采购", "statutory", "政策文件", "政府集中采购项目的目录、标准和实施情况", 9),
    _column("projects", "重大建设项目", "statutory", "政策文件", "重大建设项目的批准和实施情况", 10),
    _column(
        "social", "社会保障和促进就业", "statutory", "政策文件", "社会保障、促进就业等方面的政策、措施和实施情况", 11
    ),
    _column("emergencies", "突发公共事件", "statutory", "政策文件", "突发公共事件的应急预案、预警信息和应对情况", 12),
    _column("supervision", "监督检查", "statutory", "政策文件", "监督检查的情况", 13),
    _column(
        "recruitment", "公务员和事业单位招考", "statutory", "工作动态", "招考的职位、名额、报考条件等事项和录用结果", 14
    ),
    _column(
        "notices",
        "其他法定公开信息",
        "statutory",
        "工作动态",
        "规定应当主动公开的其他政府信息",
        15,
        (Kind.NOTICE, Kind.PAGE),
    ),
    _column("reports", "政府信息公开年报", "", "信息公开年报", "历年政府信息公开工作年度报告", kinds=(Kind.REPORT,)),
    _column("request", "依申请公开", "", "依申请公开", "申请获取政府信息的方式、期限和救济渠道"),
)
