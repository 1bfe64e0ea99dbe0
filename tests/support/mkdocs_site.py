"""The information column of a water bureau, written for MkDocs: with planted faults, and a harmless twin for each.

MkDocs knows nothing of disclosure: the theme puts the facts of a page into meta tags and a table with labels, as the
themes of such columns do. Everything is fictional.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_OFFICE = "临江市水务局"
_CONFIG = """\
site_name: 临江市水务局信息公开
site_url: https://swj.linjiang.example.gov.cn/xxgk/
theme: {{name: null, custom_dir: theme}}
use_directory_urls: {directories}
nav:
  - 首页: index.md
  - 政策文件: zcwj/index.md
  - 政策解读: zcjd/index.md
  - 意见征集: yjzj/index.md
  - 通知公告: tzgg/index.md
  - 财政信息: czxx/index.md
"""
_THEME = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{{ page.title }} - {{ config.site_name }}</title>
<meta name="SiteName" content="{{ config.site_name }}">
<meta name="SiteDomain" content="swj.linjiang.example.gov.cn">
<meta name="SiteIDCode" content="3209990021">
{% if page.meta["发布日期"] %}
<meta name="ArticleTitle" content="{{ page.meta.title }}">
<meta name="PubDate" content="{{ page.meta["发布日期"] }} 09:00">
<meta name="ContentSource" content="临江市水务局">
{% elif page.meta.column %}
<meta name="ColumnName" content="{{ page.meta.column }}">
<meta name="ColumnDescription" content="{{ page.meta.column }}">
<meta name="ColumnKeywords" content="{{ page.meta.column }}">
<meta name="ColumnType" content="政策文件">
{% endif %}
</head>
<body>
<nav><ul>
{% for item in nav %}<li><a href="{{ item.url|url }}">{{ item.title }}</a></li>
{% endfor %}
</ul></nav>
<main>
<h1>{{ page.meta.title or page.title }}</h1>
{% if page.meta["发布日期"] %}
<dl class="facts">
{% for label in ["索引号", "发文字号", "发布机构", "成文日期", "发布日期", "公开属性", "有效性"] %}
{% if page.meta[label] %}<dt>{{ label }}</dt><dd>{{ page.meta[label] }}</dd>
{% endif %}
{% endfor %}
</dl>
{% endif %}
<article>
{{ page.content }}
</article>
</main>
<footer>主办：临江市水务局　地址：临江市河滨路2号　电话：0799-6200100</footer>
</body>
</html>
"""
_END = "第九条　本办法自{}起施行，有效期至{}。"


def _page(title: str, body: str, **facts: str) -> str:
    head = "".join(f'{key}: "{value}"\n' for key, value in {"title": title, **facts}.items() if value)
    return f"---\n{head}---\n\n{body}\n"


def _policy(
    title: str, number: str, *, links: str = "", until: str = "2030年3月31日", text: str = "", **facts: str
) -> str:
    usual = {
        "索引号": f"014445556/2025-{int(number):05d}",
        "发文字号": f"临水规〔2025〕{number}号",
        "发布机构": _OFFICE,
        "成文日期": "2025-02-24",
        "发布日期": "2025-02-26",
        "公开属性": "主动公开",
        "有效性": "有效",
    }
    end = _END.format("2025年4月1日", until)
    body = f"第一条　为了加强管理，制定本办法。\n\n第二条　取水单位应当安装计量设施。\n\n{text}{end}\n\n{links}"
    return _page(title, body, **{**usual, **facts})


def _interpretation(about: str, target: str, day: str = "2025-02-26") -> str:
    link = f"\n\n相关文件：[{about}]({target})" if target else ""
    body = f"《{about}》制定的背景是原来的办法到期。主要内容是计量和收费的标准，适用于全市的取水单位。{link}"
    return _page(f"《{about}》解读", body, 发布日期=day, 发布机构=_OFFICE)


def _notice(title: str, body: str, **facts: str) -> str:
    return _page(title, body, **{"发布日期": "2025-03-05", "发布机构": _OFFICE, **facts})


_ID, _MASKED = "110101199003070257", "1101**********0257"
_TITLES = {
    "jl": "临江市取水计量管理办法",
    "jd": "临江市河道采砂管理办法",
    "wu": "临江市供水服务管理办法",
    "dan": "临江市水库渔业管理办法",
    "guo": "临江市节水奖励办法",
    "shi": "临江市雨水收集管理办法",
    "jiu": "临江市排水许可管理办法",
    "biao": "临江市水井封填管理办法",
    "xin": "临江市排水管理办法",
    "wan": "临江市抗旱补助办法",
    "luo": "临江市水质公示办法",
}


def _both(name: str) -> str:
    return f"相关解读：[《{_TITLES[name]}》解读](../zcjd/{name}.md)"


