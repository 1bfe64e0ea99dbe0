"""What git knows of the sources."""

import subprocess
from pathlib import Path


def head_commit(project: Path) -> str | None:
    """Return the commit that is checked out, ``None`` without git or outside a repository."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", "-C", str(project), "rev-parse", "HEAD"],  # noqa: S607 - git as the user has it
            capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode().strip() if done.returncode == 0 else None
