"""Find the policy that the words of another page name, by its title in any short form or by its 文号."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.domain.doc_numbers import doc_number_key
from generator.domain.titles import title_key
from generator.saved_site.read_page import ReadPage

_ISSUED = re.compile(
    r"(?:印发|公布|发布|转发)(?:《(.+)》|([^《》]{4,}?))的(?:通知|公告|决定|通告|函|令)(?:\(.{1,20}\))?\Z"
)
_ABOUT = "关于"
_OF_INTERPRETATIONS = re.compile(
    r"一图读懂|图解|图文解读|一图看懂|(?:的)?(?:相关)?(?:政策|文件|文字|媒体|专家|负责人|部门|权威|图片|视频|动漫)*解读(?:之?[一二三四五六七八九十\d]+)?|"
    r"(?:的)?(?:政策)?问答|(?:就|关于)?.{0,30}答记者问|[:：|｜《》()“”\"]|\A关于|起草说明|(?:的)?说明\Z|【.{1,12}】|\[.{1,12}\]"
)
_LEAST = 6  # characters; shorter names are names of many texts


class PolicyNames:
    """The policies of a folder by their 文号 and by their titles; the values are paths."""

    def __init__(self, policies: Iterable[ReadPage]) -> None:
        self._titles: dict[str, list[str]] = defaultdict(list)
        self._numbers: dict[str, list[str]] = defaultdict(list)
        for page in policies:
            for name in names_of_title(page.title):
                self._titles[name].append(page.path)
            field = page.page.fields.get("doc_number")
            if field and isinstance(field.value, str) and field.value != "none":
                self._numbers[doc_number_key(field.value)].append(page.path)

    def by_title(self, key: str) -> str | None:
        """Return the one policy of a title, ``None`` for none or several."""
        return _only(self._titles.get(key, ()))

    def by_number(self, key: str) -> str | None:
        """Return the one policy of a 文号, ``None`` for none or several."""
        return _only(self._numbers.get(key, ()))

    def named_in_title(self, page: ReadPage) -> list[str]:
        """Return the policies that the title of an interpretation names for certain."""
        named = [*map(self.by_title, page.named_titles), *map(self.by_number, page.named_numbers)]
        if found := [path for path in named if path]:
            return list(dict.fromkeys(found))
        key = title_key(page.title)
        inside = sorted((name for name in self._titles if len(name) >= _LEAST and name in key), key=len, reverse=True)
        if inside and (path := _only(self._titles[inside[0]])):
            return [path]
        core = _OF_INTERPRETATIONS.sub("", key)
        ending = {
            path
            for name, paths in self._titles.items()
            if len(core) >= _LEAST and name.endswith(core)
            for path in paths
        }
        return list(ending) if len(ending) == 1 else []

    def named_at_beginning(self, page: ReadPage) -> list[str]:
        """Return the first policy that the beginning of a text names, as a list."""
        by_number = [path for key in page.opening_numbers if (path := self.by_number(key))]
        by_title = [path for key in page.opening_titles if (path := self.by_title(key))]
        return (by_number or by_title)[:1]


def names_of_title(title: str) -> Iterator[str]:
    """Yield the keys of the names by which others quote a title: whole, without its body, of what it issues."""
    key = title_key(title)
    names = [key]
    if key.find(_ABOUT) > 0:
        names.append(key[key.find(_ABOUT) :])
    if issued := _ISSUED.search(key):
        names.append(issued[1] or issued[2])
    yield from dict.fromkeys(name.strip("《》") for name in names)


def _only(paths: Iterable[str]) -> str | None:
    different = set(paths)
    return next(iter(different)) if len(different) == 1 else None
