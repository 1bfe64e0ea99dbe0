"""O: 五公开, the five stages of openness: decision, execution, management, service, result."""

from collections import Counter

from generator.audit.facts.duties import public_documents
from generator.audit.facts.stages import stages_of
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import Kind, OpennessStage

_W = Severity.WARNING
_KINDS = frozenset({Kind.POLICY, Kind.NOTICE})
_FEWEST, _FEWEST_FOR_ALL = 3, 4  # documents; of three, no five stages can be asked


@rule("O001", _W, source="{国办发〔2016〕80号}；{山东省人社厅2019年任务分工}：决策、执行、管理、服务、结果公开")
def without_stage(archive: Archive, _config: SiteConfig) -> Hits:
    """多数文件写了五公开，这一份没有写。

    只查政策文件和一般信息；公开的里面过半数写了 openness_stage（五公开）才查，从旧网站迁移来的（migrated: true）不算。

    不对：10 份政策文件有 9 份写了 openness_stage，剩下一份没有写，五公开的列表里找不到它。
    对：　openness_stage: [决策, 执行]
    改法：补上；不属于任何一个环节的，写豁免和理由。
    """
    documents = _documents(archive)
    lacking = [document for document in documents if not stages_of(document)]
    if len(documents) < _FEWEST or 2 * len(lacking) >= len(documents):
        return
    choices = "、".join(stage.label for stage in OpennessStage)
    for document in lacking:
        hint = f"写 openness_stage（五公开）：{choices}，可以写几个"
        yield hit_at(document, "没有写五公开，多数文件写了", hint, key="openness_stage")


@rule("O002", _W, source="{国办发〔2016〕80号}；{政府信息公开条例}第二十条：决策、执行、管理、服务、结果全过程公开")
def empty_stage(archive: Archive, config: SiteConfig) -> Hits:
    """五公开用了起来，却有一个环节没有一份公开的信息。

    公开的政策文件和一般信息里过半数写了 openness_stage（五公开）才查，从旧网站迁移来的（migrated: true）不算。

    不对：20 份文件写了决策、执行、管理、服务，没有一份写结果。
    对：　五个环节都有公开的信息。
    改法：公开这个环节的信息，如督查、审计、评估的结果；已经公开的，补上 openness_stage。
    """
    documents = _documents(archive)
    counts = Counter(stage for document in documents for stage in stages_of(document))
    staged = sum(bool(stages_of(document)) for document in documents)
    if len(documents) < _FEWEST_FOR_ALL or 2 * staged <= len(documents):
        return
    path, line = config.place_of("site")
    for stage in OpennessStage:
        if not counts[stage]:
            message = f"五公开的“{stage.label}”没有一份公开的信息"
            hint = "公开这个环节的信息，或在已有的文件里补上 openness_stage（五公开）"
            yield path, Problem("", message, hint, line, "site")


def _documents(archive: Archive) -> list[Document]:
    return [
        document
        for document in public_documents(archive)
        if document.kind in _KINDS and document.value("migrated") is not True
    ]
