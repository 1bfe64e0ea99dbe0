"""Old sites of public bodies, built three different ways, as a program that saves pages leaves them on a disk."""

import base64
from dataclasses import dataclass, field
from pathlib import Path

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
AGENCY = "示例市人力资源和社会保障局"
_SUBJECTS = ("技能培训", "就业援助", "创业担保贷款", "职称评审", "工伤认定", "社会保险补贴", "见习基地", "劳动监察")


@dataclass
class OldPage:
    """An article of an old site, and what its page here must have."""

    path: str
    alias: str
    title: str
    fields: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    kind: str = "policy"
    attachments: int = 0
    pictures: int = 0
    link_to: str = ""


@dataclass
class OldSite:
    """The articles of a site, and the pages that are none."""

    pages: list[OldPage] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)


def _title(number: int) -> str:
    return f"关于做好{2015 + number % 9}年第{number}批{_SUBJECTS[number % len(_SUBJECTS)]}工作的通知"


def _paragraphs(number: int) -> list[str]:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return [
        "各县（区）人力资源和社会保障局，各有关单位：",
        f"为做好第{number}批{subject}工作，根据有关规定，结合本市实际，现就有关事项通知如下。",
        "一、总体要求",
        f"各单位要统一思想，明确专人负责，按时完成{number}项任务，p<0.05的不计入，*号为必填项。",
        "二、有关事项",
        f"（一）申报时间为3月{number % 28 + 1}日起15个工作日内；",
        "（二）专款专用，不得截留、挪用[含利息]。",
        f"本通知自印发之日起施行。联系电话：0000-81234{number:02d}。",
    ]


def trs_site(root: Path, count: int) -> OldSite:
    """TRS: GB 18030, official tags, a head table, ``TRS_Editor``, ``downfile.jsp``; every fourth is an interpretation."""
    site = OldSite()
    for number in range(1, count + 1):
        year, path = (
            2015 + number % 9,
            f"zcwj/{2015 + number % 9}{number % 12 + 1:02d}/t{2015 + number % 9}0301_{1000 + number}.html",
        )
        is_interpretation = number % 4 == 0
        title = f"《{_title(number - 1)}》政策解读" if is_interpretation else _title(number)
        page = OldPage(
            path, f"/zwgk/{path}", title, {"date_published": f"{year}-03-0{number % 9 + 1} 09:{number % 60:02d}"}
        )
        page.paragraphs = _paragraphs(number)
        head = ""
        if is_interpretation:
            page.kind = "interpretation"
            previous = site.pages[-1]
            page.link_to = previous.path
            body = "".join(f"<p>　　{text}</p>" for text in page.paragraphs)
            body += f'<p>　　原文见<a href="../../{previous.path}">{previous.title}</a>。</p>'
            page.paragraphs.append(f"原文见{previous.title}。")
        else:
            page.fields |= {
                "index_no": f"MB2X01234/{year}-{number:05d}",
                "doc_number": f"例人社发〔{year}〕{number}号",
                "date_written": f"{year}-02-{number % 28 + 1:02d}",
            }
            head = (
                '<table class="xxgk_table" border="0"><tr>'
                f"<td><b>索 引 号：</b></td><td>{page.fields['index_no']}</td><td><b>主题分类：</b></td><td>劳动就业</td></tr>"
                f"<tr><td><b>发布机构：</b></td><td>{AGENCY}</td><td><b>生成日期：</b></td>"
                f"<td>{page.fields['date_written']}</td></tr>"
                f"<tr><td><b>文&nbsp;&nbsp;号：</b></td><td>例人社发[{year}]{number}号</td>"
                f"<td><b>有 效 性：</b></td><td>{'废止' if number % 10 == 0 else '有效'}</td></tr>"
                "<tr><td><b>信息代码：</b></td><td>X-1</td><td></td><td></td></tr></table>"
            )
            page.fields["theme"] = "劳动就业"
            body = _word_table(number) + "".join(
                f'<p class="MsoNormal" style="text-indent:2em"><span style="font-size:16pt">　　{_escaped(text)}</span></p>'
                for text in page.paragraphs
            )
            body += f'<p align="right">{AGENCY}</p><p align="right">{year}年2月{number % 28 + 1}日</p>'
            page.paragraphs += [AGENCY, f"{year}年2月{number % 28 + 1}日"]
            name = f"P02015{number:04d}.doc"
            body += f'<p>附件：<a href="/zwgk/downfile.jsp?classid=0&amp;filename={name}">申报表.doc</a></p>'
            page.attachments = 1
            _write(root, f"files/{name}", b"\xd0\xcf\x11\xe0 old word")
            if number % 3 == 0:
                body += f'<p align="center"><img src="./W0{number}.png" oldsrc="W0{number}.png" alt="流程图"></p>'
                page.pictures = 1
                _write(root, f"{path.rpartition('/')[0]}/W0{number}.png", PNG)
        html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}_{AGENCY}</title>
