"""T: fields against what the text itself says. Only a certain disagreement is reported."""

from collections.abc import Iterator, Sequence

from generator.audit.facts.acts import VALIDITY_GROUND, lists_repeals
from generator.audit.facts.stated_days import StatedRange, certain_range, effect_range, term_range
from generator.audit.facts.stated_repeals import PolicyIndex
from generator.audit.registry import Hits, hit_at, noticed_problems, rule
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Document, Reference
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import OVER, Kind, RelationKind, label_of

_E, _W = Severity.ERROR, Severity.WARNING
_PASSED_BEFORE = 60  # days from passing a text to its publication, at the most
_YEAR = 366  # days: a text that took effect so long before it was written has been amended since


@rule("T001", _E, source=VALIDITY_GROUND)
def repeal_in_text_not_declared(archive: Archive, _config: SiteConfig) -> Hits:
    """正文写明废止站内的一份文件，front matter 没有写。

    不对：正文写“《示例市补贴办法》（示例人社发〔2019〕3号）同时废止”，没有写 repeals，旧文件在网上仍标为有效。
    对：　repeals: [示例人社发〔2019〕3号]（废止）；由新文件替代的写 replaces。
    改法：按提示加一行。只废止其中一条的不查；正文只是转述的，写豁免和理由。
    """
    documents = [one for one in _policies(archive) if one.page.stated_fields.repeals]
    index = PolicyIndex(archive.documents if documents else ())
    for document in documents:
        handled = {one.target for one in document.relations if one.kind is not RelationKind.CITES}
        missing = [
            one
            for one in index.undeclared(document)
            if not (lists_repeals(document) and one.repeal.number and one.document.id not in handled)  # L021
        ]
        if missing:
            words = "、".join(
                f"“{one.repeal.words}”（第 {one.repeal.line} 行，{one.document.path}）" for one in missing
            )
            references = [*_written(document.references("repeals")), *map(index.reference_to, missing)]
            yield _hit(
                document,
                "repeals",
                f"正文写明{words}，{_missing(document, 'repeals')}",
                f"[{', '.join(dict.fromkeys(references))}]",
                missing[0].repeal.line,
            )


@rule("T002", _E, source="有效期制度（{山东省行政规范性文件办法}第十一条）；{国办发〔2018〕37号}")
def term_differs_from_text(archive: Archive, _config: SiteConfig) -> Hits:
    """有效期和正文写的不一致，或者正文写了有效期而没有写 expires_on。

    不对：正文写“自2024年6月1日起施行，有效期5年”，没有写 expires_on，过了期仍标为有效。
    对：　expires_on: 2029-05-31（有效期至）。
    改法：按提示加一行，或改正日期；正文错了的，按原件改正正文。后来延续的，由延续它的文件写 renews，这里不改。
    """
    for document in _policies(archive):
        if not document.page.stated_fields.terms or "consolidated_to" in document.page.fields:
            continue
        for text in (document, *document.parts):
            terms = [one for one in document.page.stated_fields.terms if one.part == text.part_id]
            ranges = [one for term in terms if (one := term_range(term, text))]
            declared = text.date("expires_on")
            days = [day for day in (declared, text.term) if day]
            if not ranges or any(one.covers(day) for one in ranges for day in days):
                continue
            if declared or text.status not in OVER:
                yield from _day_hits(document, text, "expires_on", ranges, f"写的是 {declared}" if declared else "")


@rule("T003", _E, source=VALIDITY_GROUND)
def effect_differs_from_text(archive: Archive, _config: SiteConfig) -> Hits:
    """施行日期和正文写的不一致，或者正文写明以后才施行而没有写 date_effective。

    不对：正文写“自2024年6月1日起施行”，date_effective 写 2024-07-01。
    对：　date_effective: 2024-06-01（施行日期）。
    改法：按提示加一行，或改正日期；正文错了的，按原件改正正文。“自印发之日起施行”的，从成文日期到发布日期都算对。
    """
    for document in _policies(archive):
        if not document.page.stated_fields.effects or "consolidated_to" in document.page.fields:
            continue
        for text in (document, *document.parts):
            effects = [one for one in document.page.stated_fields.effects if one.part == text.part_id]
            ranges = [one for effect in effects if (one := effect_range(effect, text))]
            declared = text.effective_on
            if not ranges or any(_is_long_before(one, text) for one in ranges):
                continue
            if declared is None and not _is_pending(ranges, text):
                continue
            if declared is None or not any(one.covers(declared) for one in ranges):
                yield from _day_hits(document, text, "date_effective", ranges, f"写的是 {declared}" if declared else "")


