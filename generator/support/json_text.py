"""JSON as all commands and reports write it: indented, with a line break at the end."""

import json
from typing import Any


def json_bytes(data: Any) -> bytes:
    """Return data as JSON in UTF-8; a surrogate (a byte of a file name that is not UTF-8) becomes an escape."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
