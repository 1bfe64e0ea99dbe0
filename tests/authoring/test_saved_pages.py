"""``gongkai import`` of saved pages: what becomes of old sites that are built in different ways, and of bad pages."""

import csv
import html
import io
import re
import time
from pathlib import Path

import pytest
from support.old_sites import AGENCY, PNG, OldSite, span_site, table_site, trs_site
from support.project import CONFIG, Project

from generator.domain.model import Page
from generator.source.load import parse_page

SITES = {"trs": trs_site, "span": span_site, "table": table_site}
PUBLISHED = ("--field", "公开属性=主动公开", "--field", "草稿=否")


def page(body: str, *, head: str = "", title: str = "关于办理补贴的通知", charset: str = "utf-8") -> str:
    """Return a page of an old site with a text."""
    return (
        f"<html><head><meta charset={charset}><title>{title}</title>{head}"
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2020-05-06 09:30"></head>'
        f'<body><div id="zoom">{body}</div></body></html>'
    )


def imported(project: Project, *pages: str, options: tuple[str, ...] = ()) -> tuple[int, str, list[str]]:
    """Import a folder of pages; return the exit status, stderr, and the texts of the new files in their order."""
    for number, text in enumerate(pages):
        project.write(f"old/a{number}.html", text)
    ran = project.run("import", "old", *options)
    return ran.status, ran.err, [(project.folder / path).read_text() for path in ran.out.split()]


def parsed(path: str, text: str) -> Page:
    """Return a source file as the program reads it."""
    return parse_page(path, path, text.encode()).page


def body_of(text: str) -> str:
    """Return the text of a file behind its front matter."""
    return text.split("\n---\n", 1)[1].strip()


def plain(markdown: str) -> str:
    """Return the words of a Markdown text."""
    bare = re.sub(r"\]\([^()\s]*\)|<[^<>]*>|\\", "", markdown)
    return re.sub(r"[\s#\[\]]", "", html.unescape(bare))


def _check_site(project: Project, name: str, count: int) -> OldSite:
    site = SITES[name](project.folder / "old", count)
    ran = project.run("import", "old", *PUBLISHED)
    assert ran.status == (1 if site.lists else 0), ran.err
    entries = {}
    for path in ran.out.split():
        text = (project.folder / path).read_text()
        aliases = parsed(path, text).fields["aliases"].value
        assert isinstance(aliases, tuple)
        entries[str(aliases[0])] = (path, text)
    assert sorted(entries) == sorted(old.alias for old in site.pages)
    for old in site.pages:
        path, text = entries[old.alias]
        fields = parsed(path, text).fields
        assert Path(path).parts[1] == {"policy": "policies"}.get(old.kind, f"{old.kind}s"), path
        assert fields["title"].value == old.title
        assert fields["migrated"].value is True
        for key, value in old.fields.items():
            assert f"\n{key}: {value}\n" in text, (path, key, value, text)
        words = plain(body_of(text))
        for paragraph in old.paragraphs:
            assert re.sub(r"[\s\[\]]", "", paragraph) in words, (path, paragraph)
        assert not re.search(
            "浏览次数|分享到|打印|关闭|看不见的字|注释里的字|脚本里的字|版权所有|点击数|最新文件", text
        )
        assert text.count("](images/") == old.pictures
        assert text.count("file: files/") == old.attachments
        if old.link_to:
            target = next(one for one in site.pages if one.path == old.link_to)
            link = re.search(r"\]\((?:\.\./\w+/)?([\w.-]+\.md)\)", body_of(text))
            assert link, text
            assert link[1] == Path(entries[target.alias][0]).name
    for path in site.lists:
        assert re.search(rf"^old/{path} 没有导入：像是列表", ran.err, re.MULTILINE)
    findings = project.check("--select", "T006,H001,H002,F003,F008,F009,L001").findings
    assert findings == [], findings[:3]
    return site


@pytest.mark.parametrize("name", SITES)
def test_an_old_site_becomes_content(project: Project, name: str) -> None:
    """Every article comes with fields, words, files, its old address and links to its neighbours; lists do not."""
    _check_site(project, name, 10)


