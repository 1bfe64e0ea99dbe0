"""Measure what a platform costs apart from its builds: fingerprints, the register, the neighbours of every site.

    python benchmarks/fleet_scale.py --sites 200 --documents 500 [--folder DIR] [--linked 0.1] [--portal]

The sites are folders of tiny files; an executor that does no work returns made-up facts and results, of which a share
names documents of the first site. Printed are the seconds of the first run, of a run without changes, of a run after a
change of one site, the size of the register, and the peak memory. With ``--portal`` the portal is built, too.
"""

import argparse
import contextlib
import datetime as dt
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.domain.model import AsOf
from generator.domain.vocabulary import Kind, Status
from generator.fleet.facts import Outgoing, PublicFact, SiteFacts
from generator.fleet.fleet import FleetOptions
from generator.fleet.plan import PortalSettings, load_plan
from generator.fleet.register import Register
from generator.fleet.run import build_fleet, open_fleet
from generator.fleet.tasks import Job, Outcome, Task
from generator.pipeline.options import BuildResult

DAY = dt.datetime(2026, 11, 21, 23, 59)  # noqa: DTZ001 - as the program counts


class MadeUp:
    """An executor that returns facts and results without reading anything."""

    def __init__(self, documents: int, linked: float) -> None:
        self._documents = documents
        self._every = round(1 / linked) if linked else documents + 1

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield an outcome for every task."""
        for task in tasks:
            if task.job is Job.FACTS:
                yield Outcome(job=task.job, site=task.site, facts=self._facts(task.site))
            elif task.output:
                task.output.mkdir(parents=True, exist_ok=True)
                (task.output / "manifest.json").write_text("{}")
                result = BuildResult((), {}, documents=self._documents)
                yield Outcome(job=task.job, site=task.site, result=result)

    def _facts(self, site: str) -> SiteFacts:
        base = f"https://{site}.example.gov.cn/zwgk/"
        documents = tuple(
            PublicFact(
                id=f"d{number:06d}",
                kind=Kind.POLICY,
                title=f"示例市{site}第{number}号管理办法的通知",
                url=f"{base}policies/d{number:06d}/",
                issuers=(f"示例市{site}局",),
                is_own=True,
                fields=(("date_published", "2024-05-08"), ("doc_number", f"例{site}发〔2024〕{number + 1}号")),
                status=Status.EFFECTIVE,
                themes=("社会保险",),
                summary="为了规范有关活动，根据有关法律、法规，结合本市实际，制定本办法。" * 3,
            )
            for number in range(self._documents)
        )
        outgoing = tuple(
            Outgoing(f"d{number:06d}", "cites", (f"例s000发〔2024〕{number + 1}号",))
            for number in range(0, self._documents, self._every)
            if site != "s000"
        )
        return SiteFacts(site, f"示例市{site}局", base, documents, outgoing, since=DAY)


def main() -> None:
    """Make the sites and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--linked", type=float, default=0.1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--portal", action="store_true")
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="fleet-scale-"))
    try:
        folder = options.folder or _made(root / "platform", options.sites, options.documents)
        portal = PortalSettings(title="示例市政务公开平台", base_url="https://www.example.gov.cn/open/")
        _measure(root, folder, options.documents, options.linked, portal if options.portal else None)
    finally:
        shutil.rmtree(root)


def _made(folder: Path, sites: int, documents: int) -> Path:
    lines = ["output: out\nsites:\n"]
    for number in range(sites):
        content = folder / f"s{number:03d}" / "content" / "policies"
        content.mkdir(parents=True)
        (content.parent.parent / "site_config.yaml").write_text("site: {}\n")
        for document in range(documents):
            (content / f"d{document:06d}.md").write_text("x")
        lines.append(f"- {{id: s{number:03d}, path: s{number:03d}}}\n")
    (folder / "SITES.yaml").write_text("".join(lines))
    return folder


def _measure(root: Path, folder: Path, documents: int, linked: float, portal: PortalSettings | None) -> None:
    plan = load_plan(folder / "SITES.yaml")
    plan = plan.__class__(plan.file, plan.sites, root / "out", portal, plan.shared)
    cache = root / "cache"
    cache.mkdir(mode=0o700)
    options = FleetOptions(
        plan=plan,
        cache=cache,
        cache_of=lambda project: project,
        as_of=AsOf.at(DAY),
        jobs=2,
        executor=MadeUp(documents, linked),
        progress=lambda *_: None,
    )
    place = cache / "fleet.db"
    for name in ("first run", "without changes", "one site changed"):
        if name == "one site changed":
            text = next((folder / plan.sites[-1].path / "content").rglob("*.md"))
            text.touch()
        began = time.monotonic()
        with Register(place) as register:
            rows = build_fleet(open_fleet(options, register))
        counts = {row.status.value: 0 for row in rows}
        for row in rows:
            counts[row.status.value] += 1
        print(f"{name}: {time.monotonic() - began:.1f} s {counts}", flush=True)
    with contextlib.suppress(OSError):
        print(f"register: {place.stat().st_size / 1_000_000:.0f} MB")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
