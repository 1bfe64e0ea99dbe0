"""L: relations of interpretations and of public documents to others that are missing, hidden or ended."""

from collections.abc import Iterable

from generator.audit.facts.declared_relations import key_of, references_of
from generator.audit.facts.ended_laws import EndedLaws
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key, normalise_index_no
from generator.domain.laws import successor_text
from generator.domain.model import Archive, Document, Evidence, LinkRole, Naming, Reference
from generator.domain.problems import Severity
from generator.domain.vocabulary import (
    ACTING,
    ENDED_BY,
    ENDING,
    FIELDS,
    OVER,
    Disclosure,
    FieldForm,
    Kind,
    RelationKind,
    label_of,
)

_E = Severity.ERROR
_LEAST_CHARACTERS = 20


@rule("L001", _E, blocking=True, source="{国办发〔2016〕80号}；{国办发〔2017〕47号}：解读材料与政策文件相互关联")
def orphan(archive: Archive, _config: SiteConfig) -> Hits:
    """解读没有对应的政策文件。

    不对：解读没有写 interprets，或者写的文件站内没有。
    对：　interprets: 云岭人社发〔2024〕15号
    改法：写上所解读文件的编号、索引号或文号；文件还没有发布的，与解读一起提交。
    """
    for document in _interpretations(archive):
        lost = archive.lost.get(document.path, ())  # its document was taken off the site: V011
        if not document.related(RelationKind.INTERPRETS) and all(one.key != "interprets" for one in lost):
            yield hit_at(
                document,
                "解读没有对应的政策文件",
                "在 interprets（解读对象）写所解读文件的文号或编号",
                key="interprets",
            )


@rule("L006", _E, blocking=True, source="{国办发〔2016〕80号}：解读要全面、详尽、准确")
def empty(archive: Archive, _config: SiteConfig) -> Hits:
    """解读没有内容。

    不对：正文为空，或者只有一句“详见附件”而没有附件。
    对：　正文写解读内容；图解、音视频附文字版。
    改法：补上正文、图片或附件。
    """
    for document in _interpretations(archive):
        media = any(link.role is LinkRole.MEDIA for link in document.page.links)
        if document.page.length < _LEAST_CHARACTERS and not media and not document.attachments:
            yield hit_at(document, "解读没有内容", "补上正文、图片或附件", line=1)


@rule("L009", _E, blocking=True, source="{政府信息公开条例}第十三条至第十六条")
def not_public(archive: Archive, _config: SiteConfig) -> Hits:
    """公开的解读所解读的文件并不公开，或者还没有发布。

    不对：文件的公开属性是“不予公开”，它的解读却是“主动公开”；文件下周才发布，解读今天就发布。
    对：　文件主动公开，解读也主动公开，与文件同日或在其后发布；文件不公开，就不发布解读。
    改法：核对两份材料的公开属性和发布日期。
    """
    for document in _interpretations(archive):
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        for relation in document.related(RelationKind.INTERPRETS):
            target = archive.by_id[relation.target]
            if target.disclosure is not None and target.disclosure is not Disclosure.PROACTIVE:
                yield hit_at(
                    document,
                    f"所解读的 {target.path} 公开属性是“{target.disclosure.label}”",
                    "核对两份材料的公开属性",
                    key="interprets",
                )
            elif not archive.is_due(target) and archive.is_public(document):
                yield hit_at(
                    document,
                    f"所解读的 {target.path} 到 {target.published_text} 才发布，解读已经公开",
                    "把解读的发布日期改到文件发布之日或其后",
                    key="interprets",
                )


