"""``ids``: the prefix of an id for each 机关代字, so that 云溪人社规〔2026〕2号 becomes ``yrsg-2026-2``."""

import re
from collections.abc import Mapping

_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*", re.ASCII)
_MOST_PREFIX = 40
_NOT_IN_CODE = re.compile(r"[〔〕\[\]［］【】（）()]|号\Z")


def checked_prefixes(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes by their 机关代字 without blanks.

    Raises ``ValueError``, in Chinese, for one that cannot begin an address or belongs to two 代字.
    """
    result: dict[str, str] = {}
    codes: dict[str, str] = {}
    for code, prefix in prefixes.items():
        compact = "".join(code.split())
        if not compact or _NOT_IN_CODE.search(compact):
            raise ValueError(f"“{code[:40]}”不是机关代字，只写年份前面的字，如 某某人社规")
        if not _PREFIX.fullmatch(prefix) or len(prefix) > _MOST_PREFIX:
            raise ValueError(f"“{prefix[:40]}”不能作编号的前缀，用英文字母开头的字母、数字，如 rsg 或 rs-g")
        if prefix.casefold() in codes:
            raise ValueError(f"“{codes[prefix.casefold()]}”和“{compact}”的前缀都是 {prefix}，两个机关代字要用两个前缀")
        codes[prefix.casefold()] = compact
        result[compact] = prefix
    return result