<meta name="SiteName" content="{AGENCY}"><meta name="ColumnName" content="{"政策解读" if is_interpretation else "政策文件"}">
<meta name="ColumnType" content="政策"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{page.fields["date_published"]}"><meta name="ContentSource" content="{AGENCY}">
<meta name="Keywords" content="培训,就业"><meta name="Author" content="张编辑"><meta name="Description" content="{title}">
<style>.x{{color:red}}</style><script>var a = "<p>脚本里的字</p>";</script></head>
<body><div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="../">政策文件</a></div>
<h1>{title}</h1>{head}
<div class="xl_info">发布时间：{page.fields["date_published"]}　来源：{AGENCY}　浏览次数：<span id="hits">12</span>
字体：[<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a>]</div>
<div id="zoom"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{margin:0}}</style><div class="Custom_UnionStyle">
{body}</div></div></div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a></div>
<div class="tools"><a href="javascript:window.print()">【打印】</a><a href="javascript:window.close()">【关闭】</a></div>
<div class="footer">主办单位：{AGENCY}　地址：示例市民生路1号　例ICP备00000001号<br>网站标识码：0000000001</div>
</body></html>"""
        _write(root, path, html.encode("gb18030"))
        site.pages.append(page)
    links = "".join(f'<li><a href="{page.path}">{page.title}</a><span>2020-01-01</span></li>' for page in site.pages)
    site.lists = ["zcwj/index.html", "index.html"]
    for path in site.lists:
        listed = f"<html><head><meta charset=gbk><title>政策文件</title></head><body><div class=content><ul>{links}</ul></div></body></html>"
        _write(root, path, listed.encode("gbk"))
    return site


def span_site(root: Path, count: int) -> OldSite:
    """Divisions and spans: UTF-8, a definition list, lazy pictures, addresses with a query, no head table."""
    site = OldSite()
    for number in range(1, count + 1):
        year = 2016 + number % 8
        name = f"show.aspx?cid={number % 5}&id={number}"
        page = OldPage(f"{name}.html" if number % 2 else name.replace("?", "%3F") + ".html", f"/zwgk/{name}", "")
        is_notice = number % 2 == 0
        page.title = f"第{number}期招聘会情况" if is_notice else _title(number)
        page.kind = "notice" if is_notice else "policy"
        page.paragraphs = _paragraphs(number)
        page.fields = {"date_published": f"{year}-06-{number % 28 + 1:02d}"}
        facts = f"<dl><dt>发布日期</dt><dd>{page.fields['date_published']}</dd><dt>发布机构</dt><dd>{AGENCY}</dd>"
        if not is_notice:
            page.fields |= {"index_no": f"MB2X01234/{year}-{number:05d}", "doc_number": f"例人社规〔{year}〕{number}号"}
            facts += f"<dt>索引号</dt><dd>{page.fields['index_no']}</dd><dt>发文字号</dt><dd>{page.fields['doc_number']}</dd>"
        facts += "</dl>"
        texts = "".join(f"<div>&emsp;&emsp;{_escaped(text)}</div>" for text in page.paragraphs)
        texts += f'<div style="text-align:center"><img class="lazy" src="/img/loading.gif" data-src="upload/{number}.png"></div>'
        page.pictures = 1
        _write(root, f"upload/{number}.png", PNG)
        if number > 2:
            other = site.pages[-2]
            texts += f'<div>相关文件：<a href="{other.alias}">{other.title}</a></div>'
            page.link_to = other.path
            page.paragraphs.append(f"相关文件：{other.title}")
        texts += '<div style="display:none">看不见的字</div><!-- 注释里的字 -->'
        html = f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{page.title}</title>
<link rel="canonical" href="https://rsj.example.gov.cn{page.alias.replace("&", "&amp;")}"></head><body>
<nav class="top"><span>首页</span><span>公开</span></nav><div class="breadcrumb"><span>位置：公开 &gt; {"工作动态" if is_notice else "政策"}</span></div>
<div class="main"><div class="title">{page.title}</div><div class="facts">{facts}</div>
<div class="article-content">{texts}<div class="share">分享到：微博</div></div>
<div class="attach"><span>附件下载</span><a href="upload/附件{number}.pdf">实施细则{number}.pdf</a></div></div>
<footer><span>版权所有：{AGENCY}</span></footer></body></html>"""
        _write(root, f"upload/附件{number}.pdf", PDF)
        page.attachments = 1
        _write(root, page.path, html.encode())
        site.pages.append(page)
    return site


