"""What a query needs beside its own pairs: the postings of words of the same meaning, and what makes a series."""

import pytest

from generator.publish.search.keys import keys_of_word, shard_of
from generator.publish.search.words import alternatives, beside, broader_of, groups_of, series_of, word_files

TABLE = "社保=社会保险\n房产证=房本>不动产权证书=不动产登记\n"
SHARDS = 64


def test_the_file_of_a_word_has_the_pairs_of_all_words_that_it_finds() -> None:
    """Whoever asks for a word has the postings of its synonyms with the file of its first pair, and no other keys."""
    words = alternatives(groups_of(TABLE), broader_of(TABLE))
    assert words["房产证"] == ["不动产权证书", "不动产登记", "房本"]  # official ones first
    assert "不动产权证书" not in words
    postings = {key: key for other in ("社会保险", "社保", "不动产登记") for key in keys_of_word(other)}
    files = beside(words, postings, SHARDS)
    assert len(files) == SHARDS
    home = files[shard_of("房产", SHARDS)]
    for key in keys_of_word("不动产登记"):
        assert home.get(key) == key or shard_of(key, SHARDS) == shard_of("房产", SHARDS)
    assert "权证" not in home  # no document has it
    assert beside(words, postings, 1) == [{}]


def test_a_word_of_the_table_stands_where_a_query_with_it_looks() -> None:
    """A word is in the file of its first pair; a lone character, and what a question would cut, are with the fields."""
    table = alternatives(groups_of(TABLE + "狗=犬"), broader_of(TABLE + "花了多少钱>决算"))
    every, files = word_files(table, ["多少钱", "了"], SHARDS)
    assert every == {"狗": ["犬"], "犬": ["狗"], "花了多少钱": ["决算"]}
    assert files[shard_of("房产", SHARDS)]["房产证"] == table["房产证"]
    assert files[shard_of("不动", SHARDS)]["不动产登记"] == []  # only found by others: not cut, and finds none
    assert sum(map(len, files)) == len({*table, *(other for others in table.values() for other in others)} - {*every})


@pytest.mark.parametrize(
    ("titles", "same"),
    [
        (("关于公布2023年度缴费基数的通知", "关于公布2024年度缴费基数的通知"), True),
        (("某某条例（第二辑）", "某某管理条例（第二辑）"), False),
        (("2023年", "2024年"), False),
        (("某某工作条例", "某某工作条例（第二版）"), True),
        (("某某补贴发放的通知", "2024年度某某补贴发放的通知"), True),
    ],
)
def test_titles_that_differ_in_numbers_only_are_a_series(titles: tuple[str, str], same: bool) -> None:
    """The notices of each year are one series; other titles, and titles of little but a number, are none."""
    first, second = list(series_of(titles))
    assert (first == second and first != "\u00a1") is same
