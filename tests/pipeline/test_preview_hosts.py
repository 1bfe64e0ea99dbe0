"""``gongkai serve --host``: who is answered, and what is said before."""

import pytest
from support.program import run_program
from support.project import Project

from generator.domain.problems import GongkaiError
from generator.pipeline.preview.hosts import is_answered, is_loopback, open_server

EVERYWHERE = "0.0.0.0"  # noqa: S104 - the address that the tests are about


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "LOCALHOST."])
def test_a_loopback_address_is_for_this_machine(host: str) -> None:
    """A preview on a loopback address answers to names of this machine alone, not to addresses of the network."""
    assert is_loopback(host)
    assert is_answered("localhost:8000", host)
    assert not is_answered("10.1.2.3:8000", host)
    assert not is_answered("evil.example", host)


def test_a_preview_for_the_network_answers_to_addresses() -> None:
    """With another address, addresses and the given name are answered; a foreign name (DNS rebinding) never is."""
    assert not is_loopback(EVERYWHERE)
    for host in ("10.1.2.3:8000", "10.1.2.3", "[fe80::1]:8000", "[fe80::1]", "localhost:8000"):
        assert is_answered(host, EVERYWHERE), host
    for host in ("evil.example", "evil.example:8000", "10.1.2.3.evil.example", "10.1.2", "", ":8000", "[::1", "1"):
        assert not is_answered(host, EVERYWHERE), host
    assert is_answered("Vorschau.local:8000", "vorschau.local")
    assert not is_answered("other.local:8000", "vorschau.local")


def test_a_wrong_address_is_explained() -> None:
    """An address that is not of this machine, and a port that is taken, are Chinese messages with a hint."""
    with pytest.raises(GongkaiError, match="不是本机的地址"):
        open_server("192.0.2.1", 0, object)
    server = open_server("127.0.0.1", 0, object)
    try:
        with pytest.raises(GongkaiError, match="已被占用"):
            open_server("127.0.0.1", server.server_port, object)
    finally:
        server.server_close()


def test_a_preview_for_the_network_warns(project: Project) -> None:
    """Before it starts, a preview on another address says who can see it and how to do without."""
    ran = run_program("serve", "--host", "192.0.2.1", "--port", "8001", folder=project.folder)
    assert ran.status == 2
    assert "注意：预览在 192.0.2.1 上，网络里的人都能打开" in ran.err
    assert "ssh -N -L 8000:127.0.0.1:8001" in ran.err
    assert "“192.0.2.1”不是本机的地址" in ran.err
