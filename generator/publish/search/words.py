"""Words of the same meaning: the table of the theme and of the config, as the search of the fields uses it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from generator.publish.search.keys import keys_of_word, plain, shard_of

_COUNTED = re.compile(r"第?[0-9〇零一二三四五六七八九十百]+(?:年度|[年辑期批版次届号])?")
_SHORTEST_SERIES = 6  # characters of a title without its numbers
_NO_SERIES, _FIRST_SERIES, _MOST_SERIES = 0xA1, 0xA2, 50_000


def groups_of(text: str) -> list[list[str]]:
    """Return groups of words that find each other, one in a line: ``社保=社会保险``."""
    groups = [_words(line.partition(">")[0]) for line in text.splitlines()]
    return [group for group in groups if len(group) > 1]


def broader_of(text: str) -> list[list[list[str]]]:
    """Return words with those that they find, too, but not the other way round: ``驾照=驾驶本>驾驶证``."""
    sides = [line.split(">", 1) for line in text.splitlines() if ">" in line]
    return [[_words(narrow), _words(wide)] for narrow, wide in sides]


def alternatives(groups: Iterable[Sequence[str]], broader: Iterable[Sequence[Sequence[str]]]) -> dict[str, list[str]]:
    """Return for each word of the table all words that it finds, too: official ones before other everyday ones.

    The full text is searched for the first few of them only.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for narrow, wide in broader:
        for word in map(plain, narrow):
            found[word] += map(plain, wide)
    for group in groups:
        words = list(map(plain, group))
        for word in words:
            found[word] += [other for other in words if other != word]
    return {word: list(dict.fromkeys(others)) for word, others in found.items()}


def word_files(
    words: Mapping[str, Sequence[str]], stop_words: Iterable[str], count: int
) -> tuple[dict[str, list[str]], list[dict[str, list[str]]]]:
    """Return the words of the table with what they find: for every query, and for each of ``count`` files of pairs.

    A word stands in the file of its first pair, which a query with this word loads; a character alone has no pair, and
    a word with a word of questions within is cut before its pairs are known: these few come with the fields. What only
    others find is there, too, and finds nothing: it is not cut.
    """
    stops = [stop for stop in stop_words if len(stop) > 1]
    every: dict[str, list[str]] = {}
    files: list[dict[str, list[str]]] = [{} for _ in range(count)]
    found = {other: () for others in words.values() for other in others}
    for word, others in sorted({**found, **words}.items()):
        keys = keys_of_word(word)
        if len(word) == 1 or any(stop in word for stop in stops):
            every[word] = list(others)
        elif keys:
            files[shard_of(keys[0], count)][word] = list(others)
    return every, files


def beside(words: Mapping[str, Iterable[str]], postings: Mapping[str, str], count: int) -> list[dict[str, str]]:
    """Return for each of ``count`` files of pairs the postings of other files that a query needs with it.

    Whoever asks for 房产证 also needs the pairs of 不动产登记. They stand in the file of 房产, which the query loads at
    once: its synonyms are known only later, and would cost a slow line another waiting time.
    """
    files: list[dict[str, str]] = [{} for _ in range(count)]
    for word, others in sorted(words.items()):
        own = keys_of_word(word)
        if not own:
            continue
        home = shard_of(own[0], count)
        for key in sorted({key for other in others for key in keys_of_word(other)}):
            if key in postings and shard_of(key, count) != home:
                files[home][key] = postings[key]
    return files


def series_of(titles: Iterable[str]) -> str:
    """Return a character for each title: the same for titles that differ in numbers only, as those of each year do."""
    skeletons = [_COUNTED.sub("", plain(title)) for title in titles]
    counts = Counter(skeletons)
    codes: dict[str, int] = {}
    for skeleton in skeletons:
        if counts[skeleton] > 1 and len(skeleton) >= _SHORTEST_SERIES and len(codes) < _MOST_SERIES:
            codes.setdefault(skeleton, _FIRST_SERIES + len(codes))
    return "".join(chr(codes.get(skeleton, _NO_SERIES)) for skeleton in skeletons)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split("=") if word.strip()]
