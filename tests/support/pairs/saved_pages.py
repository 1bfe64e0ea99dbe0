"""Pairs of saved pages of another site: a policy, its interpretation and a consultation."""

from support.pairs import Files, Pair

_SITE = "河口区人民政府"
_TITLE = "河口区临时救助实施办法"
_FACTS = {
    "索引号": "113705030045/2025-00011",
    "发文机关": "河口区民政局",
    "文号": "河民规〔2025〕2号",
    "成文日期": "2025年3月3日",
    "发布日期": "2025-03-05",
    "公开方式": "主动公开",
    "有效性": "有效",
}
_TEXT = "<p>第一条　为规范临时救助，制定本办法。</p><p>第二条　本办法自2025年5月1日起施行，有效期至{}年4月30日。</p>"
_TO_POLICY = f'<p>相关文件：<a href="../zcwj/a.html">{_TITLE}</a></p>'
_TO_INTERPRETATION = f'<p>相关解读：<a href="../zcjd/b.html">《{_TITLE}》政策解读</a></p>'


def _page(title: str, facts: dict[str, str], body: str, links: str = "", /) -> str:
    tags = {"SiteName": _SITE, "ArticleTitle": title, "PubDate": f"{facts.get('发布日期', '2025-03-05')} 09:10"}
    metas = "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())
    rows = "".join(f"<tr><th>{name}：</th><td>{value}</td></tr>" for name, value in facts.items())
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}_{_SITE}</title>{metas}</head>'
        f'<body><table class="xxgk">{rows}</table><h1>{title}</h1>'
        f'<div class="content">{body}</div>{links}</body></html>'
    )


def _site(policy: str, interpretation: str, **others: str) -> Files:
    names = {"zcwj/a.html": _TITLE, "zcjd/b.html": f"《{_TITLE}》政策解读", **{f"{name}.html": name for name in others}}
    listed = "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in names.items())
    head = f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{_SITE}</title></head>'
    index = f"{head}<body><ul>{listed}</ul></body></html>"
    pages = {f"{name}.html": page for name, page in others.items()}
    return {"index.html": index, "zcwj/a.html": policy, "zcjd/b.html": interpretation, **pages}


def _policy(body: str = _TEXT.format(2030), links: str = _TO_INTERPRETATION, /, **facts: str) -> str:
    return _page(_TITLE, {**_FACTS, **facts}, body, links)


def _interpretation(day: str = "2025-03-05", links: str = _TO_POLICY, /) -> str:
    return _page(f"《{_TITLE}》政策解读", {"发布日期": day}, "<p>背景：原办法到期。主要内容：提高标准。</p>", links)


def _asked(last: str) -> Files:
    body = f"<p>本办法属于重大行政决策，现公开征求意见，请于{last}前将意见发至电子邮箱。</p>"
    consultation = _page("关于公开征求《河口区公园管理办法（草案）》意见的公告", {"发布日期": "2025-06-03"}, body)
    return _site(_policy(), _interpretation(), consultation=consultation)


_GOOD = _site(_policy(), _interpretation())
PAIRS = [
    Pair(
        "A policy that does not lead to its interpretation is found.",
        "P001",
        _site(_policy(_TEXT.format(2030), ""), _interpretation()),
        _GOOD,
        pages=True,
    ),
    Pair(
        "An interpretation two weeks later is late.",
        "L003",
        _site(_policy(), _interpretation("2025-03-20")),
        _GOOD,
        pages=True,
    ),
    Pair(
        "A policy that has ended may not be shown as 有效; as 失效 it may.",
        "V001",
        _site(_policy(_TEXT.format(2026)), _interpretation()),
        _site(_policy(_TEXT.format(2026), 有效性="失效"), _interpretation()),
        pages=True,
    ),
    Pair(
        "A consultation with its last day alone is too short from its publication on, or long enough.",
        "D002",
        _asked("2025年6月12日"),
        _asked("2025年7月12日"),
        pages=True,
    ),
    Pair(
        "A whole identity-card number is found, a masked one is not.",
        "S001",
        _site(_policy(_TEXT.format(2030) + "<p>张某 11010519491231002X</p>"), _interpretation()),
        _site(_policy(_TEXT.format(2030) + "<p>张某 1101**********002X</p>"), _interpretation()),
        pages=True,
    ),
]
