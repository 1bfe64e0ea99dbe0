"""Pages of a folder that repeat another one."""

from pathlib import Path

from generator.saved_site.address_book import AddressBook
from generator.saved_site.read_page import read_page
from generator.saved_site.survey import survey

_WORDS = "第一条　为了规范培训补贴的申领和发放，保障劳动者的权益，根据有关规定，结合本市实际，制定本办法。"
_PAGE = (
    "<html><head><meta name='ArticleTitle' content='{title}'><title>{title}</title></head><body><div class='content'>"
    "<h1>{title}</h1><p>{words}</p></div>{link}</body></html>"
)


def test_the_links_of_a_copy_are_those_of_the_first_page(tmp_path: Path) -> None:
    """A page that stands in two columns leads to whatever one of its two copies leads to."""
    title = "示例市培训补贴办法"
    texts = {
        "a.html": _PAGE.format(title=title, words=_WORDS, link=""),
        "b.html": _PAGE.format(title=title, words=_WORDS, link="<a href='c.html'>政策解读</a>"),
        "c.html": _PAGE.format(title="《示例市培训补贴办法》解读", words="现就有关内容解读如下。" * 9, link=""),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    pages = [read_page(name, text.encode()) for name, text in texts.items()]
    surveyed = survey(pages, AddressBook(tmp_path, "https://www.example.gov.cn/", pages))
    assert surveyed.copies == {"b.html": "a.html"}
    assert [*surveyed.links_to("a.html")] == ["c.html"]
