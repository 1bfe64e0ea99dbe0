"""The auditors' settings: days to mend a finding, and what findings cost in the score of a unit."""

from pydantic import Field, field_validator

from generator.config.settings.base import Settings

FULL_SCORE = 100


class AuditSettings(Settings):
    """What the auditors' report adds to the findings; no law sets these numbers, every office sets its own.

    ``mend_workdays`` is the limit of a 整改 from the day of the audit, 0 for none. A finding takes ``error_points`` or
    ``warning_points`` from the score of its unit, unless ``rule_points`` says otherwise for its rule or family.
    """

    mend_workdays: int = Field(default=15, ge=0, le=250)
    error_points: float = Field(default=2, ge=0, le=FULL_SCORE)
    warning_points: float = Field(default=0.5, ge=0, le=FULL_SCORE)
    rule_points: dict[str, float] = Field(default_factory=dict)

    @field_validator("rule_points")
    @classmethod
    def _in_range(cls, values: dict[str, float]) -> dict[str, float]:
        for name, points in values.items():
            if not 0 <= points <= FULL_SCORE:
                raise ValueError(f"{name} 的分值 {points:g} 不在 0 到 {FULL_SCORE} 之间")
        return values

    def points_of(self, rule: str, *, is_error: bool) -> float:
        """Return what one finding costs: by its rule, else by the longest family that is named, else its severity."""
        named = [name for name in self.rule_points if rule.startswith(name)]
        if named:
            return self.rule_points[max(named, key=len)]
        return self.error_points if is_error else self.warning_points
