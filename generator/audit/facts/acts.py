"""Facts about acts on older documents: their day, the renewals of a text, its term before a renewal."""

import datetime as dt
import re

from generator.domain.model import Document, Relation
from generator.domain.vocabulary import ENDED_BY, RelationKind

VALIDITY_GROUND = "{国办发〔2018〕37号}：规范性文件清理与有效性标注"


TERM_GROUND = "有效期制度（{山东省行政规范性文件办法}第二十三条：延续有效期的重新登记、重新计算有效期）"


_REPEALING = re.compile(r"废止|宣布失效|清理结果")
_NOT_REPEALING = re.compile(r"解读|征求意见")


def lists_repeals(document: Document) -> bool:
    """Whether a document is by its title one that repeals others, as every one that its text lists."""
    return bool(_REPEALING.search(document.title)) and not _NOT_REPEALING.search(document.title)


def term_before(target: Document, renewal: Relation) -> dt.date | None:
    """Return the last day of a document's term, or of its part's, before one of its renewals."""
    part = next((one for one in target.parts if one.part_id == renewal.part), target)
    earlier = [act for act in renewals_of(part, renewal.part) if act.until and day_of(act) < day_of(renewal)]
    return max(earlier, key=day_of).until if earlier else part.date("expires_on")


def renewals_of(target: Document, part: str) -> list[Relation]:
    """Return the renewals of a document, or of its part."""
    part_name = "" if target.part_id else part  # the relations of a part do not have its id
    return [act for act in target.related(RelationKind.RENEWED_BY) if act.part == part_name and not act.void]


def endings_of(document: Document, part: str = "") -> list[Relation]:
    """Return the acts that were to end a document, or one part of it, as a whole; some of them may be void."""
    return [act for act in document.relations if act.kind in ENDED_BY and not act.clause and act.part == part]


def day_of(relation: Relation) -> dt.date:
    """Return the day from which a relation has effect, the first possible day where it has none."""
    return relation.since or dt.date.min
