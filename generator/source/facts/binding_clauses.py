"""The clause by which a text binds people outside the body that wrote it: a penalty, or a duty from a certain day."""

import re
from collections.abc import Sequence

from generator.domain.model import StatedBinding, StatedEffect, StatedTerm, Text
from generator.source.facts.passages import Passages

_PENALTY_WORDS = ("罚款", "没收", "吊销", "责令", "给予处罚", "予以处罚", "行政处罚")
_PENALTY = re.compile(
    r"(?:处以?|并处)[^。；;\n]{0,30}罚款|没收(?:违法|非法)[^。；;，\n]{0,6}|吊销[^。；;，\n]{0,16}(?:证|照)"
    r"|责令[^。；;，\n]{0,14}(?:改正|停止|停产|停业|关闭|退回)|(?:给予|予以)(?:行政)?处罚"
)
_AGAINST = re.compile("违反|有下列|逾期|未按|拒不|情节|骗取|弄虚作假")
_DUTY_WORDS = ("应当", "不得", "必须", "禁止", "严禁")
_DUTY = re.compile(
    r"(?:公民|法人|其他组织|单位和个人|用人单位|用工单位|企业|经营者|个体工商户|参保人|参保单位|劳动者|当事人|申请人|申报人"
    r"|[出承]租人|业主|驾驶人|从业人员|培训机构|服务机构|中介机构|市民)[^。；;\n]{0,40}?(?:应当|必须|不得|严禁|禁止)"
    r"[^。；;，\n]{0,20}|(?:禁止|严禁)(?:在|任何|个人|单位|销售|生产|燃放|使用|携带|停放|占用|通行)[^。；;，\n]{0,20}"
)
_MOST = 40


def find_binding_clause(
    text: Text, passages: Passages, effects: Sequence[StatedEffect], terms: Sequence[StatedTerm]
) -> StatedBinding | None:
    """Return the first clause with a penalty, else the first duty of a text that says when it takes effect."""
    for passage in passages.with_any(_PENALTY_WORDS):
        for penalty in _PENALTY.finditer(passage.words):
            place = penalty.start()
            begin = max(passage.words.rfind("。", 0, place), passage.words.rfind("\n", 0, place)) + 1
            if _AGAINST.search(passage.words, begin, penalty.end()):
                return StatedBinding(penalty[0][:_MOST], text.line_at(passage.start + place), penal=True)
    for passage in passages.with_any(_DUTY_WORDS) if effects or terms else ():
        if duty := _DUTY.search(passage.words):
            return StatedBinding(duty[0][:_MOST], text.line_at(passage.start + duty.start()), penal=False)
    return None
