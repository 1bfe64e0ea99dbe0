"""Visit all addresses: several hosts at once, one request at a time for each, and none that was fine lately."""

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


class CheckedVisit(NamedTuple):
    """The result of a visit and its minute (Asia/Shanghai)."""

    visit: Visit
    at: dt.datetime


Known = Mapping[str, CheckedVisit]


def check_all(
    urls: Iterable[str],
    visitor: Visitor,
    *,
    now: dt.datetime,
    known: Known,
    keep_days: int,
    pause: float = 1,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> dict[str, CheckedVisit]:
    """Visit every address that was not fine within the last days; ``pause`` is seconds between requests to a host.

    An address that was dead is always visited again, so that a fix is noticed at once.
    """
    unique_urls = list(dict.fromkeys(urls))
    checked = {
        url: known[url]
        for url in unique_urls
        if url in known
        and known[url].visit.state in _KEPT
        and dt.timedelta() <= now - known[url].at < dt.timedelta(days=keep_days)
    }
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in unique_urls:
        if url not in checked:
            hosts[_host(url)].append(url)
    advance(len(checked), len(unique_urls))

    def visit_host(host_urls: list[str]) -> dict[str, CheckedVisit]:
        visits: dict[str, CheckedVisit] = {}
        for url in host_urls:
            if visits:
                time.sleep(pause)
            visits[url] = CheckedVisit(visitor.visit(url), now)
        return visits

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        jobs = [pool.submit(visit_host, host_urls) for host_urls in hosts.values()]
        try:
            for job in as_completed(jobs):
                checked |= job.result()
                advance(len(checked), len(unique_urls))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return {url: checked[url] for url in unique_urls}


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # not an address, as the visit will report
        return ""


def visits_to_cache(checked: Known) -> dict[str, CheckedVisit]:
    """Return the visits to store in the cache: those of addresses that were fine."""
    return {url: item for url, item in checked.items() if item.visit.state in _KEPT}
