"""Visit one address, follow its redirects, and describe the result in Chinese.

Private addresses are not visited: nobody outside that network can open them, and a link check must not send requests
there. All others are.
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
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})
_SAFE = "/:?#[]@!$&'()*+,;=%~-._"


class Visit(NamedTuple):
    """The result of a visit; ``status`` is that of HTTP, 0 without an answer; ``final`` is the last address."""

    state: LinkState
    status: int = 0
    final: str = ""
    note: str = ""


class _PrivateError(Exception):
    """The address, or one to which it redirects, is private."""


def is_private(host: str) -> bool:
    """Whether a host is in a private network, by its own address or by those of its name."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        pass
    try:
        addresses = {row[4][0] for row in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False  # an unknown host is dead, as the visit will report
    return any(not ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in addresses)


class _Request(urllib.request.Request):
    """A request with ``trail``, the status codes of the redirects that led to it."""

    trail: list[int]

    def on(self, before: "_Request | None") -> "_Request":
        """Continue the trail of an earlier request; return the request itself."""
        self.trail = before.trail if before else []
        return self


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow redirects with the same method, HEAD or GET, and check each address before it is visited."""

    def __init__(self, check: Callable[[str], None]) -> None:
        self._check = check

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Return the next request, ``None`` where there is none."""
        self._check(newurl)
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is None:
            return None
        req.trail.append(code)
        return _Request(following.full_url, headers=dict(following.header_items()), method=req.get_method()).on(req)


class Visitor:
    """Visit addresses: HEAD first, then GET where that fails; a temporary error is tried again.

    ``timeout`` is in seconds, for each answer; ``wait`` is in seconds, before another try, and doubles with each.
    ``proxies`` are those of the machine, by scheme. ``avoid`` returns whether a host must not be visited.
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
        handlers = (urllib.request.ProxyHandler(dict(proxies or {})), _Redirects(self._check_host))
        self._opener = urllib.request.build_opener(*handlers)

    def visit(self, url: str) -> Visit:
        """Visit one address; every error is part of the result, none is raised."""
        try:
            ascii_url = as_ascii(url)
            self._check_host(ascii_url)
        except _PrivateError:
            return _PRIVATE
        except ValueError:
            return Visit(LinkState.DEAD, note="网址写错了")
        for number in range(self._tries):
            if number:
                time.sleep(self._wait * 2 ** (number - 1))
            visit, try_again = self._request(ascii_url, "HEAD")
            if visit.state not in {LinkState.OK, LinkState.MOVED, LinkState.PRIVATE}:
                visit, try_again = self._request(ascii_url, "GET")
            if not try_again:
                break
        return visit

    def _check_host(self, url: str) -> None:
        host = urlsplit(url).hostname
        if not host:
            raise ValueError(url)
        if self._avoid(host):
            raise _PrivateError

    def _request(self, url: str, method: str) -> tuple[Visit, bool]:
        """Return the result of one request, and whether it is worth another try."""
        headers = {"User-Agent": self._agent, "Accept": "*/*"}
        request = _Request(url, headers=headers, method=method).on(None)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return _arrived(url, answer, request.trail), False
        except _PrivateError:
            return _PRIVATE, False
        except urllib.error.HTTPError as error:
            error.close()
            return _refused(error), error.code in _TEMPORARY
        except (OSError, http.client.HTTPException, ValueError) as error:
            return self._failed(error)

    def _failed(self, error: Exception) -> tuple[Visit, bool]:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return Visit(LinkState.DEAD, note=f"{self._timeout:g} 秒没有回应"), True
        if isinstance(reason, ssl.SSLError):
            is_certificate_error = isinstance(reason, ssl.SSLCertVerificationError)
            return Visit(
                LinkState.DEAD, note="证书不可信或已过期" if is_certificate_error else "加密连接建立不了"
            ), False
        if isinstance(reason, socket.gaierror):
            return Visit(LinkState.DEAD, note="域名不存在或解析不了"), True
        if isinstance(reason, ConnectionRefusedError):
            return Visit(LinkState.DEAD, note="服务器拒绝连接"), True
        return Visit(LinkState.DEAD, note=f"打不开（{type(reason).__name__}）"), isinstance(reason, OSError)


_PRIVATE = Visit(LinkState.PRIVATE, note="是内网地址，公众打不开")


def _arrived(url: str, answer: Any, trail: list[int]) -> Visit:
    """Return the result of a successful answer; only permanent redirects count as moved."""
    final = str(answer.url)
    if trail and _PERMANENT.issuperset(trail):
        return Visit(LinkState.MOVED, answer.status, final, "已经转到新的网址")
    return Visit(LinkState.OK, answer.status, final if final != url else "")


def _refused(error: urllib.error.HTTPError) -> Visit:
    """Return the result of an HTTP error."""
    if 300 <= error.code < 400:
        return Visit(LinkState.DEAD, error.code, note="循环跳转，或转到了打不开的地址")
    if error.code in _REFUSING:
        return Visit(LinkState.REFUSED, error.code, note=f"拒绝自动核查（{error.code}），请人工打开看")
    words = "网页不存在" if error.code in {404, 410} else "服务器出错" if error.code >= 500 else "网址不对"
    return Visit(LinkState.DEAD, error.code, note=f"{words}（{error.code}）")


def as_ascii(url: str) -> str:
    """Return an address as it is sent: the host in Punycode, the rest percent-encoded.

    Raises ``ValueError`` for a text that is no http or https address.
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