def _policies() -> Mapping[str, str]:
    name = _TITLES
    ended = f"临江市水务局《{name['jiu']}》（临水规〔2025〕7号）和《{name['biao']}》（临水规〔2025〕8号）同时废止。\n\n"
    return {
        "jl": _policy(name["jl"], "1", links=_both("jl")),
        "jd": _policy(name["jd"], "2", links=_both("jd")),
        "wu": _policy(name["wu"], "3"),
        "dan": _policy(name["dan"], "4", links=_both("dan")),
        "guo": _policy(name["guo"], "5", links=_both("guo"), until="2026年3月31日"),
        "shi": _policy(name["shi"], "6", links=_both("shi"), until="2026年3月31日", 有效性="失效"),
        "jiu": _policy(name["jiu"], "7", links=_both("jiu")),
        "biao": _policy(name["biao"], "8", links=_both("biao"), 有效性="已废止"),
        "xin": _policy(
            name["xin"], "9", links=_both("xin"), text=ended, 成文日期="2026-02-24", 发布日期="2026-02-26"
        ).replace("2025年4月1日", "2026年4月1日"),
        "wan": _policy(name["wan"], "10", links=_both("wan"), 成文日期="2024-12-02"),
        "luo": _policy(name["luo"], "11", links=f"{_both('luo')}\n\n临江市水务局\n\n2025年2月3日"),
    }


def _documents() -> Mapping[str, str]:
    """Return every page of the site but the lists, by its path without suffix."""
    pages = {f"zcwj/{name}": text for name, text in _policies().items()}
    pages |= {
        f"zcjd/{name}": _interpretation(
            title,
            "" if name == "dan" else f"../zcwj/{name}.md",
            {"jd": "2025-03-12", "xin": "2026-02-26"}.get(name, "2025-02-26"),
        )
        for name, title in _TITLES.items()
        if name != "wu"
    }
    asks = "因属于重大行政决策，现向社会公开征求意见。请于{}前把意见寄至临江市水务局。"
    return {
        **pages,
        "yjzj/duan": _notice("关于公开征求《临江市水价调整方案（草案）》意见的公告", asks.format("2025年3月17日")),
        "yjzj/chang": _notice("关于公开征求《临江市湿地保护规划（草案）》意见的公告", asks.format("2025年4月17日")),
        "tzgg/zheng": _notice("水库移民补助发放公示", f"补助对象：张某某，身份证号{_ID}，600元。"),
        "tzgg/yan": _notice("水库移民困难补助公示", f"补助对象：李某某，身份证号{_MASKED}，600元。"),
        "tzgg/duanlian": _notice("关于停水的通知", "停水范围见[示意图说明](mei-you.md)。3月8日8时至18时停水。"),
        "tzgg/lian": _notice("关于检修的通知", f"依据见[{_TITLES['jl']}](../zcwj/jl.md)。3月9日检修二水厂。"),
    }


EXPECTED = {
    ("zcwj/wu", "L002"),
    ("zcwj/jd", "L003"),
    ("zcjd/dan", "P001"),
    ("zcwj/guo", "V001"),
    ("zcwj/jiu", "V001"),
    ("zcwj/wan", "D001"),
    ("zcwj/luo", "T005"),
    ("yjzj/duan", "D002"),
    ("tzgg/zheng", "S001"),
    ("tzgg/duanlian", "H001"),
    ("czxx/index", "H004"),
}
"""The planted faults: the path of the page without suffix, and the rule."""

_COLUMNS = {"zcwj": "政策文件", "zcjd": "政策解读", "yjzj": "意见征集", "tzgg": "通知公告", "czxx": "财政信息"}


def _title_of(text: str) -> str:
    return text.partition('title: "')[2].partition('"')[0]


def build_mkdocs_site(folder: Path, *, directories: bool) -> Path:
    """Write the sources and build them; with ``directories`` a page is ``a/index.html``, else ``a.html``."""
    documents = _documents()
    files = {f"docs/{path}.md": text for path, text in documents.items()}
    for name, title in _COLUMNS.items():
        rows = [
            f"- [{_title_of(text)}]({path.partition('/')[2]}.md)　2025-02-26"
            for path, text in documents.items()
            if path.startswith(f"{name}/")
        ]
        listed = "\n".join(rows) or "暂无信息"
        files[f"docs/{name}/index.md"] = _page(title, listed, column=title)
    listed = "\n".join(f"- [{title}]({name}/index.md)" for name, title in _COLUMNS.items())
    files |= {
        "docs/index.md": _page("首页", listed),
        "theme/main.html": _THEME,
        "mkdocs.yml": _CONFIG.format(directories=str(directories).lower()),
    }
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "pages")]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "pages"


def file_of(path: str, *, directories: bool) -> str:
    """Return the file of a page as MkDocs names it."""
    return f"{path}.html" if not directories or path.endswith("index") else f"{path}/index.html"
