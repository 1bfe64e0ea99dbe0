"""The states of the new-media accounts that the config lists."""

from generator.domain.vocabulary.terms import Term


class AccountState(Term):
    """状态 of a new-media account."""

    OPEN = "open", "在用"
    SUSPENDED = "suspended", "暂停更新"
    CLOSED = "closed", "已关闭"
