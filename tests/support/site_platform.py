"""A platform of small sites in a temporary folder."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support.program import Ran, run_program
from support.project import AS_OF, Project


@dataclass
class Platform:
    """A folder with ``SITES.yaml`` and a folder for each site."""

    folder: Path
    cache: Path
    order: list[str] = field(default_factory=list)
    extra: str = ""

    def site(self, name: str, agency: str) -> Project:
        """Add a site of an agency, with one policy of its own."""
        made = Project(self.folder / name, self.cache)
        made.write(
            "site_config.yaml",
            f"site:\n  title: 政府信息公开\n  agency: {agency}\n  base_url: https://{name}.example.gov.cn/zwgk/\n",
        )
        self.order.append(name)
        self.save()
        return made

    def save(self, sites: str = "") -> None:
        """Write ``SITES.yaml``."""
        entries = sites or "".join(f"- {{id: {name}, path: {name}}}\n" for name in self.order)
        (self.folder / "SITES.yaml").write_text(f"output: out\n{self.extra}sites:\n{entries}", "utf-8")

    def run(self, *arguments: str, as_of: str = AS_OF) -> Ran:
        """Run ``gongkai fleet SITES.yaml``."""
        options = ("--as-of", as_of, *([] if "--jobs" in arguments else ["--jobs", "1"]))
        return run_program(
            "fleet",
            "SITES.yaml",
            *arguments,
            *options,
            folder=self.folder,
            environment={"XDG_CACHE_HOME": str(self.cache)},
        )

    def build(self, *arguments: str, as_of: str = AS_OF) -> Ran:
        """Run a build that must end well, without search."""
        ran = self.run("build", "--no-search", *arguments, as_of=as_of)
        assert ran.status == 0, ran.err
        return ran

    def page(self, site: str, address: str) -> str:
        """Return a page of a built site."""
        return (self.folder / "out" / site / address / "index.html").read_text("utf-8")


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    """Return a platform without sites."""
    folder = tmp_path / "platform"
    folder.mkdir()
    return Platform(folder, tmp_path / "cache")


def add_city_and_bureau(platform: Platform) -> None:
    """Add a city and a bureau, whose policy the city has repealed."""
    platform.site("city", "示例市人民政府").policy(
        "c1",
        title="示例市人民政府关于废止部分文件的决定",
        doc_number="例政发〔2025〕1号",
        index_no="111111111/2025-00001",
        date_written="2025-03-01",
        date_published="2025-03-02",
        repeals="例人社发〔2024〕1号",
    )
    platform.site("rsj", "示例市人力资源和社会保障局").policy("p1")


def add_portal(platform: Platform) -> None:
    """Add a portal, and a bureau with an open consultation and a hidden document (p4)."""
    platform.extra = "portal: {title: 示例市政务公开平台, base_url: 'https://www.example.gov.cn/open/'}\n"
    bureau = platform.site("mzj", "示例市民政局")
    bureau.document(
        "consultations/k1.md",
        {
            "title": "关于养老服务办法公开征求意见的公告",
            "date_published": "2026-11-10",
            "disclosure": "proactive",
            "opens_on": "2026-11-10",
            "closes_on": "2026-12-10",
        },
    )
    bureau.policy("p3", title="示例市养老服务办法", doc_number="例民发〔2024〕3号", theme="民政")
    bureau.policy("p4", title="内部巡查规程", disclosure="withheld", withhold_class="n02", withhold_note="内部事务")


@pytest.fixture
def city_and_bureau(platform: Platform) -> Platform:
    """Return a platform of a city and a bureau, whose policy the city has repealed."""
    add_city_and_bureau(platform)
    return platform


Tree = Callable[[Path], dict[str, bytes]]
