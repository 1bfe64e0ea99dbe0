"""The vocabulary of the field: enumerated values (``terms``) and front-matter fields (``fields``).

Source: requirements sections 20 and 21. Nothing else in the project spells a field's Chinese name;
messages, pages and the handbook take it from here.
"""

from generator.vocabulary.fields import (
    ATTACHMENT_KEYS,
    FIELDS,
    SITE_KEYS,
    FieldForm,
    FieldSpec,
    field_key,
    label_of,
    nearest,
    nearest_field,
)
from generator.vocabulary.terms import (
    CleanupResult,
    ConsultationState,
    Disclosure,
    DocType,
    Element,
    EventLevel,
    Form,
    InterpretationRequired,
    InterpretationState,
    InterpreterType,
    IssuerLevel,
    Kind,
    LegalOpinion,
    OpennessStage,
    ParticipationForm,
    Platform,
    RelationKind,
    SourceType,
    Status,
    Term,
)
from generator.vocabulary.withholding import WithholdClass

__all__ = [
    "ATTACHMENT_KEYS",
    "FIELDS",
    "SITE_KEYS",
    "CleanupResult",
    "ConsultationState",
    "Disclosure",
    "DocType",
    "Element",
    "EventLevel",
    "FieldForm",
    "FieldSpec",
    "Form",
    "InterpretationRequired",
    "InterpretationState",
    "InterpreterType",
    "IssuerLevel",
    "Kind",
    "LegalOpinion",
    "OpennessStage",
    "ParticipationForm",
    "Platform",
    "RelationKind",
    "SourceType",
    "Status",
    "Term",
    "WithholdClass",
    "field_key",
    "label_of",
    "nearest",
    "nearest_field",
]
