"""S: the register of requests for information among the files that documents publish."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.config.request_register import DEFAULT_NAMES
from generator.domain.model import Archive
from generator.domain.problems import Severity

_TABLE = re.compile(r"\.(?:csv|xlsx?|et|ods|zip)$", re.IGNORECASE)
_NAMED = re.compile("依申请公开.{0,6}台账|信息公开申请.{0,6}台账")


@rule(
    "S013",
    Severity.ERROR,
    blocking=True,
    source="{政府信息公开条例}第十五条；{个人信息保护法}第二十五条；{郑人社办〔2020〕199号} 三：申请统一登记、备案",
)
def published_register(archive: Archive, config: SiteConfig) -> Hits:
    """要公开的文件带着依申请公开台账。

    看附件和链接到的文件的名称：和台账的文件名相同，或者写明是依申请公开台账的表格。

    不对：附件里有 依申请公开台账.xlsx。
    对：　台账放在配置文件旁边，不在 content/ 里，也不作附件；要公开的是年度报告里的数字。
    改法：从附件里删去，把文件移出 content/。
    """
    names = {*DEFAULT_NAMES}
    if path := config.request_register.path:
        names.add(PurePosixPath(path).name)
    for document in archive.proactive:
        files = {attachment.file: attachment.line for attachment in document.attachments}
        files |= {link.target: link.line for link in document.page.links if link.target not in files}
        for file, line in files.items():
            name = PurePosixPath(unquote(file)).name
            if name in names or (_TABLE.search(name) and _NAMED.search(name)):
                hint = "从附件、正文里删去，把文件移到配置文件旁边"
                yield hit_at(document, f"“{name}”像是依申请公开台账，不能公开", hint, line=line)
