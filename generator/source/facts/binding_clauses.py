"""The clause by which a text binds people outside the body that wrote it: a penalty, or a duty from a certain day."""

import re
from collections.abc import Sequence

from generator.domain.model import BindingKind, StatedBinding, StatedEffect, StatedTerm, Text
from generator.source.facts.passages import Passages

_PENALTY_WORDS = ("罚款", "没收", "吊销", "责令", "给予处罚", "予以处罚", "行政处罚")
_PENALTY = re.compile(
    r"(?:处以?|并处)[^。；;\n]{0,30}罚款|没收(?:违法|非法)[^。；;，\n]{0,6}|吊销[^。；;，\n]{0,16}(?:证|照)"
    r"|责令[^。；;，\n]{0,14}(?:改正|停止|停产|停业|关闭|退回)|(?:给予|予以)(?:行政)?处罚"
)
_AGAINST = re.compile("违反|违者|有下列|逾期|未按|拒不|情节|骗取|弄虚作假")
# 串通报价的，…并处五千元以上罚款: who does it will be fined. 发现问题的，已责令改正 reports.
_WHO_DOES = re.compile(r"[^，,。；;\n]{2,60}的[，,][^。；;\n]*")
_DONE = re.compile("已|了|共|去年|上年|累计|全年|曾")
_DUTY_WORDS = ("应当", "不得", "必须", "禁止", "严禁")
_DUTY = re.compile(
    r"(?:任何(?:单位|个人|组织|机构|企业)|公民|法人|其他组织|单位和个人|用人单位|用工单位|企业|经营者|个体工商户|参保人|参保单位|劳动者|当事人|申请人|申报人"
    r"|[出承]租人|业主|驾驶人|从业人员|(?:养老|托育|医疗|医药|培训|服务|中介|检测|评估|金融|餐饮|教育|定点|救助|殡葬)[\u4e00-\u9fff]{0,4}机构|药店|医院|诊所|商户|门店|经营场所|幼儿园|物业|出租车|网约车|供应商|投标人|纳税人|饲养人|养犬人|村民|居民|市民|学校)[^。；;\n]{0,40}?(?:应当|必须|不得|严禁|禁止)"
    r"[^。；;，\n]{0,20}|(?:禁止|严禁)(?:在|任何|个人|单位|销售|生产|燃放|使用|携带|停放|占用|通行)[^。；;，\n]{0,20}"
)
# 各养老机构：…应当明码标价: a notice to those whom it binds does not name them again.
_ADDRESSED = re.compile(
    r"\A\s*(?:各|全[市县区省]|辖区)[^：:。\n]{0,30}?(?<!事业)(?:企业|公司|机构|单位|经营者|经营户|商户|门店|场所|业主|居民|村民|市民|学校|医院|协会)[：:]"
)
_OWN_ADDRESSEES = re.compile(
    "直属|局属|下属|所属|机关|科室|部门|人民政府|办事处|委员会|街道|乡镇|经办机构|内设|事业单位|直单位|有关单位|各单位"
)
_ADDRESSED_DUTY = re.compile(r"(?:应当|必须|不得|严禁|禁止)[^。；;，\n]{2,20}")
_STOP_WORDS = ("停止执行", "不再执行", "停止施行", "终止执行", "废止", "失效", "作废")
_STOPS = re.compile(
    r"(?:原(?!则|因|来|告|件|文(?!件))|此前|以前|以往|过去|《[^》\n]{4,60}》|[〔\[［【（(]\d{4}[〕\]］】）)]第?\d{1,5}号)[^。；;\n]{0,60}?"
    r"(?:停止执行|不再执行|停止施行|终止执行|(?:同时|即行|一并|相应|均|自行|予以|随之|起|》)(?:废止|失效|作废))(?=[。；;，,\n]|\Z)"
    r"|停止执行(?:原)?《[^》\n]{4,60}》"
)
# What the place has said before gives way: 此前规定与本通知不一致的，以本通知为准.
_PRECEDENCE_WORDS = ("不一致", "抵触", "不符", "不相符")
_PRECEDENCE = re.compile(
    r"[^。；;\n]{0,30}(?:与|同|和)本[^。；;，,\n]{1,12}(?:不一致|相?抵触|有抵触|不相?符)[^。；;\n]{0,24}?"
    r"(?:以|依|按照?|依照?|执行)本[^。；;，,\n]{1,12}"
)
_MOST = 40


def find_binding_clause(
    text: Text, passages: Passages, effects: Sequence[StatedEffect], terms: Sequence[StatedTerm]
) -> StatedBinding | None:
    """Return the first clause with a penalty, or that ends another text; else a duty of a text that names its days."""
    for passage in passages.with_any(_PENALTY_WORDS):
        for penalty in _PENALTY.finditer(passage.words):
            place = penalty.start()
            begin = max(passage.words.rfind("。", 0, place), passage.words.rfind("\n", 0, place)) + 1
            if _is_threat(passage.words, begin, penalty):
                return StatedBinding(penalty[0][:_MOST], text.line_at(passage.start + place), BindingKind.PENALTY)
    for passage in passages.with_any(_STOP_WORDS):
        if stop := _STOPS.search(passage.words):
            return StatedBinding(stop[0][-_MOST:], text.line_at(passage.start + stop.start()), BindingKind.ENDING)
    for passage in passages.with_any(_PRECEDENCE_WORDS):
        if first := _PRECEDENCE.search(passage.words):
            return StatedBinding(first[0][-_MOST:], text.line_at(passage.start + first.start()), BindingKind.ENDING)
    addressee = _ADDRESSED.match(text.words)
    is_addressed = bool(addressee and not _OWN_ADDRESSEES.search(addressee[0]))
    for passage in passages.with_any(_DUTY_WORDS) if effects or terms else ():
        if duty := _DUTY.search(passage.words) or (is_addressed and _ADDRESSED_DUTY.search(passage.words)) or None:
            return StatedBinding(duty[0][:_MOST], text.line_at(passage.start + duty.start()), BindingKind.DUTY)
    return None


def _is_threat(words: str, begin: int, penalty: re.Match[str]) -> bool:
    """Whether a sentence says what will be done to those who break the rules, not what was done."""
    if _AGAINST.search(words, begin, penalty.end()):
        return True
    who_does = _WHO_DOES.match(words, begin, penalty.end())
    return bool(who_does and not _DONE.search(who_does[0]))
