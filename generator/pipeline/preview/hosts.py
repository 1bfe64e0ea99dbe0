"""The hosts of a preview: the address that it listens on, and the ``Host`` headers that it answers."""

import errno
import ipaddress
import re
import socket
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from typing import Any

from generator.domain.problems import GongkaiError

_LOCAL = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])\.?(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class _ServerOfIPv6(_Server):
    address_family = socket.AF_INET6


def open_server(host: str, port: int, handler: Callable[..., Any]) -> ThreadingHTTPServer:
    """Return a server that listens on an address or a name of this machine.

    Raises ``GongkaiError`` when the port is taken or not allowed, and when the host is not of this machine.
    """
    kind = _ServerOfIPv6 if ":" in host else _Server
    try:
        return kind((host, port), handler)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise GongkaiError(f"端口 {port} 已被占用", "用 --port 换一个，如 --port 8001") from None
        if error.errno in {errno.EACCES, errno.EPERM}:
            raise GongkaiError(f"没有权限用端口 {port}", "用 --port 换一个 1024 以上的，如 --port 8001") from None
        raise GongkaiError(f"“{host}”不是本机的地址", "写本机的一个地址；0.0.0.0 是本机的全部地址") from None


def is_loopback(host: str) -> bool:
    """Whether a server that listens on a host is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def is_answered(host: str, listening: str) -> bool:
    """Whether a preview that listens on an address answers a request with this ``Host`` header.

    A page of another host whose name resolves to this machine (DNS rebinding) could read what is not public yet. So
    names of this machine alone are answered; by a preview for a network also addresses, which nobody else can let
    resolve to another machine, and the name that it listens on.
    """
    bare = host.strip()
    if _LOCAL.fullmatch(bare):
        return True
    name = re.sub(r":[0-9]{1,5}$", "", bare)
    return not is_loopback(listening) and (_is_address(name) or name.lower() == listening.lower())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True
