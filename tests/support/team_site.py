"""Sites with the team files of ``gongkai init --ci``."""

from pathlib import Path

from generator.authoring.team.team_files import CodeHost
from support.program import run_program
from support.project import POLICY


def make_site(folder: Path, code_host: CodeHost = CodeHost.GITLAB) -> Path:
    """Make a site with team files."""
    ran = run_program(
        "init", str(folder), "--ci", code_host, "--url", "https://rsj.example.gov.cn/zwgk/", folder=folder.parent
    )
    assert ran.status == 0, ran.err
    return folder


def write_policy(
    site: Path, name: str = "p1.md", body: str = "第一条　为了规范补贴发放，制定本办法。\n", **fields: str
) -> Path:
    """Write a policy into a site; an empty value leaves a field out."""
    rows = "".join(f"{key}: {value}\n" for key, value in {**POLICY, **fields}.items() if value)
    place = site / "content/policies" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"---\n{rows}---\n{body}", encoding="utf-8")
    return place
