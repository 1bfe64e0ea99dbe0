"""What the tests share: small sites in a temporary folder, and the program run as a user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CONFIG = """\
site:
  title: 政府信息公开
  agency: 示例市人力资源和社会保障局
  base_url: https://rsj.example.gov.cn/zwgk/
"""
POLICY = {
    "title": "示例市灵活就业补贴办法",
    "index_no": "123456789/2024-00001",
    "doc_number": "例人社发〔2024〕1号",
    "date_written": "2024-05-06",
    "date_published": "2024-05-08",
    "disclosure": "proactive",
}
AS_OF = "2026-11-21"


@dataclass
class Ran:
    """One run of the program."""

    status: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings that ``--format json`` printed."""
        found: list[dict[str, Any]] = json.loads(self.out)
        return found

    @property
    def rules(self) -> list[str]:
        """The rules of those findings."""
        return [finding["rule"] for finding in self.findings]


@dataclass
class Project:
    """A site in a temporary folder."""

    folder: Path
    cache: Path

    def write(self, path: str, text: str | bytes) -> Path:
        """Write one file under the project."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def document(self, path: str, fields: Mapping[str, object], body: str = "正文。\n") -> Path:
        """Write one document under ``content/``."""
        rows = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
        return self.write(f"content/{path}", f"---\n{rows}---\n{body}")

    def policy(
        self, name: str = "p1", body: str = "第一条　为了规范补贴发放，制定本办法。\n", **fields: object
    ) -> Path:
        """Write a policy; numbers are made from the digits of its name, ``None`` leaves a field out."""
        number = int("".join(char for char in name if char.isdigit()) or 1)
        own = {**POLICY, "index_no": f"123456789/2024-{number:05d}", "doc_number": f"例人社发〔2024〕{number}号"}
        return self.document(f"policies/{name}.md", {**own, **fields}, body)

    def interpretation(
        self,
        name: str = "i1",
        body: str = "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n",
        **fields: object,
    ) -> Path:
        """Write an interpretation of ``p1``."""
        own = {
            "title": "《示例市灵活就业补贴办法》解读",
            "date_published": "2024-05-08",
            "disclosure": "proactive",
            "interprets": "p1",
            "form": "article",
        }
        return self.document(f"interpretations/{name}.md", {**own, **fields}, body)

    def run(self, *arguments: str, as_of: str | None = AS_OF) -> Ran:
        """Run ``gongkai`` in the project's folder with a cache of its own."""
        day = ["--as-of", as_of] if as_of and arguments[0] in {"build", "check"} else []
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.cache), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments, *day],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            check=False,
            timeout=300,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def check(self, *arguments: str, as_of: str = AS_OF) -> Ran:
        """Run ``gongkai check --format json``."""
        return self.run("check", "--format", "json", *arguments, as_of=as_of)

    def build(self, *arguments: str, as_of: str = AS_OF) -> Path:
        """Build into ``public`` without search and return the folder; fails the test when the build fails."""
        ran = self.run("build", "--no-search", *arguments, as_of=as_of)
        assert ran.status == 0, ran.err
        return self.folder / "public"

    def records(self) -> dict[str, dict[str, Any]]:
        """Return the built ``api/documents.json`` by id."""
        rows = json.loads((self.folder / "public/api/documents.json").read_text(encoding="utf-8"))
        return {row["id"]: row for row in rows}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty site with the smallest config."""
    made = Project(tmp_path / "site", tmp_path / "cache")
    made.write("site_config.yaml", CONFIG)
    (made.folder / "content").mkdir()
    return made


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the repository's own demo site with search, once, and return the folder."""
    root = Path(__file__).parent.parent
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "generator",
            "build",
            "-c",
            str(root / "site_config.yaml"),
            "-o",
            str(folder / "public"),
            "--as-of",
            AS_OF,
        ],
        cwd=root,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return folder / "public"


Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def tree() -> Tree:
    """Return a function that reads a folder: path → bytes."""
    return lambda folder: {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
