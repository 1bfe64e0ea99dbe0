"""The relations between documents, each with its inverse and its legal Chinese word."""

from enum import StrEnum
from typing import NamedTuple

from generator.domain.vocabulary.terms import Term


class RelationKind(Term):
    """A relation between two documents; the newer one declares it, both sides are derived."""

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
    IMPLEMENTS = "implements", "落实文件"
    IMPLEMENTED_BY = "implemented_by", "执行情况"
    FOLLOWS = "follows", "接续的信息", "前次回应", "前一环节"
    FOLLOWED_BY = "followed_by", "后续信息", "后续回应", "后一环节"
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


class Effect(StrEnum):
    """The effect of an act on the validity of an older document."""

    ENDS = "ends"
    AMENDS = "amends"
    SUSPENDS = "suspends"
    RESUMES = "resumes"
    RENEWS = "renews"
    REVIEWS = "reviews"  # a 清理结果 that does not change the validity
    NONE = "none"

    @property
    def gives_validity(self) -> bool:
        """Whether the act puts a document in force, or prolongs its term; an act that is not published never does."""
        return self in {Effect.RESUMES, Effect.RENEWS}


class RelationSpec(NamedTuple):
    """One relation: both of its sides, its effect, and where it is used.

    ``kind`` is the side on which it is stored, that of the document that acts or refers; ``is_declared`` says whether
    front matter has a field of that name. ``has_section`` says whether pages list it among the relations (what
    interprets a document has a place of its own). ``event`` is the word for it in the 沿革 of the older document,
    ``schema_org`` the property of the acting document in JSON-LD; both may be empty.
    """

    kind: RelationKind
    inverse: RelationKind
    effect: Effect = Effect.NONE
    is_declared: bool = True
    has_section: bool = True
    event: str = ""
    schema_org: str = ""


_K = RelationKind
RELATIONS = (
    RelationSpec(_K.INTERPRETS, _K.INTERPRETED_BY, has_section=False),
    RelationSpec(_K.REPEALS, _K.REPEALED_BY, Effect.ENDS, event="repealed", schema_org="legislationRepeals"),
    RelationSpec(_K.REPLACES, _K.REPLACED_BY, Effect.ENDS, event="replaced", schema_org="legislationRepeals"),
    RelationSpec(
        _K.LAPSES, _K.LAPSED_BY, Effect.ENDS, is_declared=False, event="lapsed", schema_org="legislationRepeals"
    ),
    RelationSpec(_K.AMENDS, _K.AMENDED_BY, Effect.AMENDS, event="amended", schema_org="legislationAmends"),
    RelationSpec(_K.SUSPENDS, _K.SUSPENDED_BY, Effect.SUSPENDS, event="suspended"),
    RelationSpec(_K.RESUMES, _K.RESUMED_BY, Effect.RESUMES, event="resumed"),
    RelationSpec(_K.RENEWS, _K.RENEWED_BY, Effect.RENEWS, event="renewed"),
    RelationSpec(_K.KEEPS, _K.KEPT_BY, Effect.REVIEWS, is_declared=False, event="kept"),
    RelationSpec(_K.REVISES, _K.REVISED_BY, Effect.REVIEWS, is_declared=False, event="to_revise"),
    RelationSpec(_K.BASED_ON, _K.BASIS_OF, schema_org="isBasedOn"),
    RelationSpec(_K.RESPONDS_TO, _K.RESPONDED_BY),
    RelationSpec(_K.OUTCOME, _K.OUTCOME_OF),
    RelationSpec(_K.CONSULTED, _K.CONSULTED_FOR),
    RelationSpec(_K.IMPLEMENTS, _K.IMPLEMENTED_BY),
    RelationSpec(_K.FOLLOWS, _K.FOLLOWED_BY),
    RelationSpec(_K.CITES, _K.CITED_BY, is_declared=False, schema_org="citation"),
)
"""All relations, in the order in which pages list them; every other table of relations is derived from this one."""

_INVERSES = {spec.kind: spec.inverse for spec in RELATIONS} | {spec.inverse: spec.kind for spec in RELATIONS}

STORED = frozenset(spec.kind for spec in RELATIONS)
"""The sides that are stored, those of the document that acts or refers; the others are derived."""
ENDING = tuple(spec.kind for spec in RELATIONS if spec.effect is Effect.ENDS)
"""The relations of an act that ends a document as a whole or in a clause."""
ENDED_BY = tuple(kind.inverse for kind in ENDING)
"""The same relations on the side of the document that ends."""
ACTING = tuple(spec.kind for spec in RELATIONS if spec.effect is not Effect.NONE)
"""The relations of an act that has an effect; it cannot be dated before the document that it acts on."""
GIVING = frozenset(spec.inverse for spec in RELATIONS if spec.effect.gives_validity)
"""The relations that give validity, on the side of the document that has it."""
