"""Home addresses and unofficial mailboxes, which are recognised by words.

Each search runs only where a text holds a word that most texts do not, so that it costs nothing in the others.
"""

import re
from collections.abc import Iterator

from generator.domain.model import MatchKind
from generator.domain.privacy.home_addresses import find_home_addresses
from generator.domain.privacy.piece import TextMatch

_MAILBOX = re.compile(
    r"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}\s?[@＠]\s?"
    r"(?:(?:vip\.)?(?:qq|163|126|188|139|189|sina|sohu|tom|21cn|aliyun|foxmail|gmail|hotmail|outlook|live|yahoo|icloud"
    r"|yeah|wo|263|eyou|msn|me|proton|protonmail|googlemail))\.(?:com\.cn|com|net|cn|me)(?![A-Za-z0-9-]|\.[A-Za-z])",
    re.IGNORECASE,
)


def find_contact_details(text: str) -> Iterator[TextMatch]:
    """Yield home addresses below 乡镇 and mailboxes that are not an agency's."""
    if "@" in text or "＠" in text:
        for match in _MAILBOX.finditer(text):
            name, _, host = match[0].replace("＠", "@").partition("@")
            value = f"{name.strip()}@{host.strip()}".lower()
            masked = f"{value[:1]}***@{host.strip().lower()}"
            yield TextMatch(match.start(), match.end(), MatchKind.MAILBOX, value, masked)
    yield from find_home_addresses(text)