@pytest.mark.slow
@pytest.mark.parametrize("name", SITES)
def test_an_old_site_of_200_pages_becomes_content(project: Project, name: str) -> None:
    """200 pages of each site come as 10 do, and a second run writes nothing."""
    _check_site(project, name, 200)
    before = {path: path.read_bytes() for path in (project.folder / "content").rglob("*") if path.is_file()}
    ran = project.run("import", "old", *PUBLISHED)
    assert (ran.status, ran.out) == (2, "")
    assert {path: path.read_bytes() for path in (project.folder / "content").rglob("*") if path.is_file()} == before


def test_a_second_run_imports_nothing_twice(project: Project) -> None:
    """What has its alias in a file is not imported again, which is said of each page; a new page is."""
    status, _, texts = imported(project, page("<p>第一页的正文。</p>"))
    assert (status, len(texts)) == (0, 1)
    status, err, texts = imported(project, page("<p>第一页的正文。</p>"))
    assert (status, texts) == (2, [])
    assert "old/a0.html 没有导入：已经导入过，就是 a0" in err
    status, _, texts = imported(project, page("<p>第一页的正文。</p>"), page("<p>第二页。</p>", title="另一份通知"))
    assert (status, len(texts)) == (1, 1)


def test_new_pages_are_drafts_in_the_language_of_the_site(project: Project) -> None:
    """A page is a draft with keys as most files have them, and the program says how to publish all of them."""
    project.write("content/notices/n.md", "---\n标题: 甲\n公开属性: 主动公开\n发布日期: 2024-05-06\n---\n正文。\n")
    status, err, texts = imported(project, page('<p>正文。<a href="表.doc">表.doc</a></p>'))
    assert status == 0
    front = texts[0].split("\n---\n")[0]
    assert {"草稿: true", "历史迁移: true", "旧网址:", "发布日期: 2020-05-06 09:30"} <= set(front.split("\n"))
    assert not re.search(r"^[a-z_]+:", front, re.MULTILINE)
    assert "find content" in err
    assert "附件“表”（表.doc）没有保存下来" in err


def test_the_address_of_a_page_is_its_own_or_its_place(project: Project) -> None:
    """The root of the folder is base_url; a Url tag or a canonical link under base_url goes before the place."""
    tag = '<meta name="Url" content="http://rsj.example.gov.cn/zwgk/2019/t1.html">'
    link = '<link rel="canonical" href="/zwgk/2018/t2.html">'
    away = '<meta name="Url" content="http://10.1.1.1/x.html">'
    heads = (tag, link, away, "")
    pages = [page(f"<p>正文{number}。</p>", head=head, title=f"通知{number}") for number, head in enumerate(heads)]
    _, err, texts = imported(project, *pages)
    aliases = ("/zwgk/2019/t1.html", "/zwgk/2018/t2.html", "/zwgk/a2.html", "/zwgk/a3.html")
    for text, alias in zip(texts, aliases, strict=True):
        assert f"aliases:\n  - {alias}\n" in text
    assert "原网址 http://10.1.1.1/x.html 不在 base_url 之下" in err


