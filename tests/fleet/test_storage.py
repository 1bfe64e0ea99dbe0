"""Workers that share no folder with the coordinator: sites travel through an object store, and nothing stays there."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.dask_cluster import Cluster, large, run_on
from support.project import Tree
from support.site_platform import Platform

pytest.importorskip("distributed", reason="distributed is not installed: pip install 'gongkai[dask]'")

# Python runs this before anything else in a worker: whatever lies in the folder of the platform is not there for it.
_BLIND = """
import os, sys
_unseen = {folder!r}
def _hidden(place):
    if isinstance(place, (str, bytes, os.PathLike)) and os.path.abspath(os.fsdecode(place)).startswith(_unseen):
        raise FileNotFoundError(2, "not on this machine", os.fsdecode(place))
def _hook(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments:
        _hidden(arguments[0])
_stat = os.stat
def _seen(place, **options):
    _hidden(place)
    return _stat(place, **options)
os.stat = _seen
sys.addaudithook(_hook)
"""


def _blind(platform: Platform, folder: Path) -> str:
    """Return the ``PYTHONPATH`` of a worker that does not see the platform."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_BLIND.format(folder=str(platform.folder)), "utf-8")
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])


def _committed(folder: Path) -> None:
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "一")):
        name = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
        subprocess.run(["git", "-C", str(folder), *name, *arguments], check=True, capture_output=True)


def _moved_away(platform: Platform, place: Path) -> None:
    """Move the outputs away and begin with an empty cache, so that the next run builds everything."""
    (platform.folder / "out").rename(place)
    platform.cache = place.with_name(f"{place.name}-cache")


def _various(platform: Platform) -> None:
    """Add sites with a shared theme, a repository for two of them, an uncommitted file, an attachment and links."""
    platform.extra = "shared: {theme: city, versions: {publish: true}}\n"
    large(platform, sites=3, policies=2)
    style = platform.folder / "themes" / "city" / "assets" / "extra.css"
    style.parent.mkdir(parents=True)
    style.write_text("p { margin: 0 }\n", "utf-8")
    for number in (0, 1):
        text = platform.folder / f"s{number}" / "content" / "policies" / "p1.md"
        text.write_text(text.read_text("utf-8").replace("---\n\n", "---\n\n[附件](表.csv)\n\n"), "utf-8")
        (text.parent / "表.csv").write_text("项目,数\n一,1\n", "utf-8")
        (text.parents[2] / "登记").mkdir()
        (text.parents[2] / "登记" / "目录.csv").write_text("公开事项\n补贴发放结果\n", "utf-8")
        config = text.parents[2] / "site_config.yaml"
        config.write_text(config.read_text("utf-8") + "catalogue: 登记/目录.csv\n", "utf-8")
    _committed(platform.folder)
    text = platform.folder / "s1" / "content" / "policies" / "p1.md"
    text.write_text(text.read_text("utf-8") + "\n第二条　改过的一条，还没有提交。\n", "utf-8")


def test_the_same_bytes_through_a_store(platform: Platform, cluster: Cluster, tree: Tree, tmp_path: Path) -> None:
    """Workers that see no folder of the platform write what one machine writes, and the store is empty at the end."""
    _various(platform)
    platform.build()
    expected = tree(platform.folder / "out")
    assert len([path for path in expected if path.endswith("extra.css")]) == 3
    _moved_away(platform, tmp_path / "away")
    blind = _blind(platform, tmp_path / "blind")
    for number in range(2):
        cluster.worker(number, PYTHONPATH=blind)
    cluster.wait(2)
    refused = run_on(platform, cluster)
    assert refused.status == 2
    assert "看不到" in refused.err
    store = tmp_path / "store"
    ran = run_on(platform, cluster, "--storage", f"file://{store}")
    assert ran.status == 0, ran.err
    assert tree(platform.folder / "out") == expected
    assert not list(store.iterdir())
    assert "没有变化 3 个" in run_on(platform, cluster, "--storage", f"file://{store}").err


