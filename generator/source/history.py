"""What git knows of the sources."""

import subprocess
from pathlib import Path


def head_commit(project: Path) -> str | None:
    """Return the commit that is checked out, ``None`` without git or outside a repository."""
    try:
        done = subprocess.run(["git", "-C", str(project), "rev-parse", "HEAD"], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode().strip() if done.returncode == 0 else None
