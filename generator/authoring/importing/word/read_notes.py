"""What a person must know of a file that was read: what was left out, and what to compare with the original."""

from collections import Counter
from dataclasses import dataclass, field

_MOST_PLACES = 5
_MOST_LETTERS = 12


@dataclass
class ReadNotes:
    """Notes made while a file is read.

    ``dropped`` counts what was left out, by the word for it; ``left_out`` has the words of it that a reader of the
    paper sees, so that the comparison at the end does not take them for lost.
    """

    dropped: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _places: dict[str, list[str]] = field(default_factory=dict)

    def drop(self, what: str, words: str) -> None:
        """Note words that a reader of the paper sees and that are not in the text."""
        if words.strip():
            self.dropped[f"{what}“{' '.join(words.split())}”"] += 1
            self.left_out.append(words)

    def check(self, what: str) -> None:
        """Note something to compare with the original, in the paragraph that is being read."""
        self._open.append(what)

    def place(self, text: str) -> None:
        """Say where the open notes belong: in a paragraph with this text."""
        opened, self._open = self._open, []
        for what in opened:
            self._places.setdefault(what, []).append(" ".join(text.split())[:_MOST_LETTERS])

    def checks(self) -> list[str]:
        """Return the notes with their number and the beginnings of the first paragraphs where they belong."""
        self.place("")
        lines = []
        for what, places in self._places.items():
            named = list(dict.fromkeys(place for place in places if place))[:_MOST_PLACES]
            where = f"（在{'、'.join(f'“{place}”' for place in named)}）" if named else ""
            number = "" if len(places) == 1 and "“" in what else f" {len(places)} 处"
            lines.append(f"{what}{number}{where}")
        return lines

    def drops(self) -> list[str]:
        """Return what was left out, with its number where that is more than one or says nothing of its own."""
        return [
            what if what.endswith("”") and count == 1 else f"{what} {count} 处"
            for what, count in self.dropped.items()
            if count
        ]