def test_a_single_page_is_imported(project: Project) -> None:
    """One page becomes one draft with its pictures; without a Url tag it has no old address."""
    project.write("one/page.html", page('<p>正文。</p><p><img src="page_files/图 1.png" alt="流程"></p>'))
    project.write("one/page_files/图 1.png", PNG)
    project.write("one/other.html", page("<p>别的。</p>"))
    ran = project.run("import", "one/page.html", "--kind", "notice", "--id", "tz-1")
    assert (ran.status, ran.out) == (0, "content/notices/tz-1.md\n"), ran.err
    text = (project.folder / "content/notices/tz-1.md").read_text()
    assert "![流程](images/tz-1-1.png)" in text
    assert "aliases" not in text
    assert (project.folder / "content/notices/images/tz-1-1.png").is_file()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"<meta charset=utf-8>" + "<title>通知</title><div id=zoom>朱镕基，㐀字。</div>".encode("gb18030"), "朱镕基，㐀字"),
        (b"<meta charset=gb2312>" + "<title>通知</title><div id=zoom>声明为GB2312的UTF-8。</div>".encode(), "声明为"),
        ("<title>通知</title><div id=zoom>没有声明编码的页。</div>".encode("gbk"), "没有声明编码的页"),
        (b"\xef\xbb\xbf" + "<title>通知</title><div id=zoom>有BOM的页。</div>".encode(), "有BOM的页"),
        ("<title>通知</title><div id=zoom>UTF-16的页。</div>".encode("utf-16"), "UTF-16的页"),
        ('<?xml version="1.0" encoding="gb2312"?><html><title>通知</title><div id="zoom">声明在XML里。</div></html>'.encode("gbk"), "声明在XML里"),
    ],
)  # fmt: skip
def test_every_encoding_is_read(project: Project, data: bytes, word: str) -> None:
    """Declared, marked, missing and wrong encodings all give the words of the page."""
    project.write("old/a.html", data)
    ran = project.run("import", "old")
    assert ran.status == 0, ran.err
    assert word in (project.folder / ran.out.strip()).read_text()


def test_words_of_a_page_are_escaped(project: Project) -> None:
    """Signs that Markdown would read as markup stay words, and tables, raised letters and bold words stay what they are."""
    text = (
        "<h2>一、要求</h2><p># 不是标题 *星号* [注]: 说明 {2024} C:\\资料 a|b &amp;lt; 1&lt;2</p><p>1. 不是列表</p>"
        "<p><b>粗体</b>H<sub>2</sub>O 5m<sup>2</sup></p><ul><li>一项</li><li>二项</li></ul>"
        "<table><tr><td rowspan=2>合计 &lt;a&gt;</td><td>甲</td></tr><tr><td>1*2</td></tr></table>"
        "<pre>第一行\n  第二行</pre><p>第一条　为了规范。</p><ol><li>首先</li><li>然后</li></ol>"
    )
    _, _, texts = imported(project, page(text), options=PUBLISHED)
    assert project.check("--select", "T006").findings == []
    project.build("--as-of", "2026-11-21")
    built = next((project.folder / "public").rglob("a0/index.html")).read_text()
    shown = re.sub(r"<[^<>]*>|\s", "", built)
    for words in (
        "#不是标题*星号*[注]:说明{2024}C:\\资料a|b&amp;lt;1&lt;2",
        "1.不是列表",
        "1.首先2.然后",
        "合计&lt;a&gt;",
    ):
        assert words in shown, (words, texts[0])
    assert re.search(r"<strong>粗体</strong>H<sub>2</sub>O 5m<sup>2</sup>", built)
    assert 'rowspan="2"' in built
    assert "<li>一项</li>" in built


def test_pages_that_are_no_articles_are_named(project: Project) -> None:
    """Empty, broken, redirecting, marked, listing and copied pages are left out, one line each with the reason."""
    links = "".join(f'<li><a href="p{number}.html">关于第{number}件事的通知</a></li>' for number in range(9))
    project.write("old/list.html", f"<title>文件</title><div class=content><ul>{links}</ul></div>")
    project.write("old/jump.html", '<meta http-equiv="refresh" content="0;url=a.html"><p>跳转</p>')
    project.write("old/frame.html", "<frameset><frame src=a.html></frameset>")
    project.write("old/empty.html", b"")
    project.write("old/deep.html", page("<div>" * 5000 + "深" + "</div>" * 5000))
    project.write("old/404.html", "<title>404 页面不存在</title><p>您访问的页面，已经不在了，请返回。</p>")
    project.write("old/secret.html", page("<p>秘密★3年</p><p>正文。</p>"))
    project.write("old/hidden.html", page('<p>正文。</p><p style="display:none">机密★</p>'))
    project.write("old/good.html", page("<p>这是正文。</p>"))
    project.write("old/print.html", page("<p>这是正文。</p>"))
    project.write("old/unused.pdf", b"%PDF-1.4")
    project.write("old/site.css", "a{}")
    ran = project.run("import", "old")
    assert (ran.status, ran.out) == (1, "content/notices/good.md\n"), ran.err
    for name, reason in {
        "list": "像是列表", "jump": "只是跳转", "frame": "框架页", "empty": "", "deep": "太深", "404": "出错页面",
        "secret": "密级", "hidden": "密级", "print": "和 good.html 是同一篇",
    }.items():  # fmt: skip
        assert re.search(rf"^old/{name}.html 没有导入：.*{reason}", ran.err, re.MULTILINE), (name, ran.err)
    assert "old/unused.pdf 没有导入：没有导入的网页链接到它" in ran.err
    assert "old/site.css" not in ran.err
    text = (project.folder / "content/notices/good.md").read_text()
    assert "aliases:\n  - /zwgk/good.html\n  - /zwgk/print.html\n" in text
    assert "Traceback" not in ran.err


