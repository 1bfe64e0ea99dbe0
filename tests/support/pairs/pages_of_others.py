"""Pairs of saved pages in the form of a county's older system: labels in lines, dates in words, lists of links."""

from support.pairs import Files, Pair

_SITE = "沙河县医疗保障局"
_TITLE = "沙河县大病保险管理办法"
_HEAD = '<html><head><meta charset="utf-8"><title>{0} - 沙河县医疗保障局</title></head><body>'
_LINES = (
    "<p>【索 引 号】015512345/2025-00021　【发文机关】沙河县医疗保障局</p>"
    "<p>【文　　号】{number}　【公开属性】主动公开</p>"
    "<p>【成文日期】{written}　【发布日期】{published}</p>"
)
_TEXT = "<p>第一条　为了规范大病保险，制定本办法。</p><p>第二条　参保人应当按时缴费。</p><p>第三条　{last}</p>"
_LAST = "本办法自2025年6月1日起施行，有效期至2030年5月31日。"
_ENDED = "本办法自2020年6月1日起施行，有效期至2025年5月31日。"
_LINK = '<p>政策解读：<a href="jd.htm">《沙河县大病保险管理办法》解读</a></p>'
_BACK = '<p>文件原文：<a href="zc.htm">沙河县大病保险管理办法</a></p>'


def _page(title: str, body: str) -> str:
    return f"{_HEAD.format(title)}<h2>{title}</h2><div class='content'>{body}</div></body></html>"


def _policy(
    last: str = _LAST,
    links: str = _LINK,
    *,
    number: str = "沙医保规〔2025〕3号",
    written: str = "2025年4月21日",
    published: str = "2025年4月25日",
    mark: str = "",
) -> str:
    lines = _LINES.format(number=number, written=written, published=published)
    return _page(_TITLE, f"{mark}{lines}{_TEXT.format(last=last)}{links}")


def _explained(links: str = _BACK, *, day: str = "2025年4月25日") -> str:
    return _page(f"《{_TITLE}》解读", f"<p>发布日期：{day}</p><p>原办法到期，重新制定。主要提高了报销比例。</p>{links}")


def _folder(policy: str, explained: str | None, **others: str) -> Files:
    pages = {"zc.htm": policy, **({"jd.htm": explained} if explained else {})}
    pages |= {f"{name}.htm": page for name, page in others.items()}
    rows = "".join(f'<li><a href="{name}">{name}</a> 2025-04-25</li>' for name in pages)
    return {**pages, "index.htm": f"{_HEAD.format('政策文件')}<ul>{rows}</ul></body></html>"}


def _pair(sentence: str, rules: str, fault: Files, twin: Files) -> Pair:
    return Pair(sentence, rules, fault, twin, pages=True)


_LATER = (
    _LINES.format(number="沙医保发〔2026〕9号", written="2026年3月2日", published="2026年3月4日")
    + "<p>《沙河县大病保险管理办法》（沙医保规〔2025〕3号）同时废止。</p>"
)
_GOOD = _folder(_policy(), _explained())
PAIRS = [
    _pair(
        "A policy in lines of labels lacks its link to the interpretation.",
        "P001",
        _folder(_policy(_LAST, ""), _explained()),
        _GOOD,
    ),
    _pair(
        "An interpretation of another month is late.",
        "L003",
        _folder(_policy(), _explained(day="2025年5月16日")),
        _GOOD,
    ),
    _pair(
        "An interpretation before its policy is odd.",
        "L010",
        _folder(_policy(), _explained(day="2025年4月18日")),
        _GOOD,
    ),
    _pair(
        "A policy four months after it was made is late.",
        "D001",
        _folder(_policy(written="2024年12月20日"), _explained()),
        _GOOD,
    ),
    _pair(
        "A policy whose term has gone by without a mark is found; with a mark it is not.",
        "P003 V001",
        _folder(_policy(_ENDED), _explained()),
        _folder(_policy(_ENDED, mark="<p>（已失效）</p>"), _explained()),
    ),
    _pair(
        "A policy that a later one ends needs its mark.",
        "P003 V001",
        _folder(
            _policy(),
            _explained(),
            xin=_page(
                "沙河县医疗救助办法",
                _LATER,
            ),
        ),
        _folder(
            _policy(mark="<p>【有 效 性】废止</p>"),
            _explained(),
            xin=_page(
                "沙河县医疗救助办法",
                _LATER,
            ),
        ),
    ),
    _pair(
        "A bank account of a person is found, the number of a hotline is not.",
        "S003",
        _folder(
            _policy(),
            _explained(),
            gs=_page("救助名单公示", "<p>发布日期：2025年5月6日</p><p>王某 6222020200112233446 已发放600元</p>"),
        ),
        _folder(
            _policy(),
            _explained(),
            gs=_page("救助名单公示", "<p>发布日期：2025年5月6日</p><p>王某 已发放600元，咨询电话0777-5123400</p>"),
        ),
    ),
    _pair(
        "A link to a page beside it that was not saved is dead.",
        "H001",
        _folder(
            _policy(),
            _explained(),
            tz=_page(
                "关于缴费的通知", "<p>发布日期：2025年5月6日</p><p>按<a href='bz.htm'>缴费标准</a>缴纳，逾期不补。</p>"
            ),
        ),
        _folder(
            _policy(),
            _explained(),
            tz=_page(
                "关于缴费的通知", "<p>发布日期：2025年5月6日</p><p>按<a href='zc.htm'>缴费标准</a>缴纳，逾期不补。</p>"
            ),
        ),
    ),
    _pair(
        "Two policies under one number are one too many.",
        "F006",
        _folder(
            _policy(),
            _explained(),
            er=_policy().replace(_TITLE, "沙河县门诊统筹办法").replace("00021", "00022").replace("大病", "门诊"),
        ),
        _folder(
            _policy(),
            _explained(),
            er=_policy(number="沙医保发〔2025〕4号")
            .replace(_TITLE, "沙河县门诊统筹办法")
            .replace("00021", "00022")
            .replace("大病", "门诊"),
        ),
    ),
    _pair(
        "A consultation on a great decision of eleven days is too short.",
        "D002",
        _folder(
            _policy(),
            _explained(),
            zj=_page(
                "关于征求《沙河县医院布局规划（草案）》意见的公告",
                "<p>发布日期：2025年5月6日</p><p>该规划属于重大行政决策，意见请于2025年5月17日前寄至办公室。</p>",
            ),
        ),
        _folder(
            _policy(),
            _explained(),
            zj=_page(
                "关于征求《沙河县医院布局规划（草案）》意见的公告",
                "<p>发布日期：2025年5月6日</p><p>该规划属于重大行政决策，意见请于2025年6月17日前寄至办公室。</p>",
            ),
        ),
    ),
    _pair(
        "A line of labels that says 有效 of what has ended is wrong; one that says 失效 is right.",
        "V001",
        _folder(_policy(_ENDED, mark="<p>【有 效 性】有效　【体裁】办法</p>"), _explained()),
        _folder(_policy(_ENDED, mark="<p>【有 效 性】失效　【体裁】办法</p>"), _explained()),
    ),
]
