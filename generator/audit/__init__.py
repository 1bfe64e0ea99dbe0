"""audit: an ``Archive`` → findings. One small generator per rule; no file is read, no clock."""

from generator.audit import exemptions, fields, gate, history, hygiene, linkage, privacy, review, validity
from generator.audit.privacy import permissions
from generator.audit.registry import RULES, Rule, choose, run_rules

__all__ = [
    "RULES",
    "Rule",
    "choose",
    "exemptions",
    "fields",
    "gate",
    "history",
    "hygiene",
    "linkage",
    "permissions",
    "privacy",
    "review",
    "run_rules",
    "validity",
]
