"""Secrecy marks, home addresses and unofficial mailboxes: what words tell.

Each search is behind a word that most texts do not hold, so that they cost nothing there.
"""

import re
from collections.abc import Iterator

from generator.model import FindKind
from generator.privacy.piece import Piece

# GB/T 9704—2012 clause 7.2.2: 密级★保密期限. The mere word 国家秘密 in a law is no mark.
_STAR = re.compile(
    r"(?:绝密|机密|秘密)[\s*]{0,4}[★☆✭✯⭐][\s*]{0,4}(?:[0-9０-９一二三四五六七八九十]{1,3}\s?(?:年|个月|月|天|日)|长期|启封前|公布前)?"
)
_LEVEL = re.compile(r"密\s?级\s{0,2}[:：]\s{0,2}(?:绝密|机密|秘密)(?!文件|级|、|以)")
_ALONE = re.compile(r"^[ \t　#*>|]{0,8}(?:绝密|机密|秘密)(?:\s{0,3}[0-9０-９]{1,2}\s?年)?[ \t　*|]{0,8}$", re.MULTILINE)
_HEAD = 1200  # where a level that stands alone on its line is a mark, and not an item of a list
_INTERNAL = re.compile(
    r"(?:内部|涉密)(?:参考|参阅)?(?:资料|文件|材料|刊物|文稿|文件资料)?[ \t　，,;；。！!、·*（(]{0,4}"
    r"(?:不得|严禁|请勿|禁止|切勿|不准)(?:对外)?(?:外传|外泄|扩散|转载|公开|复制)"
    r"|内部(?:资料|文件|材料|刊物|参考|参阅)[ \t　，,;；。！!、·*（(]{0,4}"
    r"(?:注意保存|妥善保管|注意保密|用后收回|阅后即焚)"
    r"|(?:仅供|限)内部(?:使用|参考|参阅|传阅|学习|掌握)"
)
_SENTENCE = 30  # a mark stands by itself; in a longer line, between commas, it is a sentence about marks
_TRIM = ' \t　#*>|（）()【】[]《》“”"！!。_~`:：-—'

_MAILBOX = re.compile(
    r"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}\s?[@＠]\s?"
    r"(?:(?:vip\.)?(?:qq|163|126|188|139|189|sina|sohu|tom|21cn|aliyun|foxmail|gmail|hotmail|outlook|live|yahoo|icloud"
    r"|yeah|wo|263|eyou|msn|me|proton|protonmail|googlemail))\.(?:com\.cn|com|net|cn|me)(?![A-Za-z0-9-]|\.[A-Za-z])",
    re.IGNORECASE,
)

_LABEL = re.compile(
    r"(?:家庭|户籍|常住|现居住|居住|住宅|现)(?:所在地|详细)?(?:地址|住址)|(?<![家户居籍])住址|户籍所在地|[男女][，,、][^。\n]{0,60}?[，,、]现?住(?=[^所宿房院在建宅址])"
)
_LABEL_WORDS = (
    ("住", ("住址", "住地址", "，住", "现住")),
    ("籍", ("籍地址", "户籍所在地")),
    ("庭", ("庭地址",)),
    ("宅", ("宅地址",)),
)
_PLACE = re.compile(
    r"[ \t　*]{0,3}(?:[:：|]|为|在|是|于)?[ \t　*|]{0,3}"
    r"((?:[\u4e00-\u9fff]{0,30}(?:乡|镇|街道)|[\u4e00-\u9fff]{0,20}(?:省|市|县|州|旗|(?<![小社片园])区))?)"
    r"([\u4e00-\u9fffA-Za-z0-9０-９（）()#·\- 　－]{0,40}?[0-9０-９一二三四五六七八九十]{1,5}[ ]?"
    r"(?:组|社|号楼|号院|号|栋|幢|单元|室|户|楼)(?:[0-9０-９A-Za-z一二三四五六七八九十\-－东西南北]{1,6}(?:组|号楼|号|栋|幢|单元|室|户|楼)){0,4}"
    r"[0-9０-９]{0,4})"
)


def find_words(text: str) -> Iterator[Piece]:
    """Yield secrecy marks, home addresses below 乡镇 and mailboxes that are not an agency's."""
    if "密" in text or "内部" in text:
        yield from _secrecy(text)
    if "@" in text or "＠" in text:
        for found in _MAILBOX.finditer(text):
            name, _, host = found[0].replace("＠", "@").partition("@")
            value = f"{name.strip()}@{host.strip()}".lower()
            masked = f"{value[:1]}***@{host.strip().lower()}"
            yield Piece(found.start(), found.end(), FindKind.MAILBOX, value, masked)
    if any(char in text and any(word in text for word in words) for char, words in _LABEL_WORDS):
        yield from _addresses(text)


def _secrecy(text: str) -> Iterator[Piece]:
    patterns = [_STAR] if any(star in text for star in "★☆✭✯⭐") else []
    if "密级" in text or "密 级" in text:
        patterns.append(_LEVEL)
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield _mark(found.start(), found[0])
    for found in _ALONE.finditer(text[:_HEAD]):
        if "|" not in found[0]:
            lead = len(found[0]) - len(found[0].lstrip(_TRIM))
            yield _mark(found.start() + lead, found[0].strip(_TRIM))
    for found in _internal(text):
        if _is_mark(text, found):
            yield _mark(found.start(), found[0])


def _internal(text: str) -> Iterator[re.Match[str]]:
    for word in ("内部", "涉密"):
        place = text.find(word)
        while place >= 0:
            for start in (place, place - 1, place - 2):  # 限内部, 仅供内部
                if start >= 0 and (found := _INTERNAL.match(text, start)):
                    yield found
                    break
            place = text.find(word, place + 1)


def _mark(start: int, words: str) -> Piece:
    shown = " ".join(words.split())
    return Piece(start, start + len(words), FindKind.SECRECY, shown, shown)


def _is_mark(text: str, found: re.Match[str]) -> bool:
    """Whether words about secrecy are a mark: alone on a line, in brackets, or with a blank between them."""
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    line = text[start : len(text) if end < 0 else end].strip(_TRIM)
    if len(line) <= len(found[0]) + 8 and len(line) <= _SENTENCE:
        return True
    bracketed = text[found.start() - 1 : found.start()] in set("（(【[") and text[found.end() : found.end() + 1] in set(
        "）)】]"
    )
    return bracketed or bool(re.search(r"[\u4e00-\u9fff][ 　]{1,4}[\u4e00-\u9fff]", found[0]))


def _addresses(text: str) -> Iterator[Piece]:
    for label in _LABEL.finditer(text):
        place = _PLACE.match(text, label.end())
        if place:
            yield Piece(place.start(1), place.end(2), FindKind.ADDRESS, place[1] + place[2], f"{place[1]}****")
