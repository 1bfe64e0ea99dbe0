"""G: disclosure attributes. The config cannot lower the severity of these rules."""

from collections.abc import Iterator, Mapping

from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Evidence, LinkOutcome
from generator.domain.printed_disclosure import meaning_of
from generator.domain.problems import Severity
from generator.domain.vocabulary import Disclosure, label_of

_E, _W = Severity.ERROR, Severity.WARNING


@rule("G001", _E, blocking=True, source="{国办发〔2016〕80号} 一（一）：公文起草时明确公开属性")
def no_attribute(archive: Archive, _config: SiteConfig) -> Hits:
    """没有公开属性。

    不对：front matter 里没有 disclosure（公开属性）。
    对：　disclosure: proactive（主动公开）、on_request（依申请公开）或 withheld（不予公开）。
    改法：由起草单位补上公开属性；没有属性的文件一律不发布。
    """
    for document in archive.documents:
        is_reported = any(problem.field == "disclosure" for problem in document.page.problems)
        if document.disclosure is None and not is_reported:
            empty = document.page.empty_keys.get("disclosure")
            if document.page.chinese_keys:
                choices = "公开属性: 主动公开、依申请公开或不予公开"
            else:
                choices = "disclosure: proactive（主动公开）、on_request（依申请公开）或 withheld（不予公开）"
            hint = f"填上第 {empty} 行：{choices}" if empty else f"加一行 {choices}"
            yield hit_at(document, "没有“公开属性”", hint, key="disclosure")


@rule(
    "G002", _E, blocking=True, source="{政府信息公开条例}第十三条至第十六条；{国办发〔2016〕80号}：不公开的应说明理由"
)
def no_reason(archive: Archive, _config: SiteConfig) -> Hits:
    """不主动公开，却没有类别、理由；过程性信息没有再评估日期。

    不对：只写 disclosure: withheld；写了 withhold_class: N03，没有写 review_on。
    对：　再写 withhold_class: N03、withhold_note: 处于讨论阶段的过程性信息、review_on: 2027-06-30。
    改法：补上不予公开类别（N01–N11）和理由，没有类别的应当公开；过程性信息（N03）在决定作出以后可能要公开，补上再评估日期。
    """
    for document in _not_proactive(archive):
        reported_keys = {problem.field for problem in document.page.problems}
        for key in ("withhold_class", "withhold_note"):
            if not document.value(key) and key not in reported_keys:
                yield hit_at(
                    document,
                    f"{document.disclosure.label if document.disclosure else ''}的文件缺少“{label_of(key)}”",
                    "补上不予公开类别（withhold_class: N01 至 N11）和理由（withhold_note）",
                    key=key,
                )
        class_with_review = next((term for term in document.withhold_classes if term.time_bound), None)
        if class_with_review and not document.value("review_on") and "review_on" not in reported_keys:
            yield hit_at(
                document,
                f"{class_with_review.label}（{class_with_review.meaning}）缺少“{label_of('review_on')}”",
                "加一行 review_on: 日期，到那一天再定能不能公开",
                key="review_on",
            )


def _not_proactive(archive: Archive) -> Iterator[Document]:
    """Yield the documents on request or withheld."""
    yield from (one for one in archive.documents if one.disclosure in {Disclosure.ON_REQUEST, Disclosure.WITHHELD})


