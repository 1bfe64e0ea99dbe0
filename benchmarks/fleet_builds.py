"""Measure the builds of a platform against the separate builds of its sites.

    python benchmarks/fleet_builds.py --source SITE --sites 200 --folder DIR [--separate 20] [--linked 0.1]
        [--jobs N] [--search] [--executor dask://HOST:PORT]

``SITE`` is a folder with ``site_config.yaml`` and the documents of one site, all with the 机关代字 of one body. Every
site of the platform is a copy of it, with an agency, an address, 文号 and 索引号 of its own; a share of its documents
cites one of the first site. Printed are, each in a process of its own, CPU seconds (user and system), seconds and peak
memory of: the separate builds (of ``--separate`` sites, and calculated from them for all), the first run of the
fleet, a run without changes, a run after the edit of one text, and a run on the next day. With ``--sites 1`` it is
the measurement of one large site.

Everything is in ``DIR``, which must not exist: about 0.2 MB a document without search. It is removed at the end.
"""

import argparse
import datetime as dt
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import measure

DAY = dt.date(2026, 11, 21)
_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,8})(〔\d{4}〕\d+号)")
_DECLARED = re.compile(r"^doc_number: ([^〔\n]+)(〔\d{4}〕\d+号)$", re.MULTILINE)
_INDEX = re.compile(r"^index_no: \d+/", re.MULTILINE)


@dataclass
class Bench:
    """One measurement: the options, and the results by name."""

    folder: Path
    jobs: int
    search: bool
    results: dict[str, dict[str, float]]

    def run(self, name: str, *arguments: str, folder: Path, day: dt.date = DAY) -> measure.Run:
        """Run ``gongkai`` with its cache in the folder of the measurement, and print what it costs."""
        options = ["--as-of", day.isoformat(), "--jobs", str(self.jobs), *([] if self.search else ["--no-search"])]
        done = measure.run(
            [sys.executable, "-m", "generator", *arguments, *options],
            folder,
            {"XDG_CACHE_HOME": str(self.folder / f"cache-{arguments[0]}"), "XDG_DATA_HOME": str(self.folder / "data")},
        )
        if name:
            self.note(name, done)
        return done

    def note(self, name: str, run: measure.Run) -> None:
        """Print a result, and keep it."""
        print(f"{name:32} {run.cpu:9.1f} s CPU {run.seconds:9.1f} s {run.megabytes:7.0f} MB", flush=True)
        self.results[name] = {"cpu": run.cpu, "seconds": run.seconds, "megabytes": run.megabytes}


def main() -> None:
    """Make the sites, run everything, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--separate", type=int, default=0, help="how many sites to build alone; 0 for all")
    parser.add_argument("--linked", type=float, default=0.1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--executor", default="local")
    parser.add_argument("--keep", action="store_true", help="do not remove the folder at the end")
    options = parser.parse_args()
    options.folder.mkdir(parents=True)
    bench = Bench(options.folder.absolute(), options.jobs, options.search, {})
    try:
        names = _make_sites(options.source, bench.folder / "platform", options.sites, options.linked)
        _measure(bench, names, options.separate or len(names), options.executor)
        print(json.dumps(bench.results))
    finally:
        if not options.keep:
            shutil.rmtree(bench.folder)


def _measure(bench: Bench, names: list[str], separate: int, executor: str) -> None:
    platform = bench.folder / "platform"
    total = measure.Run(0.0, 0.0, 0.0)
    for name in names[:separate]:
        total = total.then(bench.run("", "build", "-o", str(bench.folder / "alone"), folder=platform / name))
        shutil.rmtree(bench.folder / "alone")
        shutil.rmtree(bench.folder / "cache-build")
    bench.note(f"{separate} separate builds", total)
    share = len(names) / separate
    total = measure.Run(total.seconds * share, total.cpu * share, total.megabytes)
    if share > 1:
        bench.note(f"{len(names)} separate builds (calculated)", total)
    fleet = ("fleet", "SITES.yaml", "--executor", executor)
    first = bench.run("first run of the fleet", *fleet, folder=platform)
    ratio = {"cpu": first.cpu / total.cpu, "seconds": first.seconds / total.seconds}
    print(f"{'ratio':32} {ratio['cpu']:9.3f}   CPU {ratio['seconds']:9.3f}", flush=True)
    bench.results["ratio"] = ratio
    bench.run("without changes", *fleet, folder=platform)
    text = next((platform / names[-1] / "content").rglob("*.md"))
    text.write_text(text.read_text("utf-8") + "\n增加的一段。\n", "utf-8")
    bench.run("one text edited", *fleet, folder=platform)
    bench.run("the next day", *fleet, folder=platform, day=DAY + dt.timedelta(days=1))
    size = sum(path.stat().st_size for path in (platform / "out").rglob("*") if path.is_file())
    register = next((bench.folder / "cache-fleet").rglob("fleet.db")).stat().st_size
    print(f"outputs {size / 1e6:.0f} MB, register {register / 1e6:.1f} MB", flush=True)
    bench.results["bytes"] = {"outputs": size, "register": register}


def _make_sites(source: Path, platform: Path, count: int, linked: float) -> list[str]:
    """Write the copies of a site and ``SITES.yaml``; return their ids."""
    names = [f"s{number:03d}" for number in range(count)]
    texts = {path.relative_to(source): path.read_text("utf-8") for path in sorted(source.rglob("*.md"))}
    first = [f"例{_sign(0)}发{match[2]}" for text in texts.values() if (match := _DECLARED.search(text))]
    every = round(1 / linked) if linked and first else len(texts) + 1
    for number, name in enumerate(names):
        agency = f"示例市第{number}局"
        for place, (path, text) in enumerate(texts.items()):
            written = _NUMBER.sub(lambda match, number=number: f"例{_sign(number)}发{match[2]}", text)
            written = _INDEX.sub(f"index_no: {100_000_000 + number}/", written)
            if number and place % every == 0:
                written += f"\n依据{first[place % len(first)]}。\n"
            target = platform / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(written, "utf-8")
        (platform / name / "site_config.yaml").write_text(
            f"site:\n  title: 政府信息公开\n  agency: {agency}\n  base_url: https://{name}.example.gov.cn/zwgk/\n",
            "utf-8",
        )
    lines = "".join(f"- {{id: {name}, path: {name}}}\n" for name in names)
    portal = "portal: {title: 示例市政务公开平台, base_url: 'https://www.example.gov.cn/open/'}\n"
    (platform / "SITES.yaml").write_text(f"output: out\n{portal}sites:\n{lines}", "utf-8")
    return names


def _sign(number: int) -> str:
    """Return the 机关代字 of a site, of two characters."""
    return _SIGNS[number // len(_SIGNS)] + _SIGNS[number % len(_SIGNS)]


if __name__ == "__main__":
    main()