def test_nothing_written_is_status_2(project: Project) -> None:
    """A folder without pages or articles, a wrong selector or a missing file ends with 2 and a reason."""
    project.write("empty/a.txt.bak", "x")
    assert project.run("import", "empty").status == 2
    project.write("letters/通知.docx", "x")
    ran = project.run("import", "letters")
    assert ran.status == 2
    assert "如 gongkai import letters/通知.docx" in ran.err
    project.write("old/a.html", "<title>x</title>")
    assert project.run("import", "old").status == 2
    ran = project.run("import", "old", "--selector", "div[[")
    assert ran.status == 2
    assert "不是 CSS 选择器" in ran.err
    assert project.run("import", "gone.html").status == 2


def test_a_selector_names_the_text(project: Project) -> None:
    """With --selector the text is that element and no other."""
    body = "<html><title>通知</title><body><div class=content>旁边的话，不是正文，很长很长。</div><div class=x1>这才是正文。</div>"
    _, _, texts = imported(project, body, options=("--selector", "div.x1"))
    assert body_of(texts[0]) == "这才是正文。"


def test_words_that_are_not_in_the_page_are_named(project: Project) -> None:
    """A video in the text is named with its address: a page of this site cannot have it."""
    _, err, _ = imported(project, page('<p>正文。</p><iframe src="//v.example.cn/1"></iframe>'))
    assert "嵌入的内容没有放进正文：iframe //v.example.cn/1" in err


def test_personal_data_is_reported(project: Project) -> None:
    """An identity number in an old page is a blocking finding, masked, and the status is 1."""
    status, err, texts = imported(project, page("<p>张某，身份证号码110101199003074514。</p>"))
    assert (status, len(texts)) == (1, 1)
    assert "(S001)" in err
    assert "110101199003074514" not in err


def test_an_old_mark_of_validity_is_for_a_person(project: Project) -> None:
    """废止 on an old page is not believed: it is a comment and a line to check, no field."""
    table = "<table><tr><td>索引号</td><td>123456789/2020-00001</td><td>有效性</td><td>废止</td></tr><tr><td>文号</td><td>例人社发〔2020〕1号</td><td>成文日期</td><td>2020年5月1日</td></tr></table>"
    _, err, texts = imported(project, page(f"{table}<p>各单位：请遵照执行。</p>"))
    assert "\nrepealed_by:  # 请核对：旧网站写明“废止”" in texts[0]
    assert "\nstatus:" not in texts[0]
    assert "旧网站写明有效性是“废止”" in err
    assert "\ndate_written: 2020-05-01\n" in texts[0]


def test_no_id_looks_like_another_number(project: Project) -> None:
    """A file name that ends in a year and a number is an id only with that 文号; ids in the config name its prefix."""
    project.write("site_config.yaml", f"{CONFIG}ids: {{例人社发: rsf}}\n")
    project.write("old/tz-2020-7.html", page("<p>一般信息的正文。</p>", title="一般信息"))
    facts = "<dl><dt>文号</dt><dd>例人社发〔2020〕8号</dd><dt>索引号</dt><dd>123456789/2020-00001</dd></dl>"
    project.write("old/t1.html", page(f"{facts}<p>政策的正文。</p>"))
    project.write("old/2020/3.html", page("<p>第三页的正文。</p>", title="第三页"))
    ran = project.run("import", "old")
    assert sorted(Path(path).stem for path in ran.out.split()) == ["notice-2020-p3", "rsf-2020-8", "tz-2020-7-notice"]