@rule(
    "G003",
    _E,
    blocking=True,
    source="{政府信息公开条例}第三十七条；{国办发〔2016〕80号}：主动公开的公文不可夹带不公开的内容",
)
def carried_attachment(archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """主动公开的文件带了不公开的附件。

    不对：文件主动公开，其中一个附件写 disclosure: on_request，或者正文链接了、附件用了别处不公开的文件（副本也算）。
    对：　不公开的附件另立一份文件，写明类别和理由；公开的文件里只留公开的附件。
    改法：移走那个附件，或改正它的公开属性。
    """
    refused = {
        resolved.file: document.path
        for document in archive.documents
        for item, resolved in zip(document.attachments, archive.attachments.get(document.path, ()), strict=True)
        if item.disclosure is not Disclosure.PROACTIVE
    }
    withdrawn = {document.path for document in archive.withdrawn}  # V011 names their files
    twins = {file: owner for file, owner in evidence.twins.items() if owner not in withdrawn}
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        own_attachments: set[str] = set()  # may be linked before the document is public
        for item, resolved in zip(document.attachments, archive.attachments.get(document.path, ()), strict=True):
            if item.disclosure is Disclosure.PROACTIVE and resolved.file not in refused:
                own_attachments.add(resolved.file)
            if item.disclosure is Disclosure.PROACTIVE and resolved.file and resolved.file in refused:
                yield hit_at(
                    document,
                    f"附件“{item.title}”的文件在 {refused[resolved.file]} 里是不公开的附件",
                    "移走这个附件，或改正那里的公开属性",
                    line=item.line,
                    key="attachments",
                )
            elif item.disclosure is not Disclosure.PROACTIVE:
                yield hit_at(
                    document,
                    f"附件“{item.title}”的公开属性是“{item.disclosure.label}”",
                    "移走这个附件，或改正它的公开属性",
                    line=item.line,
                    key="attachments",
                )
        for resolved in archive.links.get(document.path, ()):
            if resolved.outcome is LinkOutcome.NOT_PUBLIC and resolved.file and resolved.file not in own_attachments:
                yield hit_at(
                    document,
                    f"正文链接的文件“{resolved.target}”是不公开的附件",
                    "删去这个链接，或改正附件的公开属性",
                    line=resolved.line,
                )
        if twins:
            yield from _shared_files(archive, document, refused, twins)


def _shared_files(archive: Archive, document: Document, refused: Mapping[str, str], twins: Mapping[str, str]) -> Hits:
    """Yield a problem for every file of a public document that a hidden one has too, by name or content."""
    attachments = zip(document.attachments, archive.attachments.get(document.path, ()), strict=True)
    attached = [(item.line, resolved) for item, resolved in attachments if item.disclosure is Disclosure.PROACTIVE]
    linked = [(one.line, one) for one in archive.links.get(document.path, ()) if one.outcome is LinkOutcome.FINE]
    reported: set[str] = set()
    for place, (line, resolved) in enumerate((*attached, *linked)):
        owner = twins.get(resolved.file)
        if owner and resolved.file not in refused and resolved.file not in reported:
            reported.add(resolved.file)
            yield hit_at(
                document,
                f"文件“{resolved.target}”也是 {owner} 的，或者和那里不公开的文件内容相同",
                "移走这个文件，或改正那一份的公开属性；不公开的文件不要留副本",
                line=line,
                key="attachments" if place < len(attached) else "",
            )


@rule("G004", _E, blocking=True, source="{保守国家秘密法}第三十五条")
def marked_secret(archive: Archive, _config: SiteConfig) -> Hits:
    """标明涉密。

    不对：is_secret: true，或者审核表里“是否涉密: 是”。
    对：　涉密文件不进入本仓库。
    改法：立即把文件移出仓库并按保密规定报告；删除最后一版并不能清除仓库历史里的旧版。
    """
    for document in archive.documents:
        if document.is_secret:
            key = "is_secret" if document.value("is_secret") is True else "review"
            yield hit_at(document, "标明涉密，不得进入网站", "立即移出仓库并按保密规定报告", key=key)


@rule(
    "G005",
    _E,
    blocking=True,
    source="{国办发〔2016〕80号} 一（一）：标注公开属性；{浑江人社字〔2018〕38号} 属性二（三）",
)
def printed_attribute(archive: Archive, _config: SiteConfig) -> Hits:
    """印在正文里的公开属性和 front matter 不一致。

    不对：disclosure: proactive，正文末尾却印着“（此件依申请公开）”。
    对：　disclosure: proactive，正文印着“（此件公开发布）”，或者不印，由程序加上。
    改法：核对原件。正文夹带的文件另有属性的，按那个属性处理：不公开的不能放进公开的正文。
    """
    for document in archive.documents:
        declared = document.disclosure
        if declared is None:
            continue
        printed = document.page.printed_disclosures
        if declared is Disclosure.PROACTIVE or all(note.disclosure is not declared for note in printed):
            for note in printed:
                if note.disclosure is not declared:
                    message = f"正文印的是“{note.text}”，front matter 写的是“{declared.label}”"
                    yield hit_at(document, message, "核对原件，改正其中一处", line=note.line)
        note_text = document.text("disclosure_note")
        noted_disclosure = meaning_of(note_text)
        if noted_disclosure and noted_disclosure is not declared:
            message = f"“{label_of('disclosure_note')}”写的是“{note_text[:40]}”，公开属性是“{declared.label}”"
            yield hit_at(document, message, "核对原件，改正其中一处", key="disclosure_note")


@rule("G006", _W, source="{政府信息公开条例}第五条、第十三条；不予公开负面清单")
def refusal_only(archive: Archive, _config: SiteConfig) -> Hits:
    """不公开的类别只有 N05 至 N08。

    不对：disclosure: withheld，withhold_class: N08（档案信息）。
    对：　写真正的类别，如 withhold_class: [N02, N08]；没有别的类别的，主动公开。
    改法：N05 至 N08 说明的是为什么不答复申请，不是不发布本机关文件的理由；改写类别，或改为主动公开。
    """
    for document in _not_proactive(archive):
        classes = document.withhold_classes
        if classes and all(term.reply_only for term in classes):
            class_names = "、".join(f"{term.label}（{term.meaning}）" for term in classes)
            yield hit_at(
                document,
                f"{class_names}只能用来答复申请，不是不公开的理由",
                "写真正的类别，没有的改为主动公开",
                key="withhold_class",
            )


@rule("G007", _W, source="{政府信息公开条例}第十八条：定期评估审查，可以公开的转为主动公开")
def due_for_review(archive: Archive, _config: SiteConfig) -> Hits:
    """到了再评估日期，还没有再评估。

    不对：review_on: 2025-06-30，已经过了，文件还是不公开，日期也没有动。
    对：　可以公开的改为主动公开；仍不能公开的，把 review_on 改到下一次，一般在一年以内。
    改法：由提出单位和公开办评估，改公开属性或改日期。到期的文件，gongkai audit 的台账里全部列出。
    """
    for document in _not_proactive(archive):
        day = document.date("review_on")
        if day and day <= archive.day:
            yield hit_at(
                document,
                f"{document.disclosure.label if document.disclosure else ''}的文件应在 {day} 再评估",
                "能公开的改为主动公开，不能的把 review_on 改到下一次",
                key="review_on",
                days=(archive.day - day).days,
            )
