"""What git knows of the sources: one ``git log`` over the publishing branch, kept until the next commit.

The branch that is checked out is the publishing branch. A document's time is that of the first commit on it
that holds the document: along first parents, so what was prepared elsewhere counts from its merge, and by the
committer's clock, because an author's date can be set at will (requirements SAFE-10, section 26). Where the
history is not whole, nothing is guessed: a ``HistoryGap`` says why.
"""

from pathlib import Path

from generator.model import History
from generator.source.cache import Cache, code_digest
from generator.source.git.ask import HistoryGap, NoHistory, ask_git
from generator.source.git.commits import Blobs, parse_log
from generator.source.git.follow import follow

_MOST_COMMITS = 100_000
_FORMAT = "%x02%ct%x1f%aN%x1f%aE%x1f%s"
_STATE = "history"


def read_history(project: Path, cache_path: Path) -> History:
    """Return the history of everything under ``content/`` up to the commit that is checked out.

    Raises ``HistoryGap`` without git, outside a repository, in a shallow or partial clone, and where the log
    cannot be read whole.
    """
    state = _state(project)
    with Cache(cache_path) as cache:
        known = cache.state(_STATE)
        if isinstance(known, tuple) and known[0] == state:
            history: History = known[1]
            return history
    history = _read(project)
    with Cache(cache_path) as cache:
        cache.set_state(_STATE, (state, history))
    return history


def _state(project: Path) -> tuple[str, ...]:
    """Return what the history depends on: the code, the commit, and the place of the project in the repository."""
    try:
        told = ask_git(project, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD").decode().split("\n")
    except HistoryGap as gap:
        if "HEAD" in str(gap.__cause__):
            raise NoHistory("仓库里还没有提交") from None
        raise
    if told[0] != "false":
        raise HistoryGap("浅克隆，历史不全；用 git fetch --unshallow 取回全部历史")
    try:
        promised = ask_git(project, "config", "--get-regexp", r"^remote\..*\.promisor$")
    except HistoryGap:  # no such setting
        promised = b""
    if promised:
        raise HistoryGap("部分克隆，历史不全；要用完整的克隆")
    return code_digest(), told[1], told[2]


def _read(project: Path) -> History:
    options = ("--first-parent", "-m", "--raw", "-z", "--no-abbrev", "-M", "--relative", f"-n{_MOST_COMMITS}")
    plain = ("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color", f"--format={_FORMAT}")
    commits = parse_log(ask_git(project, "log", *options, *plain, "--", "content"))
    if not commits:
        raise NoHistory("content/ 没有提交到 git 仓库")
    if len(commits) >= _MOST_COMMITS:
        raise HistoryGap(f"提交超过 {_MOST_COMMITS} 次，没有逐一核对")
    with Blobs(project) as blobs:
        return follow(commits, blobs)
