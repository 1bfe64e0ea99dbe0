"""How one document stands to another: every relation once, with its other side and its legal Chinese word."""

from generator.domain.vocabulary.terms import Term


class RelationKind(Term):
    """How one document stands to another; stored on the newer one, both sides derived."""

    INTERPRETS = "interprets", "解读对象"
    INTERPRETED_BY = "interpreted_by", "政策解读"
    REPEALS = "repeals", "废止文件"
    REPEALED_BY = "repealed_by", "废止依据"
    AMENDS = "amends", "修改文件"
    AMENDED_BY = "amended_by", "修改依据"
    REPLACES = "replaces", "替代文件"
    REPLACED_BY = "replaced_by", "被替代为"
    BASED_ON = "based_on", "制定依据"
    BASIS_OF = "basis_of", "作为依据"
    RESPONDS_TO = "responds_to", "回应文件"
    RESPONDED_BY = "responded_by", "相关回应"
    OUTCOME = "outcome", "征集结果"
    OUTCOME_OF = "outcome_of", "所反馈的征集"
    CONSULTED = "consulted", "征求意见公告"
    CONSULTED_FOR = "consulted_for", "形成的文件"
    FOLLOWS = "follows", "前次回应"
    FOLLOWED_BY = "followed_by", "后续回应"
    LAPSES = "lapses", "宣布失效文件"
    LAPSED_BY = "lapsed_by", "宣布失效依据"
    SUSPENDS = "suspends", "暂停执行文件"
    SUSPENDED_BY = "suspended_by", "暂停执行依据"
    RESUMES = "resumes", "恢复执行文件"
    RESUMED_BY = "resumed_by", "恢复执行依据"
    RENEWS = "renews", "延续有效期的文件"
    RENEWED_BY = "renewed_by", "有效期延续依据"
    KEEPS = "keeps", "清理后继续有效的文件"
    KEPT_BY = "kept_by", "清理后继续有效的依据"
    REVISES = "revises", "清理后需要修改的文件"
    REVISED_BY = "revised_by", "清理后需要修改的依据"
    CITES = "cites", "引用文件"
    CITED_BY = "cited_by", "被引用"

    @property
    def inverse(self) -> "RelationKind":
        """The same relation seen from the other end."""
        return _INVERSES[self]


_PAIRS = [
    (RelationKind.INTERPRETS, RelationKind.INTERPRETED_BY),
    (RelationKind.REPEALS, RelationKind.REPEALED_BY),
    (RelationKind.AMENDS, RelationKind.AMENDED_BY),
    (RelationKind.REPLACES, RelationKind.REPLACED_BY),
    (RelationKind.BASED_ON, RelationKind.BASIS_OF),
    (RelationKind.RESPONDS_TO, RelationKind.RESPONDED_BY),
    (RelationKind.OUTCOME, RelationKind.OUTCOME_OF),
    (RelationKind.CONSULTED, RelationKind.CONSULTED_FOR),
    (RelationKind.FOLLOWS, RelationKind.FOLLOWED_BY),
    (RelationKind.LAPSES, RelationKind.LAPSED_BY),
    (RelationKind.SUSPENDS, RelationKind.SUSPENDED_BY),
    (RelationKind.RESUMES, RelationKind.RESUMED_BY),
    (RelationKind.RENEWS, RelationKind.RENEWED_BY),
    (RelationKind.KEEPS, RelationKind.KEPT_BY),
    (RelationKind.REVISES, RelationKind.REVISED_BY),
    (RelationKind.CITES, RelationKind.CITED_BY),
]
_INVERSES = dict(_PAIRS) | {b: a for a, b in _PAIRS}

# What ends a document as a whole or in a clause: each side.
ENDING = (RelationKind.REPEALS, RelationKind.REPLACES, RelationKind.LAPSES)
ENDED_BY = (RelationKind.REPEALED_BY, RelationKind.REPLACED_BY, RelationKind.LAPSED_BY)
# What an act does to an older document; none of them can be dated before it.
ACTING = (
    *ENDING,
    RelationKind.AMENDS,
    RelationKind.SUSPENDS,
    RelationKind.RESUMES,
    RelationKind.RENEWS,
    RelationKind.KEEPS,
    RelationKind.REVISES,
)
# What gives validity: an act that nobody may read gives none.
GIVING = frozenset({RelationKind.RENEWED_BY, RelationKind.RESUMED_BY})
