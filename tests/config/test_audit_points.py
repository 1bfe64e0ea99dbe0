"""What a finding costs in the score of a unit."""

from generator.config.settings import AuditSettings


def test_points_are_those_of_the_nearest_name() -> None:
    """A rule goes before its family, a family before the severity."""
    settings = AuditSettings(rule_points={"L": 3, "L00": 4, "L002": 5})
    points = [settings.points_of(rule, is_error=True) for rule in ("L002", "L001", "L019", "D001")]
    assert points == [5, 4, 3, settings.error_points]
