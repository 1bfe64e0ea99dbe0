"""S: contradictions between the documents and their git history. Without a history nothing is checked."""

from collections import defaultdict
from collections.abc import Mapping

from generator.audit.facts.migration import Migration
from generator.audit.facts.moved_dates import DateHistory
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Document, Evidence, FormerIdentity, History
from generator.domain.problems import Severity
from generator.domain.vocabulary import Disclosure, label_of

_E = Severity.ERROR


@rule("S005", _E, needs_history=True, source="{国办秘函〔2019〕19号} 单项否决：伪造发稿日期")
def backdated(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """发布日期早于 git 历史。

    不对：date_published: 2026-03-02，而文件 2026-05-20 才第一次提交到发布用的分支。
    对：　发布日期就是发布那一天，至多早一天；从旧网站迁移来的文件写 migrated: true。删了又放回来的，从第一次放进来算。
    改法：改成真实的发布日期。旧网站上早已发布、后来才放进仓库的，加一行 migrated: true，它会列在台账里备查。
    """
    dates = DateHistory(evidence)
    tolerance = config.deadlines.backdate_tolerance_days
    migration = Migration(config, evidence)
    for document in archive.documents:
        declared = document.published
        if declared is None or document.disclosure is not Disclosure.PROACTIVE:
            continue
        if (moment := dates.first_seen(document)) is None:
            continue
        first = moment.date()
        if (first - declared).days > tolerance and not migration.excuses(document):
            yield hit_at(
                document,
                f"发布日期是 {declared}，文件 {first} 才第一次提交",
                "改成真实的发布日期；从旧网站迁移来的，加一行 migrated: true",
                key="date_published",
            )


@rule("S010", _E, needs_history=True, source="{国办秘函〔2009〕6号} 要素1：索引号唯一，一经确定不再改变")
def unstable_index_no(archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """索引号在发布以后改动过，或者用了别的文件用过的。

    不对：发布时是 MB2X01234/2026-00015，后来改成 00016；文件删去以后，它的索引号给了新文件。
    对：　索引号一经发布就不再变，文件改属性、换栏目、撤下以后也不变，流水号不回收。
    改法：改回原来的索引号；新文件另编新号。当初就编错了、不得不改的，写豁免和理由。
    """
    if evidence.history is None:
        return
    former_owners = _former_owners(evidence.history)
    for document in archive.documents:
        present = document.text("index_no")
        file_history = evidence.history.files.get(document.path)
        is_reported = any(problem.field == "index_no" for problem in document.page.problems)
        if is_reported or (not present and not file_history):
            continue
        changed = [
            former
            for former in (file_history.former_identities if file_history else ())
            if former.public and former.index_no != present
        ]
        if changed:
            last = changed[-1]
            yield hit_at(
                document,
                f"索引号发布时是“{last.index_no}”，{last.until.date()} 改掉了",
                "改回原来的索引号；索引号一经发布不再改变",
                key="index_no",
            )
        owner = next((path for path, former in former_owners[present] if _is_other(document, path, former)), None)
        if present and owner:
            yield hit_at(
                document,
                f"索引号“{present}”是 {owner} 用过的",
                f"给本文件另编{label_of('index_no')}；用过的号不回收",
                key="index_no",
            )


def _former_owners(history: History) -> Mapping[str, list[tuple[str, FormerIdentity]]]:
    owners: dict[str, list[tuple[str, FormerIdentity]]] = defaultdict(list)
    for file_history in (*history.files.values(), *history.gone):
        for former in file_history.former_identities:
            if former.public:
                owners[former.index_no].append((file_history.path, former))
    return owners


def _is_other(document: Document, path: str, former: FormerIdentity) -> bool:
    """Whether an earlier version is of another document, not of this one before it was moved and rewritten."""
    same_number = bool(former.doc_number) and former.doc_number == doc_number_key(document.text("doc_number"))
    return path != document.path and former.title != document.title and not (same_number and document.doc_number)
