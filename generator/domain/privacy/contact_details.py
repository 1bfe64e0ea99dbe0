"""Home addresses and unofficial mailboxes, which are recognised by words.

Each search runs only where a text holds a word that most texts do not, so that it costs nothing in the others.
"""

import re
from collections.abc import Iterator

from generator.domain.model import MatchKind
from generator.domain.privacy.piece import TextMatch

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


def find_contact_details(text: str) -> Iterator[TextMatch]:
    """Yield home addresses below 乡镇 and mailboxes that are not an agency's."""
    if "@" in text or "＠" in text:
        for match in _MAILBOX.finditer(text):
            name, _, host = match[0].replace("＠", "@").partition("@")
            value = f"{name.strip()}@{host.strip()}".lower()
            masked = f"{value[:1]}***@{host.strip().lower()}"
            yield TextMatch(match.start(), match.end(), MatchKind.MAILBOX, value, masked)
    if any(char in text and any(word in text for word in words) for char, words in _LABEL_WORDS):
        yield from _addresses(text)


def _addresses(text: str) -> Iterator[TextMatch]:
    for label in _LABEL.finditer(text):
        address = _PLACE.match(text, label.end())
        if address:
            value, masked = address[1] + address[2], f"{address[1]}****"
            yield TextMatch(address.start(1), address.end(2), MatchKind.ADDRESS, value, masked)
