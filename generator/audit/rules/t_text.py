"""T: the text of a document against its source and its fields (公文处理规范；requirements DOC-13)."""

from generator.audit.registry import Hits, noticed_problems, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Severity

_E = Severity.ERROR


@rule("T006", _E, source="公文处理规范：所见即所存")
def lost_words(archive: Archive, _config: SiteConfig) -> Hits:
    r"""正文里有字没有显示在网页上。

    不对：正文里写了 <object>……</object> 一类的网页代码，里面的字不会显示；符号被当成了网页的标记。
    对：　网页上的字和正文里的一个不少，一个不多。
    改法：符号要照原样显示的，在前面加反斜杠，如 \* 、\< ；网页代码里的字改写成普通段落。
    """
    yield from noticed_problems(archive, "T006")
