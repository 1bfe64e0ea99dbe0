"""Find what a text lacks of its kind: parts of a guide, a service guide or an annual report, a result, any content."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.domain.model import Block, BlockKind, Field, Text, TextFacts
from generator.domain.normative_signs import is_service_guide
from generator.domain.vocabulary import INFORMATION_KINDS, DocType, ItemStage, Kind
from generator.domain.vocabulary.text_parts import (
    FEES,
    GUIDE_PARTS,
    PROPOSALS,
    REPORT_CHAPTERS,
    SERVICE_PARTS,
    TextPart,
)
from generator.support.cache import digest

GUIDE_COLUMNS = frozenset({"guide", "政府信息公开指南"})
_GUIDE_TITLE = re.compile(r"(?:信息|政务)公开指南")
_LEAST_KEY = 40
_LEAST_KEY_ALONE = 60  # a shorter text is a formula, which many documents share
_ENUMERATED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}[章条部分节]*|[（(]?\d{1,2}[）)、.．]|[①-⑳•·●■◆])\s*"
)
_CHAPTER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}(?:章|部分))")
_LONGEST_LABEL = 24
_LONGEST_CHAPTER = 30
_STOP = re.compile("[。：:；;，, 　]")
_TOLD_STAGES = frozenset({ItemStage.RESULT, ItemStage.AFTER, ItemStage.DURING})  # what happened is told, not listed
_REFERS = re.compile(
    r"(?:[^。！？\n\d]{0,12}[，,：:]|[\u4e00-\u9fff]{0,10}?)?(?:具体|详细|全文|有关|相关|主要)?(?:内容|情况|名单|事项|要求|信息|正文|文件|公告|通知|结果)?"
    r"(?:请|敬请)?(?:详见|详情见|详情请见|请见|参见|见|请查看|请查阅|请下载|查看|点击下载|请点击|下载)"
    r"(?:本文|文后|下方|以下|页面下方|文末|所附|后附)?(?:的)?(?:附件|附表|附图|文件|附)"
    r"(?:[\d一二三四五六、和至，,。.！! ]|《[^》]{1,40}》|[：:].{1,40}|[（(][^（）()]{0,30}[）)])*"
)
# Only words that lead to a file, in any order, one of them the file and one the leading.
_LEADS = re.compile(
    r"(?:[，,、：:；; 　\d一二三四五六]|敬?请|各(?:有关)?(?:单位|部门|乡镇)|广大|社会|公众"
    r"|具体|详细|详情|全部|全文|本文|原文|正文|内容|情况|名单|事项|要求"
    r"|信息|公告|公示|通知|通告|文件|结果|表格|有关|相关|主要|可|在|到|从|自行|点击|打开|下载|查看|查阅|浏览|阅读|了解|获取|参见|参阅|参看|详见|请见|见|看|链接"
    r"|下方|上方|文末|文后|页面|底部|网页|所附|后附|随文|附件|附表|附图|附后|后|并|以|的|之|中|里|处|《[^》]{1,40}》|[（(][^（）()]{0,30}[）)])+[。.！!]?"
)
_FILE_WORDS = re.compile("附件|附表|附图|附后|后附|所附|随文|下载|链接")
_LEADING_WORDS = re.compile("见|看|阅|下载|点击|打开|附后|获取|了解|浏览")
_OPENS = re.compile(
    r"(?:全文|详情|内容|正文|具体内容)?(?:敬?请)?(?:点击|打开|下载|查看|查阅)(?:下方|文后|文末|页面下方)?(?:的)?附件\d*(?:后)?"
    r"(?:查看|查阅|下载|阅读|了解|浏览)?(?:全文|详情|具体内容|详细内容|原文)?[。.！!]?"
)
# 现将名单予以公示，…见附件，欢迎监督: what is announced and how politely is in the title, too.
_ANNOUNCES = re.compile(
    "(?:根据|按照|依据|经)?[^。，；]{0,40}[，,]?现将[^。；]{2,60}?(?:公布|公示|公告|公开|发布)(?:如下)?[，,。：:；;]?"
)
_COURTESIES = re.compile(
    "(?:[，,。；;]?(?:敬请|欢迎|请|特此)(?:社会各界|广大群众|相互|互相|予以|大家|各单位|各有关单位|认真)?"
    "(?:监督|公告|公示|通知|通告|转告|知悉|知照|查收|遵照执行|贯彻执行|贯彻落实|执行|关注|支持))+[。.！!]?\\Z"
)
_LISTED = re.compile(r"附\s*件\s*\d*\s*(?:[:：]|$)")
_FRAME = re.compile(
    r"\d{1,2}[.．、].{0,60}|.{0,30}(?:局|厅|委|委员会|政府|办公室|中心|部|院)"
    r"|[（(]?此件.{0,12}[）)]?|(?:19|20)?[\d〇○零一二三四五六七八九]{2,4}年.{1,4}月.{1,4}日|特此(?:通知|公告|公示|通告)[。.]?|.{0,40}[:：]|.{0,40}\.(?:pdf|docx?|xlsx?|wps|et|zip)",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"(?:更新|修订|修改|调整|编制|完善|发布|审定|核对)(?:时间|日期|于|为|：|:|版|至)?[^。\n\d]{0,10}"
    r"((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})(?:\s*[月.\-/]\s*(\d{1,2}))?|"
    r"((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]?\s*(\d{1,2})?\s*日?\s*(?:更新|修订|修改|调整)"
)
_PROMISE = re.compile(
    r"正(?:在|与|和)[^。；\n]{0,16}(?:沟通|协调|对接|研究|处理|处置|研判)[^。；\n]{0,40}"
    r"|(?:正在|将|立即|马上|已(?:经)?(?:成立|组织|启动|责成|要求|安排)[^。，；\n]{0,20})[^。；\n]{0,16}(?:调查|核查|核实|了解|研判|处理中|鉴定)"
    r"[^。；\n]{0,40}"
    r"|(?:调查|核查|核实|处理|处置|鉴定|后续|进展|有关)[^。；\n]{0,12}(?:结果|情况|进展)[^。；\n]{0,12}(?:将|会)(?:及时|第一时间|尽快|随时|适时|另行|向社会|依法)?[^。；\n]{0,10}(?:公布|公开|通报|发布|回应|告知|反馈)"
)
_ATTITUDE = re.compile(
    r"高度重视|认真(?:研究|对待|吸取)|感谢(?:您|网友|大家|社会)|欢迎(?:监督|提出)"
    r"|将(?:进一步|继续)(?:加强|完善|改进|做好)|将?(?:持续|密切)(?:关注|跟进)|将(?:会)?(?:尽快|及时|抓紧)[^。；\n]{0,10}(?:办理|处理|答复|解决)"
    r"|已(?:经)?(?:介入|受理|收悉|关注到|转交|转办|转送|移交|交由|交办|责成|要求)"
)
_RESULT = re.compile(
    r"经(?:过)?[^。，；\n]{0,12}(?:核实|核查|调查|查实|了解|查证|查阅|排查|研究|鉴定|对照|比对)(?!组)|(?:调查|核查|核实|鉴定|处理|处置|办理|整改)(?:结果|结论|情况)[^将会\n]{0,4}(?:如下|为|是|：|:|\n|显示|表明)"
    r"|情况(?:说明|回应|答复|公布|通报)?如下|不属实|属实|并非|系谣言|不实|未发现|没有(?:改变|变化|调整|取消)|已(?:经)?(?:全部|于|按|将|对|完成|整改|处理|处罚|解决|发放|拨付|补发|恢复|修复|更正|立案|停职|免职|责令|退还|到账|办结|妥善)"
    r"|(?:应当|可以|不需要|无需|不用|不得|需要|按照)[^。\n]{0,30}(?:规定|办理|申请|申领|享受|缴纳|缴费|领取|提供|执行)|(?:仍|继续)(?:按|有效|执行)"
)
_PLAIN_RESPONSE = 100


def find_text_facts(kind: Kind | None, fields: Mapping[str, Field], blocks: Text) -> TextFacts:
    """Return the facts of one text; ``fields`` say which kind of text it is."""
    words = blocks.words
    squeezed = "".join(words.split())
    promise = _promise_of(words) if kind is Kind.RESPONSE else ""
    is_guide = _is_guide(kind, fields)
    return TextFacts(
        key=digest(squeezed.encode())[:24] if len(squeezed) >= _LEAST_KEY else "",
        is_short=len(squeezed) < _LEAST_KEY_ALONE,
        named_parts=tuple(_named_parts(fields, blocks)),
        lacking=tuple(_lacking(kind, fields, blocks, is_guide=is_guide)),
        refers_only=_refers_only(blocks) if len(squeezed) < 400 and kind is not Kind.REPORT else 0,
        revised_on=max(_revisions(words), default=None) if is_guide else None,
        promise=promise,
    )


def _is_guide(kind: Kind | None, fields: Mapping[str, Field]) -> bool:
    if kind not in {Kind.PAGE, Kind.NOTICE}:
        return False
    column, title = (str(fields[key].value) if key in fields else "" for key in ("column", "title"))
    return column in GUIDE_COLUMNS or bool(not column and _GUIDE_TITLE.search(title))


def _lacking(kind: Kind | None, fields: Mapping[str, Field], blocks: Text, *, is_guide: bool) -> Iterator[str]:
    """Yield the names of the parts that a text of its kind must have and has not."""
    doc_type = fields["doc_type"].value if "doc_type" in fields else None
    if kind is Kind.REPORT:
        yield from _lacking_in_report(blocks)
    elif doc_type is DocType.SERVICE or (kind is Kind.NOTICE and not is_guide and _is_service_guide(fields)):
        labels = "\n".join(_labels(blocks.blocks))
        yield from (part.label for part in SERVICE_PARTS if not _on_a_line(part, labels))
    elif is_guide:
        yield from (part.label for part in GUIDE_PARTS if not part.sign.search(blocks.words))


def _is_service_guide(fields: Mapping[str, Field]) -> bool:
    """Whether a notice without 文件类别 is a 办事指南 by its title."""
    return "doc_type" not in fields and "title" in fields and is_service_guide(str(fields["title"].value))


def _named_parts(fields: Mapping[str, Field], blocks: Text) -> Iterator[str]:
    """Yield the elements of a kind of information that a text names, at the beginning of lines; a result anywhere."""
    doc_type = fields["doc_type"].value if "doc_type" in fields else None
    kind = INFORMATION_KINDS.get(doc_type) if isinstance(doc_type, DocType) else None
    if kind is None or not kind.parts:
        return
    stage = fields["stage"].value if "stage" in fields else None
    passages = [block for block in blocks.blocks if block.kind is not BlockKind.TABLE]
    labels = "\n".join((*_labels(passages), *_openings(passages)))
    words = blocks.words if stage in _TOLD_STAGES else labels
    for parts_of_stage in (None, stage) if isinstance(stage, ItemStage) else (None,):
        yield from (part.label for part in kind.parts.get(parts_of_stage, ()) if part.sign.search(words))


def _openings(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the words with which numbered lines open: 一、抽查依据。"""
    for block in blocks:
        for line in block.text.split("\n"):
            if number := _ENUMERATED.match(line):
                opening = _STOP.split(line[number.end() :], maxsplit=1)[0].strip()
                if len(opening) <= _LONGEST_LABEL:
                    yield opening


