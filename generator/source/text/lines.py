"""The lines of what stands in a text, asked for in the text's order, so that it is gone through once."""

_MOST_MISSED = 500  # words that were not found, each of which costs the whole text


class Lines:
    """The line numbers of one text; ``first_line`` is that of its beginning."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._line = first_line
        self._counted = 0
        self._place = -1
        self._missed = 0

    def at(self, position: int) -> int:
        """Return the line of a position; one before the last that was asked for is on the line of that."""
        if position > self._counted:
            self._line += self._text.count("\n", self._counted, position)
            self._counted = position
        return self._line

    def of(self, words: str) -> int:
        """Return the line on which words stand behind the last ones; the line of those where they are not found."""
        if self._missed < _MOST_MISSED:
            found = self._text.find(words, self._place + 1)
            self._missed += found < 0
            self._place = max(found, self._place)
        return self.at(self._place)
