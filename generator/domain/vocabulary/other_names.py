"""Other names that public bodies give to the fields: labels of their pages for the importer, and all of them for hints.

None of them is a key of front matter. A word that means something else on another kind has all its fields, the usual
one first.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from generator.domain.vocabulary.fields import field_key

# What labels on pages of public bodies mean, which the importer reads, too: field → words with blanks between.
_ON_PAGES = {
    "index_no": "信息索引号 政府信息索引号 索引编号 信息索引 索引",
    "doc_number": "发文编号 发文号 文件编号 公文编号 文件字号 发文文号 文件号 字号",
    "date_written": "成文时间 发文日期 发文时间 签发日期 生成时间 产生日期 成文日",
    "date_published": "发布时间 公开时间 公开日期 公布日期 公布时间 日期 时间 发布日 更新日期 更新时间 录入时间",
    "issuer": "发布机关 发文单位 制定机关 发文机构 公开主体 发布单位 发布部门 公开机构 发文部门",
    "title": "信息名称 文件名称 公文名称 信息标题",
    "disclosure": "公开方式 公开类别 公开形式 公开选项 信息公开选项 公开程度",
    "date_effective": "实施日期 生效日期 施行时间 实施时间 生效时间",
    "expires_on": "失效时间 有效期 有效期截止 截止日期",
    "theme": "主题类别 主题 主题名称",
    "genre": "体裁分类 公文种类 公文体裁",
    "status": "时效性 效力状态 是否有效 有效状态 时效 效力",
    "keywords": "关键字 主题词语",
    "summary": "内容描述 内容摘要 信息摘要 内容简介",
    "responsible_unit": "责任部门 责任处室 主办单位 公开责任部门",
    "drafting_unit": "起草单位 拟稿单位",
    "source_name": "来源 信息来源 文章来源 稿件来源 信息提供",
    "doc_type": "文件类型 公文类别",
    "opens_on": "征集时间 征集期限 征求意见时间 意见征集时间 公示时间 起止时间 征集开始时间 开始时间 开始日期",
    "closes_on": "征集结束时间 结束时间 结束日期 截止时间",
}
# What only people type as a key: fields with blanks between → words. On a page the words may be anything.
_TYPED = {
    "title": "文件标题 题目 题名",
    "index_no": "公开索引号",
    "doc_number": "公文文号 文件文号 公文字号",
    "date_written": "签发时间 制定日期 制发日期 落款日期 落款时间 形成日期 形成时间 签署日期",
    "date_published": (
        "发稿日期 发稿时间 上网日期 上网时间 挂网日期 上线日期 "
        "发表日期 date pubdate pub_date publish_date published published_at"
    ),
    "issuer": "制发机关 制定单位 公布机关 制发单位 印发机关 印发单位",
    "co_issuers": "联合发文单位 联合发文 联合印发单位 会签单位",
    "disclosure": "公开类型 是否公开 信息公开属性 主动公开 公开性质",
    "date_effective": "执行日期 执行时间 开始施行日期 实行日期 起始日期",
    "expires_on closes_on takedown_on": "截止日期 截止时间 终止日期 到期日期 结束日期",
    "expires_on": "有效期限 有效期到 有效截止日期 期满日期",
    "status": "文件状态 文件效力",
    "keywords": "标签 tags tag",
    "summary": "简介 概述 导语 description",
    "responsible_unit": "主办科室 承办单位",
    "drafting_unit": "拟稿部门 起草科室 起草机关",
    "source_name": "转载来源",
    "doc_type": "文件分类 信息类型",
    "kind": "信息类别 文章类型 type layout",
    "column": "栏目 所属栏目 栏目名称 分类 所属分类 category categories section",
    "id": "slug 网址名 英文名",
    "opens_on": "征集开始日期",
    "closes_on": "征集结束日期 征集截止 征集截止日期 征集截止时间",
    "closes_on takedown_on": "结束时间",
    "takedown_on": (
        "下架时间 公示截止 公示截止日期 公示截止时间 公示结束 公示结束日期 公示期 公示期限 "
        "公示期满 公示到期 撤下日期 下线日期 下线时间"
    ),
    "repeals": "废止文号 废止的文件 同时废止",
    "amends": "修改文号 修订文件 修订 修正",
    "based_on": "政策依据 法律依据 依据文件 上位依据",
    "interprets": "解读文件 解读政策 政策文件 相关政策 政策原文 原文 原文链接 文件链接",
    "interpreter": "解读单位 解读机构 解读专家",
    "form": "解读方式 解读类型",
    "attachments": "附件列表 附件下载 附件名称 相关附件",
    "channels": "反馈渠道 反馈方式 意见反馈方式 征集渠道",
    "responds_to": "涉及政策 涉及文件",
    "redacted": "是否删减",
    "draft": "是否草稿 未完成",
}


def _words(rows: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each word of the rows with its fields."""
    for keys, words in rows.items():
        yield from ((word, tuple(keys.split())) for word in words.split())