def _on_a_line(part: TextPart, labels: str) -> bool:
    return any(part.sign.search(label) for label in labels.split("\n"))


def _labels(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield what names a passage: a heading, a short cell or line, and the words before a colon."""
    for block in blocks:
        for line in block.text.split("\n"):
            label = _ENUMERATED.sub("", line).strip()
            before, colon, _ = label.replace(":", "：").partition("：")
            if colon and len(before) <= _LONGEST_LABEL:
                yield before.strip()
            elif block.kind is BlockKind.HEADING or (len(label) <= _LONGEST_LABEL and not label.endswith(("。", "；"))):
                yield label


def _lacking_in_report(blocks: Text) -> Iterator[str]:
    """Yield the chapters that a report lacks, and what its last chapter does not say of fees and proposals."""
    chapters: dict[str, int] = {}
    lines = [line for line, _ in blocks.lines()]
    headings = {block.text.strip() for block in blocks.blocks if block.kind is BlockKind.HEADING}
    for number, line in enumerate(lines):
        plain = _ENUMERATED.sub("", line).strip()
        if len(plain) <= _LONGEST_CHAPTER and not plain.endswith(("。", "；")) and _opens_chapter(line, headings):
            for chapter in REPORT_CHAPTERS:
                if chapter.label not in chapters and chapter.sign.search(plain):
                    chapters[chapter.label] = number
                    break
    yield from (chapter.label for chapter in REPORT_CHAPTERS if chapter.label not in chapters)
    last = chapters.get(REPORT_CHAPTERS[-1].label)
    if last is None:
        return
    if not FEES.sign.search("\n".join(lines[last:])):
        yield FEES.label
    if not PROPOSALS.sign.search("\n".join(lines)):
        yield PROPOSALS.label


def _opens_chapter(line: str, headings: Collection[str]) -> bool:
    """Whether a line is numbered as a chapter, or is a heading without the number of a section in a chapter."""
    if _CHAPTER.match(line):
        return True
    return line.strip() in headings and not _ENUMERATED.match(line)


def _refers_only(blocks: Text) -> int:
    """Return the line of the only sentence of a text, where that refers to an attachment; else 0."""
    referring, listed = 0, False
    for line, number in blocks.lines():
        plain = _without_manners(line.strip().strip("（()）【】"))
        if not plain or (listed and "。" not in plain):
            continue
        if _LISTED.match(plain):
            listed = True
        elif _FRAME.fullmatch(plain):
            continue
        elif referring or not _leads_to_file(plain):
            return 0
        else:
            referring = number
    return referring


def _without_manners(line: str) -> str:
    """Return a line without what it announces and without 欢迎监督; whole where nothing else is left of it."""
    rest = _COURTESIES.sub("", line)
    announced = _ANNOUNCES.match(rest)
    rest = rest[announced.end() :] if announced and "附" in rest[announced.end() :] else rest
    return rest or line


def _leads_to_file(line: str) -> bool:
    """Whether a line says no more than that everything is in an attachment."""
    if _REFERS.fullmatch(line) or _OPENS.fullmatch(line):
        return True
    return bool(_LEADS.fullmatch(line) and _FILE_WORDS.search(line) and _LEADING_WORDS.search(line))


def _revisions(words: str) -> Iterator[dt.date]:
    for match in _REVISED.finditer(words):
        year, month, day = (*(int(group) for group in match.groups() if group), 1)[:3]
        try:
            yield dt.date(year, month, day)
        except ValueError:
            continue


def _promise_of(words: str) -> str:
    """Return the words with which a response announces a result; empty where it gives one, or announces none."""
    promise = _PROMISE.search(words)
    rest = _PROMISE.sub("", words)
    if _RESULT.search(rest):
        return ""
    if promise:
        return " ".join(promise[0].split())[:40]
    attitude = _ATTITUDE.search(words)
    return attitude[0] if attitude and len("".join(words.split())) < _PLAIN_RESPONSE else ""
