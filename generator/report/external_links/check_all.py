"""All addresses: several hosts at once, one request at a time for each host, and not again what was fine lately."""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.domain.vocabulary import LinkState
from generator.report.external_links.visit import Visit, Visitor

_HOSTS_AT_ONCE = 8
_KEPT = frozenset({LinkState.OK, LinkState.MOVED})


class Checked(NamedTuple):
    """A visit and its minute (Asia/Shanghai)."""

    visit: Visit
    at: dt.datetime


Known = Mapping[str, Checked]


def check_all(
    urls: Iterable[str],
    visitor: Visitor,
    *,
    now: dt.datetime,
    known: Known,
    keep_days: int,
    pause: float = 1,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> dict[str, Checked]:
    """Visit every address that was not fine within the last days; ``pause`` is seconds between requests to a host.

    What was dead is always visited again, so that a mend is seen at once.
    """
    wanted = list(dict.fromkeys(urls))
    found = {
        url: known[url]
        for url in wanted
        if url in known
        and known[url].visit.state in _KEPT
        and dt.timedelta() <= now - known[url].at < dt.timedelta(days=keep_days)
    }
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in wanted:
        if url not in found:
            hosts[_host(url)].append(url)
    advance(len(found), len(wanted))

    def visit_host(ours: list[str]) -> dict[str, Checked]:
        seen: dict[str, Checked] = {}
        for url in ours:
            if seen:
                time.sleep(pause)
            seen[url] = Checked(visitor.visit(url), now)
        return seen

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        jobs = [pool.submit(visit_host, ours) for ours in hosts.values()]
        try:
            for job in as_completed(jobs):
                found |= job.result()
                advance(len(found), len(wanted))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return {url: found[url] for url in wanted}


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # no address at all, as the visit will say
        return ""


def to_keep(checked: Known) -> dict[str, Checked]:
    """Return what is worth remembering: what was fine."""
    return {url: item for url, item in checked.items() if item.visit.state in _KEPT}
