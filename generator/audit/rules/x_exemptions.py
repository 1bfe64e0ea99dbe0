"""X: exemptions. The registry applies them and reports the unused ones."""

from collections.abc import Mapping

from generator.audit.registry import NOT_EXEMPTABLE, RULES, Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Severity
from generator.domain.vocabulary import Nearest


@rule("X001", Severity.WARNING, source="gongkai 豁免规则：豁免要有理由，并且用得上")
def exemption(archive: Archive, _config: SiteConfig) -> Hits:
    """豁免没有理由、用不上，或者规则不能豁免。

    不对：exempt 里写 H008: 而没有理由；文号已经改成标准写法，还留着 F007: 原件如此印发。
    对：　exempt: {F007: 原件如此印发}
    改法：写上理由；问题已不存在的，删去豁免。公开属性（G）、身份证号（S001）、字段读不了（F001、F002、F003、F008）等规则不能豁免。
    """
    known = Nearest(RULES)
    for document in archive.documents:
        declared = document.value("exempt")
        for name, reason in declared.items() if isinstance(declared, Mapping) else ():
            rule_id = str(name).upper()
            if rule_id.startswith(NOT_EXEMPTABLE):
                yield hit_at(document, f"规则 {rule_id} 不能豁免", "删去这一项", key="exempt")
            elif rule_id not in RULES:
                near = known.to(rule_id)
                yield hit_at(
                    document, f"豁免的规则“{name}”不存在", f"是不是 {near}？" if near else "删去这一项", key="exempt"
                )
            elif not str(reason).strip():
                yield hit_at(document, f"豁免 {rule_id} 没有写理由", f"写成 {rule_id}: 理由", key="exempt")