@rule("L020", Severity.WARNING, source="{政府信息公开条例}第十三条至第十六条；{国办发〔2016〕80号} 一（一）")
def relies_on_hidden(archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """公开的文件引用、依据、废止、修改或者回应的文件并不公开，或者还没有发布；废止它的文件不公开。

    不对：公开的通知写“根据市局某某〔2024〕3号”，或者写了它的标题，而这份文件的公开属性是“不予公开”。
    对：　所引用的文件也主动公开；确实不能公开的，正文不写它的文号和标题。
    改法：先看所引用的文件能不能公开；不能的，删去正文里的文号；原件就是这样印的，写豁免和理由。网页上不会出现这条关联。
    """
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        yield from _hidden_relations(archive, document)
        for relation in document.related(RelationKind.CITES):
            target = archive.by_id[relation.target]
            if state := _hidden(archive, document, target):
                namings = evidence.namings.get(document.path, ())
                lines = [one.line for one in namings if one.document == target.id and one.line and not one.key]
                line = lines[0] if lines else _line_of_citation(document, target)
                hint = "核对它的公开属性；不能公开的，正文不写它的文号"
                yield hit_at(document, f"正文引用的 {target.path} {state}", hint, line=line)
        yield from _hidden_mentions(archive, document, evidence.namings.get(document.path, ()))
        for text in (document, *document.parts):
            yield from _ended_by_hidden_acts(archive, document, text)


def _hidden_mentions(archive: Archive, document: Document, namings: Iterable[Naming]) -> Hits:
    """Yield a problem for every mention of a hidden document that is not a relation."""
    related = {relation.target for relation in document.relations}
    for naming in namings:
        target = archive.by_id.get(naming.document)
        if target is None:  # taken off the site: V011
            continue
        is_free_text = bool(naming.key) and FIELDS[naming.key].form is not FieldForm.OUTSIDE_ACT
        if (is_free_text or naming.document not in related) and (state := _hidden(archive, document, target)):
            place = f"“{label_of(naming.key)}”里" if naming.key else "正文里"
            yield hit_at(
                document,
                f"{place}写着 {target.path} 的文号或标题，它{state}",
                "核对它的公开属性；不能公开的，删去文号和标题；原件就是这样印的，写豁免和理由",
                line=naming.line or None,
                key=naming.key,
            )


def _hidden_relations(archive: Archive, document: Document) -> Hits:
    """Yield a problem for every hidden document in the fields of a document or one of its parts."""
    present = {relation.kind for relation in document.relations}
    for kind in filter(present.__contains__, _BASED_KINDS):
        for relation in document.related(kind):
            target = archive.by_id[relation.target] if relation.target else None
            part = next((one for one in document.parts if one.part_id == relation.part), None)
            state = _hidden(archive, document, target) if target else ""
            if target and kind is RelationKind.OUTCOME and archive.is_waiting(target):
                continue  # the page leads to the outcome from its day on
            if target and state and _declares(document, kind, target):
                key = key_of(document, relation)
                message = f"“{label_of(key)}”所指的 {target.path} {state}"
                yield hit_at(document, message, "核对它的公开属性；不能公开的，删去这一项", key=key)
            elif target and state and part and _names(part.references(kind.value), target):
                message = f"《{part.title}》的“{label_of(kind.value)}”所指的 {target.path} {state}"
                line = part.page.line_of(kind.value)
                yield hit_at(document, message, "核对它的公开属性；不能公开的，删去这一项", key="parts", line=line)


def _ended_by_hidden_acts(archive: Archive, document: Document, text: Document) -> Hits:
    """Yield a problem where only hidden acts end a document or one of its parts, so that its page gives no reason."""
    acts = [
        archive.by_id[act.target]
        for act in document.relations
        if act.kind in ENDED_BY and act.target and act.part == text.part_id and not act.void
    ]
    if not acts or text.value("repealed_on") or text.text("repeal_reason"):
        return
    if all(act.disclosure in _CLOSED for act in acts):
        state = _hidden(archive, document, acts[0])
        name = f"《{text.title}》" if text is not document else "本文件"
        yield hit_at(
            document,
            f"废止、宣布失效{name}的 {acts[0].path} {state}，页面上没有依据",
            f"公开那份文件；不能公开的，在{name}写 repealed_on（废止日期）和 repeal_reason（废止理由），"
            "只废止几条的另发公开的文件",
            key="" if text is document else "parts",
        )


_CLOSED = frozenset(Disclosure) - {Disclosure.PROACTIVE}


_BASED_KINDS = (
    *ACTING,
    RelationKind.BASED_ON,
    RelationKind.REPEALED_BY,
    RelationKind.RESPONDS_TO,
    RelationKind.OUTCOME,
    RelationKind.CONSULTED,
    RelationKind.FOLLOWS,
)


@rule("L008", Severity.WARNING, source="{国办发〔2018〕37号}：规范性文件清理；依据废止、失效的应当及时清理")
def relies_on_ended(archive: Archive, config: SiteConfig) -> Hits:
    """现行有效的文件依据或者引用了已经废止、失效的文件。

    站外的，只认得 gongkai 的法规表和配置的 laws 里写了哪天终止的；同时写了替代它的文件的不算。

    不对：现行的通知写 based_on: rsf-2018-12，而 rsf-2018-12 已经废止；正文引用了已经失效的办法的文号；
    正文写“根据法释〔2011〕17号”，而它 2025-06-01 起不再有效。
    对：　依据和引用现行有效的文件；由本文件废止、替代、修改的不算。
    改法：看本文件还能不能执行：改依据、修改本文件，或者一并清理；只是回顾历史的，写豁免和理由。
    """
    for document in archive.documents:
        if document.status is None or not document.status.in_force or document.disclosure is not Disclosure.PROACTIVE:
            continue
        keys_of_targets: dict[str, str] = {}
        for kind in (RelationKind.CITES, RelationKind.BASED_ON):
            keys_of_targets |= {relation.target: kind.value for relation in document.related(kind)}
        for kind in _DEALT_WITH if keys_of_targets else ():
            for relation in document.related(kind):
                keys_of_targets.pop(relation.target, None)
        for target_id, key in keys_of_targets.items():
            target = archive.by_id[target_id]
            if target.status in OVER:
                word = label_of(key) if key == RelationKind.BASED_ON.value else "正文引用"
                line = None if key == RelationKind.BASED_ON.value else _line_of_citation(document, target)
                ended = target.status.label if target.status else ""
                yield hit_at(
                    document,
                    f"“{word}”所指的 {target.path} {ended}",
                    _successor(target) + "看本文件要不要修改或清理；只是回顾历史的，写豁免和理由",
                    line=line,
                    key=key if line is None else "",
                )
    yield from _citing_ended_laws(archive, config)


def _citing_ended_laws(archive: Archive, config: SiteConfig) -> Hits:
    """Yield the acts outside the site that a document in force names and that have ended."""
    ended = EndedLaws(config.laws_known, archive)
    for document in archive.documents:
        if document.status and document.status.in_force and document.disclosure is Disclosure.PROACTIVE:
            for law, line, key in ended.named_in(document):
                word = label_of(key) if key else "正文引用"
                message = f"“{word}”所指的{law.title}自 {law.ended} 起不再有效"
                successor = successor_text(law, config.laws_known).lstrip("，")
                hint = "看本文件要不要修改或清理；只是回顾历史的，写豁免和理由"
                yield hit_at(document, message, f"它{successor}；{hint}" if successor else hint, line=line, key=key)


_DEALT_WITH = (*ENDING, RelationKind.AMENDS, RelationKind.KEEPS, RelationKind.REVISES, RelationKind.RESUMES)


def _successor(target: Document) -> str:
    acts = [relation for relation in target.relations if relation.kind is RelationKind.REPLACED_BY and relation.target]
    return f"它由 {acts[0].target} 替代；" if acts else ""


def _hidden(archive: Archive, document: Document, target: Document) -> str:
    """Return in Chinese why another document must not name a document, an empty string where it may."""
    if target.disclosure is not None and target.disclosure is not Disclosure.PROACTIVE:
        return f"公开属性是“{target.disclosure.label}”"
    if not archive.is_due(target) and archive.is_public(document):
        return f"到 {target.published_text} 才发布"
    return ""


def _declares(document: Document, kind: RelationKind, target: Document) -> bool:
    """Whether a relation is declared in the document itself, not derived from the other side."""
    return _names(references_of(document, kind), target)


def _names(references: Iterable[Reference], target: Document) -> bool:
    names = {target.id, target.text("index_no"), doc_number_key(target.doc_number)} - {""}
    return any(
        names & {reference.text, doc_number_key(reference.text), normalise_index_no(reference.text)}
        for reference in references
    )


def _line_of_citation(document: Document, target: Document) -> int:
    number = doc_number_key(target.doc_number)
    return next(
        (citation.line for citation in document.page.citations if number in doc_number_candidates(citation.text)), 1
    )


def _interpretations(archive: Archive) -> list[Document]:
    return [document for document in archive.documents if document.kind is Kind.INTERPRETATION]
