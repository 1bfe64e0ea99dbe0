"""The configuration of an editor in the browser that knows Decap's format (Sveltia CMS, Decap CMS)."""

from typing import Any, TypeAlias

Options: TypeAlias = dict[str, Any]
"""One entry of the editor's configuration: a field, a collection, or all of it."""