def table_site(root: Path, count: int) -> OldSite:
    """ASP with tables for layout: GBK without a declaration, no tags, bold titles, line breaks instead of paragraphs."""
    site = OldSite()
    for number in range(1, count + 1):
        path = f"html/{2008 + number % 5}/{number}.htm"
        page = OldPage(path, f"/zwgk/{path}", _title(number), kind="policy" if number % 3 else "notice")
        page.fields = {"date_published": f"{2008 + number % 5}-0{number % 9 + 1}-1{number % 10}"}
        page.paragraphs = _paragraphs(number)
        numbered = ""
        if page.kind == "policy":
            page.fields["doc_number"] = f"例人社〔{2008 + number % 5}〕{number}号"
            numbered = f"【文号】例人社〔{2008 + number % 5}〕{number}号<br>"
        lines = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{_escaped(text)}" for text in page.paragraphs)
        moment = page.fields["date_published"].replace("-0", "-")
        html = f"""<html><head><title>{page.title}-{AGENCY}</title></head><body bgcolor=#ffffff>
<table width=100%><tr><td><a href=../../index.htm>首页</a></td><td><a href=../../list.htm>文件</a></td></tr></table>
<table width=760 align=center><tr><td width=160 valign=top><table><tr><td>用户登录<tr><td><form>用户名：<input></form>
<tr><td><a href=1.htm>最新文件一</a><br><a href=2.htm>最新文件二</a></table></td>
<td valign=top><table width=100%><tr><td align=center><font size=4><b>{page.title}</b></font>
<tr><td align=center>{numbered}发布日期：{moment}&nbsp;&nbsp;点击数：{number * 7}
<tr><td><font size=3>{lines}</font><p align=right>{AGENCY}</p><tr><td align=right>【<a href=javascript:print()>打印</a>】【<a href=javascript:close()>关闭</a>】</table></td></tr></table>
<table width=100%><tr><td align=center>版权所有：{AGENCY}　建议使用1024*768分辨率，IE6以上浏览。</td></tr></table></body></html>"""
        page.paragraphs.append(AGENCY)
        _write(root, path, html.encode("gbk"))
        site.pages.append(page)
    links = "<br>".join(f"<a href={page.path}>{page.title}</a>" for page in site.pages)
    _write(
        root, "list.htm", f"<html><title>文件</title><body><table><tr><td>{links}</table></body></html>".encode("gbk")
    )
    site.lists = ["list.htm"]
    return site


def _word_table(number: int) -> str:
    if number % 5:
        return ""
    return (
        "<table border=1><tr><td rowspan=2>项目</td><td colspan=2>金额</td></tr><tr><td>本年</td><td>上年</td></tr>"
        f"<tr><td>补贴{number}</td><td>10</td><td>20</td></tr></table>"
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _write(root: Path, path: str, data: bytes) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
