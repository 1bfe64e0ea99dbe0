"""What the registers beside the config have in common: the mistake in a row, and the day in a cell."""

import datetime as dt

from generator.domain.written_moments import read_written


class RowError(ValueError):
    """What is wrong with a row of a register, in Chinese, and the fix."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def day_in_cell(text: str, column: str) -> dt.date:
    """Return the day that a cell means, in any usual way of writing; ``column`` is used in messages.

    Raises ``RowError`` for an empty cell and for one that is no day.
    """
    moment = read_written(text) if text else None
    if moment is None:
        message = f"{column}“{text[:40]}”不是日期" if text else f"没有写{column}"
        raise RowError(message, f"{column}写成 2026-03-05，或 2026年3月5日")
    return moment.date() if isinstance(moment, dt.datetime) else moment
