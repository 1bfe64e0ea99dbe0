"""V: whether a document is marked as what it is."""

from generator.audit.registry import Hits, at, rule
from generator.config import SiteConfig
from generator.model import Archive
from generator.problems import Severity
from generator.vocabulary import Kind, RelationKind, Status

_E = Severity.ERROR
_ENDED_BY = (RelationKind.REPEALED_BY, RelationKind.REPLACED_BY)


@rule("V001", _E, blocking=True, source="国办发〔2018〕37号：规范性文件清理与有效性标注")
def status_disagrees(archive: Archive, _config: SiteConfig) -> Hits:
    """手写的有效性和算出来的不一致。

    不对：status: effective，而另一个文件已经把它废止。
    对：　不写 status；有效性由废止、修改、施行日期和有效期算出来。
    改法：删去 status 这一行；算出来的不对时，改正日期或关联。
    """
    for document in archive.documents:
        written = document.value("status")
        if isinstance(written, Status) and document.kind is Kind.POLICY and written is not document.status:
            derived = document.status.label if document.status else ""
            yield at(
                document,
                f"写的是“{written.label}”，按关联和日期应为“{derived}”（{archive.as_of}）",
                "删去这一行，或改正日期、关联",
                key="status",
            )


@rule("V002", _E, blocking=True, source="国办发〔2018〕37号：废止、失效应当公布依据")
def repeal_without_act(archive: Archive, _config: SiteConfig) -> Hits:
    """写明废止，却没有依据，也没有理由。

    不对：只写 repealed_on: 2023-06-01。
    对：　再写 repealed_by: 云岭市人民政府令第58号；或由新文件写 repeals: 本文件的文号。
    改法：补上 repealed_by（废止依据）或 repeal_reason（废止理由）。
    """
    for document in archive.documents:
        marked = (
            "repealed_on"
            if document.value("repealed_on")
            else ("status" if document.value("status") is Status.REPEALED else "")
        )
        acts = [relation for relation in document.relations if relation.kind in _ENDED_BY]
        if marked and not acts and not document.text("repeal_reason"):
            yield at(
                document,
                "写明已废止，却没有废止依据，也没有理由",
                "补上 repealed_by（废止依据）或 repeal_reason（废止理由）",
                key=marked,
            )
