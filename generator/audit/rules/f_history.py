"""F: dates and marks that the git history of a document contradicts."""

from generator.audit.facts.migration import Migration
from generator.audit.facts.moved_dates import DateHistory
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence
from generator.domain.problems import Severity
from generator.domain.vocabulary import Disclosure, label_of

_E = Severity.ERROR


@rule(
    "F021",
    _E,
    needs_history=True,
    source="{国办秘函〔2019〕19号} 单项否决：伪造发稿日期；{政府信息公开条例}第六条：及时、准确地公开",
)
def moved_date(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """发布日期、成文日期、施行日期在发布以后改过。

    和 git 历史里公开以后的第一个版本比，改了文件名、换了文件夹也跟着查。没有公开以前改的、只改写法的、又改回去的不算；
    发布日期早于 git 历史（S005），改成第一次提交那一天的也不算。

    不对：2024-05-28 公开时写 date_published: 2024-05-28，后来改成 2024-05-08，期限就都算在期内了。
    对：　日期照原件写，公开以后不再改。当初写错的，改正并写 corrections（更正说明），说明改的是哪个日期。
    改法：改回原来的日期；确实写错了的，写更正说明，写明哪个日期由几月几日更正为几月几日。
    """
    dates = DateHistory(evidence)
    tolerance = config.deadlines.backdate_tolerance_days
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        for moved in dates.moved(document, tolerance):
            change = f"改成 {moved.after}" if moved.after else "删去了"
            yield hit_at(
                document,
                f"“{label_of(moved.key)}”发布以后改过：原来是 {moved.before}（{moved.before_commit}），"
                f"{change}（{moved.after_commit}）",
                "改回原来的日期；当初写错的，写 corrections（更正说明），说明改的是哪个日期",
                key=moved.key,
            )


@rule("F022", _E, needs_history=True, source="{国办秘函〔2019〕19号} 单项否决：伪造发稿日期")
def not_migrated(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """标明历史迁移，却是网站建成以后才发布、才放进来的。

    migrated: true 只免查两种：第一次导入的（git 历史里第一次一下子加进十份以上的那次提交，没有的是第一次提交），
    和发布日期在网站开始以前的。分几次搬完的，在配置的 deadlines.migrated_until 写搬完的那一天。

    不对：网站 2024 年 3 月导入旧文件，2024 年 6 月新发的文件也写 migrated: true，发布日期就没有人核对了。
    对：　新发的文件不写 migrated；旧网站上 2023 年发布、6 月才补录的可以写。
    改法：删去 migrated 这一行；还在搬旧网站的，在配置里写 deadlines.migrated_until。
    """
    migration = Migration(config, evidence)
    for document in archive.documents:
        if migration.is_wrong(document) and evidence.history and migration.began:
            added = evidence.history.files[document.path]
            yield hit_at(
                document,
                f"标明历史迁移，却是 {added.first.date()} 才加进来的（{added.first_commit[:7]}），"
                f"发布日期 {document.published} 也在网站开始（{migration.began.date()}）以后；"
                f"历史迁移到 {migration.bound} 为止",
                "删去 migrated；还在搬旧网站的，在配置写 deadlines.migrated_until: 搬完的那一天",
                key="migrated",
            )
