"""One visit to one address: asked politely, followed through its redirects, and put into words.

Addresses inside a network are not visited: nobody outside can open them, and a checker must not knock there.
Nothing else is refused.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from generator.domain.vocabulary import LinkState

_PERMANENT = frozenset({301, 308})
_REFUSING = frozenset({401, 403, 405, 406, 407, 412, 418, 429, 451, 521, 567, 999})
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"


class Visit(NamedTuple):
    """What came of a visit; ``status`` is that of HTTP, 0 where none came; ``final`` is where it ended."""

    state: LinkState
    status: int = 0
    final: str = ""
    note: str = ""


class _PrivateError(Exception):
    """The address, or one to which it leads, lies inside a network."""


def is_private(host: str) -> bool:
    """Whether a host lies inside a network: by its address, else by those of its name."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        pass
    try:
        addresses = {row[4][0] for row in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False  # what cannot be found is dead, which the visit will say
    return any(not ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in addresses)


class _Request(urllib.request.Request):
    """A request that remembers the codes of the redirects which led to it."""

    trail: list[int]

    def on(self, before: "_Request | None") -> "_Request":
        """Go on with the trail of an earlier request."""
        self.trail = before.trail if before else []
        return self


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow redirects as they were asked, HEAD as HEAD, and look at each before it is followed."""

    def __init__(self, look: Callable[[str], None]) -> None:
        self._look = look

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Return the next request, ``None`` where there is none."""
        self._look(newurl)
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is None:
            return None
        req.trail.append(code)
        return _Request(following.full_url, headers=dict(following.header_items()), method=req.get_method()).on(req)


class Visitor:
    """Visit addresses: HEAD first, then GET where that is not answered well; a passing fault is tried again.

    ``timeout`` and ``wait`` are seconds: for every answer of the network, and before another try, twice as long each
    time. ``proxies`` are those of the machine, by scheme. ``avoid`` says which hosts are not visited.
    """

    def __init__(
        self,
        agent: str,
        *,
        timeout: float = 15,
        tries: int = 3,
        wait: float = 2,
        proxies: Mapping[str, str] | None = None,
        avoid: Callable[[str], bool] = is_private,
    ) -> None:
        self._agent = agent
        self._timeout = timeout
        self._tries = tries
        self._wait = wait
        self._avoid = avoid
        handlers = (urllib.request.ProxyHandler(dict(proxies or {})), _Redirects(self._look))
        self._opener = urllib.request.build_opener(*handlers)

    def visit(self, url: str) -> Visit:
        """Visit one address; whatever happens is told, nothing is raised."""
        try:
            asked = as_ascii(url)
            self._look(asked)
        except _PrivateError:
            return _PRIVATE
        except ValueError:
            return Visit(LinkState.DEAD, note="网址写错了")
        for number in range(self._tries):
            if number:
                time.sleep(self._wait * 2 ** (number - 1))
            visit, again = self._ask(asked, "HEAD")
            if visit.state not in {LinkState.OK, LinkState.MOVED, LinkState.PRIVATE}:
                visit, again = self._ask(asked, "GET")
            if not again:
                break
        return visit

    def _look(self, url: str) -> None:
        host = urlsplit(url).hostname
        if not host:
            raise ValueError(url)
        if self._avoid(host):
            raise _PrivateError

    def _ask(self, url: str, method: str) -> tuple[Visit, bool]:
        """Return what came of one request, and whether it is worth another try."""
        headers = {"User-Agent": self._agent, "Accept": "*/*"}
        request = _Request(url, headers=headers, method=method).on(None)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return _arrived(url, answer, request.trail), False
        except _PrivateError:
            return _PRIVATE, False
        except urllib.error.HTTPError as error:
            error.close()
            return _told(error), error.code in _AGAIN
        except (OSError, http.client.HTTPException, ValueError) as error:
            return self._failed(error)

    def _failed(self, error: Exception) -> tuple[Visit, bool]:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return Visit(LinkState.DEAD, note=f"{self._timeout:g} 秒没有回应"), True
        if isinstance(reason, ssl.SSLError):
            known = isinstance(reason, ssl.SSLCertVerificationError)
            return Visit(LinkState.DEAD, note="证书不可信或已过期" if known else "加密连接建立不了"), False
        if isinstance(reason, socket.gaierror):
            return Visit(LinkState.DEAD, note="域名不存在或解析不了"), True
        if isinstance(reason, ConnectionRefusedError):
            return Visit(LinkState.DEAD, note="服务器拒绝连接"), True
        return Visit(LinkState.DEAD, note=f"打不开（{type(reason).__name__}）"), isinstance(reason, OSError)


_PRIVATE = Visit(LinkState.PRIVATE, note="是内网地址，公众打不开")


def _arrived(url: str, answer: Any, trail: list[int]) -> Visit:
    """Return what an answer means that is a success: a redirect that may change again is no reason for a change."""
    final = str(answer.url)
    if trail and _PERMANENT.issuperset(trail):
        return Visit(LinkState.MOVED, answer.status, final, "已经转到新的网址")
    return Visit(LinkState.OK, answer.status, final if final != url else "")


def _told(error: urllib.error.HTTPError) -> Visit:
    """Return what an answer means that is no success."""
    if 300 <= error.code < 400:
        return Visit(LinkState.DEAD, error.code, note="循环跳转，或转到了打不开的地址")
    if error.code in _REFUSING:
        return Visit(LinkState.REFUSED, error.code, note=f"拒绝自动核查（{error.code}），请人工打开看")
    words = "网页不存在" if error.code in {404, 410} else "服务器出错" if error.code >= 500 else "网址不对"
    return Visit(LinkState.DEAD, error.code, note=f"{words}（{error.code}）")


def as_ascii(url: str) -> str:
    """Return an address as it goes over the line: the host in Punycode, the rest percent-encoded.

    Raises ``ValueError`` where it is none.
    """
    parts = urlsplit(url.strip())
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError(url)
    named = host if ":" in host else host.encode("idna").decode()
    place = f"[{named}]" if ":" in named else named
    if parts.port:
        place += f":{parts.port}"
    return urlunsplit((parts.scheme, place, quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE), ""))