def test_a_failing_site_is_told_with_its_own_folder(platform: Platform, cluster: Cluster, tmp_path: Path) -> None:
    """A site that cannot be read names its file as on the operator's machine; the others are put in their places."""
    large(platform, sites=2, policies=1)
    (platform.folder / "s1" / "site_config.yaml").write_text("site: [\n", "utf-8")
    cluster.worker(0, PYTHONPATH=_blind(platform, tmp_path / "blind"))
    cluster.wait(1)
    ran = run_on(platform, cluster, "--storage", f"file://{tmp_path / 'store'}")
    assert ran.status == 2
    assert "s1: 错误: " in ran.err
    assert "gongkai-sites" not in ran.err
    assert (platform.folder / "out" / "s0" / "index.html").is_file()


def test_what_a_killed_run_left_is_removed(platform: Platform, cluster: Cluster, tmp_path: Path) -> None:
    """The sources that a run left in the store when it was killed are removed by the next run of the platform."""
    large(platform, sites=3, policies=3)
    cluster.worker(0)
    cluster.wait(1)
    store = tmp_path / "store"
    command = [sys.executable, "-m", "generator", "fleet", "SITES.yaml", "--no-search", "--storage", f"file://{store}"]
    running = subprocess.Popen(
        [*command, "--executor", f"dask://{cluster.address}"],
        cwd=platform.folder, env={**os.environ, "XDG_CACHE_HOME": str(platform.cache)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(store.rglob("*.tar.gz")) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    running.kill()
    running.wait()
    assert list(store.rglob("*.tar.gz"))
    ran = run_on(platform, cluster, "--storage", f"file://{store}")
    assert ran.status == 0, ran.err
    assert not list(store.iterdir())


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/srv/store", "不是存储的地址"),
        ("s3://name:secret@bucket/x", "不能写密码"),
        ("nosuch://bucket/x", "用不了存储|存储 nosuch"),
        ("memory://store", "工作节点 .* 用不了存储"),
    ],
)
def test_a_store_that_cannot_be_used(platform: Platform, cluster: Cluster, address: str, message: str) -> None:
    """An address that is none, holds a password, has no module, or that a worker does not see is told as such."""
    import re

    large(platform, sites=1, policies=1)
    cluster.worker(0)
    cluster.wait(1)
    ran = run_on(platform, cluster, "--storage", address)
    assert ran.status == 2
    assert re.search(message, ran.err), ran.err
    assert "secret" not in ran.err
    assert not (platform.folder / "out" / "s0").exists()


def test_a_store_without_a_cluster(platform: Platform) -> None:
    """A store is of no use on one machine, which is told."""
    large(platform, sites=1, policies=1)
    ran = platform.run("--storage", "file:///srv/store")
    assert ran.status == 2
    assert "去掉 --storage" in ran.err


@pytest.fixture
def s3() -> Iterator[str]:
    """Return the address of a server that speaks S3; the program ends with the test."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    pytest.importorskip("moto", reason="moto[server] is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.kill()
    server.wait()


def test_s3(
    platform: Platform, cluster: Cluster, tree: Tree, s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes come through a server that speaks S3, whose bucket is empty at the end."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3, "FSSPEC_S3_ENDPOINT_URL": s3,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    _various(platform)
    platform.build()
    expected = tree(platform.folder / "out")
    _moved_away(platform, tmp_path / "away")
    blind = _blind(platform, tmp_path / "blind")
    cluster.worker(0, PYTHONPATH=blind)
    cluster.wait(1)
    ran = run_on(platform, cluster, "--storage", "s3://platform/work")
    assert ran.status == 0, ran.err
    assert tree(platform.folder / "out") == expected
    import s3fs

    assert not s3fs.S3FileSystem(endpoint_url=s3).find("platform")
