"""The reason that a text gives for taking effect at once, without the thirty days of 规章制定程序条例 art. 32."""

import re

from generator.domain.model import Text

_WORDS = ("立即", "即日", "起施行", "起实施", "起执行", "起生效", "有碍", "国家安全")
_REASON = re.compile(
    r"有碍[^。；\n]{0,30}(?:施行|实施|执行)|涉及国家安全|外汇汇率|货币政策|(?:情况|形势|任务|工作)(?:十分|非常)?(?:紧急|紧迫)"
    r"|紧急(?:状态|情况|需要|措施)|应对?(?:急|突发)|突发|防汛|抗旱|抢险|救灾|疫情|抗震|防控"
)
_AT_ONCE = re.compile(
    r"(?:因|由于|鉴于|为(?:了)?(?:及时|尽快|保障|维护|应对|避免|防止|衔接|落实))[^。；\n]{2,80}?"
    r"(?:立即|即日起?|自(?:公布|发布|印发)之日起?|自\d{4}年\d{1,2}月\d{1,2}日起?)(?:施行|实施|执行|生效)"
)


def find_haste(text: Text) -> str:
    """Return the words that say why a text takes effect at once; empty where it gives no reason."""
    words = text.words
    if not any(word in words for word in _WORDS):
        return ""
    match = _AT_ONCE.search(words)
    if match is None and any(
        word in words for word in ("立即", "有碍", "紧急", "国家安全", "汇率", "突发", "疫情", "防汛")
    ):
        match = _REASON.search(words)
    return match[0] if match else ""
