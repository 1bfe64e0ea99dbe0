"""What tables of lists mean: which one is the log of their changes."""

from generator.domain.information import change_columns


def test_a_log_of_changes_has_day_action_and_entry() -> None:
    """A table with an entry and an action, but no day, is the list itself, whatever its columns are called."""
    assert change_columns(("调整日期", "事项名称", "调整方式", "依据")) == (0, 2, 1)
    assert change_columns(("事项名称", "调整方式", "依据")) is None
    assert change_columns(("日期", "事项名称", "依据")) is None
