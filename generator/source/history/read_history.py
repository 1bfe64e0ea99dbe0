"""Read the history of the sources: one ``git log`` over the publishing branch, cached until the next commit.

The branch that is checked out is the publishing branch. A document's time is that of the first commit on it with
the document. Only first parents are followed, so that a document prepared on another branch counts from its merge;
the committer's date is used, because an author's date can be set to anything (requirements SAFE-10, section 26).
Where the history is incomplete, nothing is guessed: a ``HistoryGap`` says why.
"""

from pathlib import Path

from generator.domain.model import History
from generator.source.history.commits import Blobs, parse_log
from generator.source.history.follow import follow
from generator.source.history.repository import Repository
from generator.source.history.run_git import HistoryGap
from generator.support.cache import Cache, code_digest

_MOST_COMMITS = 100_000
_FORMAT = "%x02%ct %H%x00%aN%x00%aE%x00%s"
_STATE = "history"
_LOG = ("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "-M", "--encoding=UTF-8", "--no-color")
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-show-signature", f"--format={_FORMAT}")


def read_history(project: Path, cache_path: Path) -> History:
    """Return the history of everything under ``content/`` up to the commit that is checked out.

    Raises ``HistoryGap`` without git, outside a repository, in a shallow or partial clone, and where the log
    cannot be read completely.
    """
    repository = Repository.find(project)
    if repository.is_shallow:
        raise HistoryGap("浅克隆，历史不全；用 git fetch --unshallow 取回全部历史")
    if repository.is_partial:
        raise HistoryGap("部分克隆，历史不全；要用完整的克隆")
    state = (code_digest(), repository.prefix, repository.head)
    with Cache(cache_path) as cache:
        cached = cache.state(_STATE)
        if isinstance(cached, tuple) and cached[0] == state:
            history: History = cached[1]
            return history
    history = _read(repository)
    with Cache(cache_path) as cache:
        cache.set_state(_STATE, (state, history))
    return history


def _read(repository: Repository) -> History:
    place = f"{repository.prefix}content"
    relative = (f"--relative={repository.prefix}",) if repository.prefix else ()
    with repository.objects() as objects:
        log = objects.ask(*_LOG, *_PLAIN, f"-n{_MOST_COMMITS}", *relative, "--", place)
    commits = parse_log(log)
    if not commits:
        raise HistoryGap("content/ 没有提交到 git 仓库")
    if len(commits) >= _MOST_COMMITS:
        raise HistoryGap(f"提交超过 {_MOST_COMMITS} 次，没有逐一核对")
    with Blobs(repository) as blobs:
        return follow(commits, blobs)