def test_a_trial_writes_nothing_and_a_report_has_a_row_for_each_file(project: Project) -> None:
    """--dry-run prints what would come, --report writes a table beside it, never into the content."""
    project.write("old/a.html", page("<p>正文。</p>", title="=1+1的通知"))
    project.write("old/b.html", "<title>x</title>")
    ran = project.run("import", "old", "--dry-run", "--report", "report.csv")
    assert (ran.status, ran.out) == (1, "")
    assert not (project.folder / "content/notices").exists()
    rows = list(csv.reader(io.StringIO((project.folder / "report.csv").read_text(encoding="utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["已导入", "没有导入"]
    assert rows[1][3] == "'=1+1的通知"


def test_links_out_of_the_folder_are_not_followed(project: Project) -> None:
    """A symbolic link or a path that leads out of the folder of saved pages reads nothing there."""
    outside = project.folder.parent / "secret.pdf"
    outside.write_bytes(b"%PDF-1.4 secret")
    project.write(
        "old/a.html", page('<p>正文。<a href="../../secret.pdf">秘件下载.pdf</a><a href="in.pdf">链.pdf</a></p>')
    )
    (project.folder / "old/in.pdf").symlink_to(outside)
    ran = project.run("import", "old")
    assert ran.status == 0, ran.err
    assert list((project.folder / "content").rglob("*.pdf")) == []
    assert ran.err.count("没有保存下来") == 2


def test_the_agency_is_no_source(project: Project) -> None:
    """来源 is written only where it is not the site's own agency."""
    _, _, texts = imported(
        project,
        page("<p>一。</p>", head=f'<meta name="ContentSource" content="{AGENCY}">', title="甲的通知"),
        page("<p>二。</p>", head='<meta name="ContentSource" content="示例市人民政府">', title="乙的通知"),
    )
    assert "source_name" not in texts[0]
    assert "\nsource_name: 示例市人民政府\n" in texts[1]


def test_labels_in_lists_and_lines_are_fields(project: Project) -> None:
    """Labels in list items, in spans and beside a date without a label give fields; what cannot be read is named."""
    facts = (
        "<ul><li><b>索引号：</b>123456789/2021-00005</li><li><b>发文字号：</b>例人社规〔2021〕5号</li>"
        "<li><b>发布机构：</b>示例市人力资源和社会保障局 示例市财政局</li><li><b>成文日期：</b>2021年5月6日</li>"
        "<li><b>公开方式：</b>不主动公开</li><li><b>有效期：</b>5年</li></ul>"
    )
    title = "关于印发《示例市见习管理办法》的通知"
    text = (
        "<p align=center><b>关于印发《示例市见习管理办法》的</b></p><p align=center><b>通知</b></p>"
        "<p>各县（区）：</p><p>现印发给你们。</p><p>第一条 为了规范见习。</p>"
    )
    policy = f"<title>某局 规范性文件 {title}</title><div class=wz_title>{title}</div>{facts}<div id=zoom>{text}</div>"
    question = (
        "<title>政策问答 - 某局</title><div class=crumb>首页 &gt; 政策解读</div><h1>见习政策问答</h1>"
        "<div class=property><span>2021-05-12 10:20</span><span>来源：办公室</span></div>"
        "<div class=article-body><p>近日，市局印发了文件（例人社规〔2021〕5号），现解读如下。</p><p>问：谁能参加？</p></div>"
    )
    asking = page(
        "<p>征集时间：2021-05-13 至 2021-06-12</p><p>现公开征求意见。</p>",
        title="关于公开征求《示例办法（征求意见稿）》意见的公告",
    )
    charset = "<meta charset=utf-8>"
    _, err, texts = imported(project, charset + policy, charset + question, asking)
    first, second, third = texts
    for line in (
        f"title: {title}", "index_no: 123456789/2021-00005", "doc_number: 例人社规〔2021〕5号", "date_written: 2021-05-06",
        "issuer:", "  - 示例市财政局", "disclosure:  # 公开属性：主动公开、依申请公开或不予公开，由起草单位确定",
    ):  # fmt: skip
        assert line in first.split("\n"), (line, first)
    assert body_of(first).startswith("各县（区）：")
    assert "“有效期”写的是“5年”，认不出来，没有填“有效期至”" in err
    assert "“公开方式”写的是“不主动公开”，认不出来" in err
    for line in ("date_published: 2021-05-12 10:20", "interprets: a0", "form: 政策问答", "source_name: 办公室"):
        assert line in second.split("\n"), (line, second)
    for line in ("opens_on: 2021-05-13", "closes_on: 2021-06-12"):
        assert line in third.split("\n"), (line, third)
    assert "征集时间：2021-05-13" in body_of(third)


def test_a_text_is_found_among_the_lines_of_every_page(project: Project) -> None:
    """A short text in containers with names of no known system is found beside menus, head lines and the foot."""
    menu = "".join(f"<li><a href=x{number}.html>一条和本页无关的热点新闻，第{number}条</a></li>" for number in range(9))
    text = "".join(
        f"<div class=q><div>{line}</div></div>" for line in ("一、背景依据", "为了说明这份文件的背景。", "抓好落实。")
    )
    texts = imported(
        project,
        f"<meta charset=utf-8><title>关于补贴的说明</title><div class=aa><h3>热门</h3><ul>{menu}</ul></div><div class=bb>"
        "<div class=cc><h2>关于补贴的说明</h2></div>"
        f"<div class=dd>作者：就业股　来源：办公室　发布时间：2021-05-06　点击数：<i>9</i></div><div class=ee>{text}</div>"
        "<ul class=fj><li>附件【<a href=b.csv>b.csv</a>】已下载<span>23</span>次</li></ul></div>"
        "<div class=ff>地址：示例市民生路1号，就业大厦 电话：0870-1234567</div>",
    )[2]
    assert body_of(texts[0]).split("\n\n") == ["## 一、背景依据", "为了说明这份文件的背景。", "抓好落实。"]
    assert "\ndate_published: 2021-05-06\n" in texts[0]


def test_what_a_page_states_is_offered(project: Project) -> None:
    """Last day, channels, effect, term and the end of a 公示 are taken from the text, with its words to check."""
    _, err, texts = imported(
        project,
        page("<p>现公开征求意见。</p><p>意见反馈截止时间为2021年6月12日。</p>", title="关于征求《甲办法》意见的公告"),
        page("<p>现予公示。公示期：2020年5月7日至5月13日。</p>", title="拟认定名单公示"),
        page("<p>例人社发〔2020〕5号</p><p>本通知自2020年6月1日起施行，有效期5年。</p>"),
        page("<p>现予公示。公示期：2019年5月7日至5月13日。</p>", title="早先的名单公示"),
    )
    assert "\ncloses_on: 2021-06-12  # 请核对：正文写“意见反馈截止时间为2021年6月12日”\n" in texts[0]
    assert "\ntakedown_on: 2020-05-14  # 请核对：" in texts[1]
    assert "\ndate_effective: 2020-06-01  # 请核对：" in texts[2]
    assert "\nexpires_on: 2025-05-31  # 请核对：" in texts[2]
    assert "takedown_on" not in texts[3], "a period before the day of publication is none of this page"
    assert "取自正文：征集结束，行末是正文的原话" in err


def test_captions_are_text_alternatives_and_comments_no_text(project: Project) -> None:
    """图1 below a picture, or its figcaption, is its alternative; comments and what is aside of an article are left."""
    (project.folder / "old").mkdir()
    for name in ("a.png", "b.png"):
        (project.folder / "old" / name).write_bytes(PNG)
    article = (
        "<article><h1>关于补贴的说明</h1><time datetime=2021-05-06T09:00>2021-05-06</time><div class=zz>"
        "<p>说明如下，请照此办理。</p><figure><img src=a.png><figcaption>流程示意</figcaption></figure>"
        "<p><img src=b.png></p><p>图2　办理地点</p></div></article>"
    )
    around = "<aside><p>近期的文章，有一二三四五六七八九十篇。</p></aside><div id=comments><p>还没有评论，来说两句吧，这里是提示。</p></div>"
    _, err, texts = imported(
        project, f"<meta charset=utf-8><title>关于补贴的说明</title><body><main>{article}{around}</main>"
    )
    lines = [line for line in body_of(texts[0]).split("\n") if line]
    pictures = ["![流程示意](images/a0-1.png)", "![图2 办理地点](images/a0-2.png)"]
    assert lines == ["说明如下，请照此办理。", pictures[0], "流程示意", pictures[1], "图2　办理地点"]
    assert "# 请核对：images/a0-2.png 的文字说明取自图题“图2 办理地点”" in texts[0]
    assert "没有文字说明" not in err


def test_icons_of_files_and_sizes_of_letters_are_nothing(project: Project) -> None:
    """The icon beside an attachment is no picture, and 字号：大 中 小 is no 文号."""
    project.write("old/b.csv", "甲\n")
    _, err, texts = imported(
        project,
        "<meta charset=utf-8><title>关于补贴的说明</title><div class=sub>发布时间：2021-05-06　字号：【大 中 小】 分享</div>"
        "<div id=zoom><p>说明如下。</p><p><a href=b.csv><img src=/images/csv.gif>附件：b.csv</a></p></div>",
    )
    assert "![" not in texts[0]
    assert "file: files/" in texts[0]
    assert "字号" not in err


@pytest.mark.parametrize(
    "text",
    [
        "<div class=content>" * 150 + "<p>来源：" + "<span>字</span>" * 20_000 + "</div>" * 150,
        "<div id=zoom>字" + "\n" * 300_000 + "a" + "&nbsp;" * 100_000 + "</div>",
        "<div id=zoom><table>" + "<tr><td colspan=99999 rowspan=99999>x" * 5_000 + "</table></div>",
        "<div id=zoom>字" + "<!--" * 100_000 + "</div>",
        "<div id=zoom>" + "[" * 50_000 + "*" * 50_000 + "第一条" * 20_000 + "</div>",
        "\x00" * 1000 + "<<<>>>&#xffffffff;&#0;",
    ],
    ids=["deep", "blanks", "spans", "comments", "signs", "noise"],
)
def test_hostile_pages_cost_seconds(project: Project, text: str) -> None:
    """A page that is made to be costly ends with a line, never with a traceback or after minutes."""
    project.write("old/a.html", f"<meta charset=utf-8><title>甲的通知</title>{text}")
    started = time.monotonic()
    ran = project.run("import", "old", "--dry-run")
    assert ran.status in {0, 2}
    assert "Traceback" not in ran.err
    assert "old：可以导入" in ran.err
    assert time.monotonic() - started < 120


def test_options_of_saved_pages_are_not_for_word(project: Project) -> None:
    """--dry-run with a Word file is refused: it would be written all the same. A report is never overwritten."""
    project.write("a.docx", b"PK")
    ran = project.run("import", "a.docx", "--dry-run")
    assert ran.status == 2
    assert "只用于旧网站的网页" in ran.err
    project.write("old/a.html", page("<p>正文。</p>"))
    assert project.run("import", "old", "--report", "a.docx").status == 2
    assert (project.folder / "a.docx").read_bytes() == b"PK"
    assert not list((project.folder / "content").rglob("*.md"))


def test_a_page_that_word_saved_is_imported(project: Project) -> None:
    """A page with nothing but short lines in its body is a text all the same."""
    text = "<title>关于见习的通知</title><body><div class=WordSection1><p align=center>关于见习的通知</p><p>各单位：</p><p>短句一</p></div>"
    project.write("w.htm", f"<meta charset=utf-8>{text}")
    ran = project.run("import", "w.htm")
    assert ran.status == 0, ran.err
    assert body_of((project.folder / ran.out.strip()).read_text()) == "各单位：\n\n短句一"
