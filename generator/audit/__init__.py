"""audit: an ``Archive`` → findings. One small generator per rule; no file is read, no clock."""

from generator.audit import (
    annual,
    coverage,
    exemptions,
    fields,
    gate,
    history,
    hygiene,
    interpretation,
    limits,
    linkage,
    privacy,
    requests,
    review,
    upkeep,
    validity,
)
from generator.audit.privacy import permissions
from generator.audit.registry import RULES, Rule, choose, run_rules

__all__ = [
    "RULES",
    "Rule",
    "annual",
    "choose",
    "coverage",
    "exemptions",
    "fields",
    "gate",
    "history",
    "hygiene",
    "interpretation",
    "limits",
    "linkage",
    "permissions",
    "privacy",
    "requests",
    "review",
    "run_rules",
    "upkeep",
    "validity",
]
