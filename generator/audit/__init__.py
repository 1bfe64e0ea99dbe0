"""audit: an ``Archive`` → findings. One small generator per rule; no file is read, no clock."""

from generator.audit import exemptions, fields, gate, hygiene, linkage, privacy, validity
from generator.audit.privacy import permissions
from generator.audit.registry import RULES, Rule, choose, run_rules

__all__ = [
    "RULES",
    "Rule",
    "choose",
    "exemptions",
    "fields",
    "gate",
    "hygiene",
    "linkage",
    "permissions",
    "privacy",
    "run_rules",
    "validity",
]