PAGE_LABELS: Mapping[str, str] = MappingProxyType({word: key for word, (key,) in _words(_ON_PAGES)})
OTHER_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({**dict(_words(_ON_PAGES)), **dict(_words(_TYPED))})
_OF_OTHER_SIDE = "解读写在 content/interpretations/ 里，由它的“解读对象”连过来；这里删去这一行"
# What other systems have and a site made from files does not need: what to do with it.
NOT_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("相关解读", "解读链接", "政策解读", "解读"), _OF_OTHER_SIDE),
        **dict.fromkeys(("相关文件", "相关链接"), "正文里写到的站内文号自动成为链接，列在“相关文件”里；这里删去这一行"),
        **dict.fromkeys(("作者", "编辑", "责任编辑", "审核", "审稿", "校对", "author"), "没有这一项，删去这一行"),
        **dict.fromkeys(("浏览次数", "点击次数", "点击量", "访问量", "阅读量"), "网页不记次数，删去这一行"),
        **dict.fromkeys(
            ("网址", "链接", "url", "URL", "地址"), "网址由“编号”（id）决定，删去这一行；旧网站的网址写“旧网址”"
        ),
        **dict.fromkeys(("正文", "内容", "content", "text"), "正文写在第二个 --- 之后，删去这一行"),
    }
)
_TAILS = (("日期", "时间"), ("单位", "部门", "机关", "机构", "科室"))
_HEAD = re.compile(r"^(?:信息|文件|公文|政策|本文)(?=..)")


def meant_fields(written: str) -> tuple[str, ...]:
    """Return the fields that an unknown key may mean, the usual one first; none where only likeness is left.

    >>> meant_fields("生效日期"), meant_fields("下架时间"), meant_fields("截止日期")
    (('date_effective',), ('takedown_on',), ('expires_on', 'closes_on', 'takedown_on'))
    """
    word = re.sub(r"[\s\u3000【】\[\]*《》\u200b]", "", written)
    if keys := OTHER_NAMES.get(word) or OTHER_NAMES.get(word.casefold()):
        return keys
    for same in (word, _HEAD.sub("", word)):
        for candidate in _with_other_tails(same):
            if key := field_key(candidate):
                return (key,)
    return ()


def _with_other_tails(word: str) -> Iterator[str]:
    yield word
    for tails in _TAILS:
        for tail in tails:
            if word.endswith(tail):
                yield from (word.removesuffix(tail) + other for other in tails if other != tail)


def has_own_words(written: str, near: str) -> bool:
    """Whether two Chinese keys share more than a tail that many keys have: 落款日期 and 评估日期 share nothing else."""
    tails = [tail for tails in (*_TAILS, _MORE_TAILS) for tail in tails]
    tail = next((one for one in tails if written.endswith(one) and near.endswith(one)), "")
    return not tail or bool(set(written.removesuffix(tail)) & set(near.removesuffix(tail)))


_MORE_TAILS = ("文件", "名称", "编号", "类别", "类型", "情况", "结果", "方式", "网址", "理由", "依据", "公告", "说明")
