"""L: repeals that are not declared, and hidden acts that cannot give validity."""

from collections.abc import Iterator

from generator.audit.facts.acts import lists_repeals
from generator.audit.facts.declared_relations import verb_of
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.vocabulary import GIVING, Kind, RelationKind

_E, _W = Severity.ERROR, Severity.WARNING


@rule("L021", _E, source="{国办发〔2018〕37号}：规范性文件清理结果应当公布，并在原文标注")
def repeal_not_declared(archive: Archive, _config: SiteConfig) -> Hits:
    """废止、清理的文件在正文里列了文号，front matter 却没有写。

    不对：标题是《关于废止部分文件的决定》，正文列了某某〔2019〕8号，没有写进 repeals 或者清理结果，它在网上仍标为有效。
    对：　正文列出的每一份站内文件都写明怎样处理：repeals、cleanup（清理结果）的四项之一，或者 based_on 等关联。
    改法：按提示的行补上；只是顺带提到的，写豁免和理由。
    """
    for document in archive.documents:
        if document.kind not in _ACTING_KINDS or not lists_repeals(document):
            continue
        handled = {relation.target for relation in document.relations if relation.kind is not RelationKind.CITES}
        numbers = {doc_number_key(one.doc_number): one for one in _cited(archive, document) if one.id not in handled}
        for citation in document.page.citations:
            cited = next(
                (numbers.pop(number) for number in doc_number_candidates(citation.text) if number in numbers), None
            )
            if cited and cited.kind is Kind.POLICY:
                message = f"正文列了 {cited.doc_number}（{cited.path}），没有写怎样处理"
                yield hit_at(
                    document,
                    message,
                    "写进 repeals（废止）或 cleanup（清理结果）；只是提到的，写豁免和理由",
                    line=citation.line,
                )


_ACTING_KINDS = frozenset({Kind.POLICY, Kind.NOTICE})


def _cited(archive: Archive, document: Document) -> Iterator[Document]:
    for relation in document.related(RelationKind.CITES):
        yield archive.by_id[relation.target]


@rule("L022", _W, source="{国办发〔2018〕37号}：未经公布的行政规范性文件不得作为行政管理依据")
def hidden_renewal(archive: Archive, _config: SiteConfig) -> Hits:
    """延续、恢复执行的文件并不公开，不算数。

    不对：延续有效期的通知公开属性是“不予公开”，原文件在网上照旧到期失效。
    对：　延续、恢复执行的文件也主动公开。
    改法：公开这份文件；确实不能公开的，原文件按到期失效处理。
    """
    for document in archive.documents:
        for kind in GIVING:
            for act in document.related(kind):
                hidden = archive.by_id[act.target] if act.target else None
                if hidden and archive.is_due(hidden) and not archive.is_public(hidden) and archive.is_public(document):
                    message = f"本文件{verb_of(kind.inverse)} {document.path}，却不公开，不算数"
                    yield hit_at(hidden, message, "公开这份文件；不能公开的，删去这一项", key=kind.inverse.value)
