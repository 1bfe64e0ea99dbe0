"""Print the lowest version of each direct dependency that pyproject.toml allows, as constraints for pip."""

import re
import sys
import tomllib
from pathlib import Path

_BOUND = re.compile(r"([A-Za-z0-9._-]+)\s*>=\s*([0-9.]+)")


def main() -> None:
    """Print ``name==version`` for each dependency in ``project.dependencies``; exits where one has no lower bound."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        bound = _BOUND.match(requirement)
        if bound is None:
            sys.exit(f"pyproject.toml: {requirement} has no lower bound (>=)")
        sys.stdout.write(f"{bound[1]}=={bound[2]}\n")


if __name__ == "__main__":
    main()
