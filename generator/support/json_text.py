"""JSON for programs as all commands and reports write it: readable, with a line break at its end."""

import json
from typing import Any


def json_bytes(data: Any) -> bytes:
    """Return data as JSON; a file name that is no UTF-8 becomes its escapes, which JSON knows."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
