"""The lines of positions in a source, asked for in its order, so that it is read once."""


class Lines:
    """The line numbers of one text; ``first_line`` is that of its beginning."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._line = first_line
        self._counted = 0

    def at(self, position: int) -> int:
        """Return the line of a position; one before the last that was asked for is on the line of that."""
        if position > self._counted:
            self._line += self._text.count("\n", self._counted, position)
            self._counted = position
        return self._line