@rule("T004", _E, source="{GB/T 9704—2012} 7.2.5 发文字号")
def number_differs_from_head(archive: Archive, _config: SiteConfig) -> Hits:
    """文号和正文开头印的不一致。

    不对：正文开头印着“示例人社发〔2024〕15号”，doc_number 写示例人社发〔2024〕51号。
    对：　doc_number: 示例人社发〔2024〕15号（文号）。
    改法：对照原件改正；括号、空格写法不同的不算。
    """
    for document in _policies(archive):
        head = document.page.stated_fields.number
        written = document.text("doc_number")
        if not head or not written or _is_of_other_days(document):
            continue
        stated, declared = doc_number_key(head.number), doc_number_key(written)
        if not stated.endswith(declared) and not declared.endswith(stated) and not _is_of_later_text(stated, document):
            said = "写的是无文号" if written == "none" else f"写的是 {declared}"
            yield _hit(document, "doc_number", f"正文第 {head.line} 行印的文号是 {stated}，{said}", stated, head.line)


@rule("T005", _W, source="{GB/T 9704—2012} 7.3.5 发文机关署名、成文日期")
def day_differs_from_signature(archive: Archive, _config: SiteConfig) -> Hits:
    """成文日期和落款的日期不一致。

    不对：落款是 2024年5月6日，date_written 写 2024-05-08（发布的那天）。
    对：　date_written: 2024-05-06（成文日期）。
    改法：对照原件改正；落款确实不是成文日期的，写豁免和理由。
    """
    for document in _policies(archive):
        signed = document.page.stated_fields.signed
        written = document.date("date_written")
        if signed and written and signed.day != written:
            message = f"正文第 {signed.line} 行落款的日期是 {signed.day}，写的是 {written}"
            yield _hit(document, "date_written", message, str(signed.day), signed.line)


def _policies(archive: Archive) -> Iterator[Document]:
    return (document for document in archive.documents if document.kind is Kind.POLICY)


def _is_pending(ranges: Sequence[StatedRange], document: Document) -> bool:
    """Whether a text says that it takes effect behind its publication: only then the field makes a difference."""
    published = document.published
    if published is None or _is_of_other_days(document):
        return False
    return all(0 < (one.first - published).days <= _YEAR for one in ranges)


def _is_of_other_days(document: Document) -> bool:
    """Whether the 题注 of a text has other days than the fields: it was passed behind them, or long before them."""
    days = document.page.stated_fields.caption_days
    published = document.published or document.date("date_written")
    if not days or published is None:
        return False
    return not 0 <= (published - max(days)).days <= _PASSED_BEFORE


def _is_of_later_text(number: str, document: Document) -> bool:
    """Whether a 文号 is of another body and of a year behind the publication: then the text is not the document's."""
    code, year = number.partition("〔")[::2]
    if document.published is None or doc_number_key(document.doc_number).startswith(f"{code}〔"):
        return False
    return year[:4].isdecimal() and int(year[:4]) > document.published.year


def _is_long_before(stated: StatedRange, document: Document) -> bool:
    written = document.date("date_written") or document.published
    return bool(written and (written - stated.last).days > _YEAR)


def _day_hits(document: Document, text: Document, key: str, ranges: Sequence[StatedRange], declared: str) -> Hits:
    """Yield the finding on a day that differs from the text; without a declared day only where the text is certain."""
    stated = certain_range(ranges)
    if stated is None and not declared:
        return
    stated = stated or ranges[0]
    message = f"正文第 {stated.line} 行写明“{stated.words}”，{declared or _missing(document, key)}"
    value = str(stated.likeliest)
    if text is document:
        yield _hit(document, key, message, value, stated.line)
    else:
        part = next(one for one in document.declared_parts if one.id == text.part_id)
        verb = "改为" if key in part.fields else "加一行"
        hint = f"在 {_key(document, 'parts')} 的 {part.id} 里{verb} {_key(document, key)}: {value}"
        yield hit_at(document, f"《{part.title}》{message}", hint, key="parts", line=part.line)


def _hit(document: Document, key: str, message: str, value: str, line: int) -> tuple[str, Problem]:
    """Return a finding with the line to paste, at the line of the key, or at that of the text where it is missing."""
    present = key in document.page.fields or key in document.page.empty_keys
    hint = f"{'改为' if present else '加一行'} {_key(document, key)}: {value}"
    return hit_at(document, message, hint, key=key, line=None if present else line)


def _key(document: Document, key: str) -> str:
    """Return a key in the language of the file."""
    return label_of(key) if document.page.chinese_keys else key


def _missing(document: Document, key: str) -> str:
    return f"没有写“{label_of(key)}”" if document.page.chinese_keys else f"没有写 {key}"


def _written(references: Sequence[Reference]) -> Iterator[str]:
    return (f"{one.text}#{one.clause}" if one.clause else one.text for one in references)


@rule("T006", _E, source="公文处理规范：所见即所存")
def lost_words(archive: Archive, _config: SiteConfig) -> Hits:
    r"""正文里有字没有显示在网页上。

    不对：正文里写了 <object>……</object> 一类的网页代码，里面的字不会显示；符号被当成了网页的标记。
    对：　网页上的字和正文里的一个不少，一个不多。
    改法：符号要照原样显示的，在前面加反斜杠，如 \* 、\< ；网页代码里的字改写成普通段落。
    """
    yield from noticed_problems(archive, "T006")
