"""The pages that a site has already: their ids, titles, numbers and old addresses, for an import of saved pages."""

from pathlib import Path
from typing import NamedTuple

from generator.authoring.importing.saved_pages.addresses import OldAddress
from generator.domain.doc_numbers import doc_number_key
from generator.domain.titles import title_key
from generator.source.load import parse_page


class SitePages(NamedTuple):
    """What pages of a site are known by; the values are ids."""

    ids: dict[str, str]
    by_address: dict[str, str]
    policies_by_title: dict[str, list[str]]
    policies_by_number: dict[str, str]

    def add(self, document_id: str, title: str, number: str, *, is_policy: bool) -> None:
        """Add a page that will be written."""
        self.ids[document_id.casefold()] = title_key(title)
        if is_policy:
            self.policies_by_title.setdefault(title_key(title), []).append(document_id)
            if number and number != "none":
                self.policies_by_number.setdefault(doc_number_key(number), document_id)


def read_site_pages(project: Path, base_path: str) -> SitePages:
    """Return what is known of the files under ``content/``; files that cannot be read are for the check to report."""
    pages = SitePages({}, {}, {}, {})
    for place in sorted((project / "content").rglob("*.md")):
        path = place.relative_to(project).as_posix()
        try:
            page = parse_page(path, path, place.read_bytes()).page
        except OSError:
            continue
        values = {key: field.value for key, field in page.fields.items()}
        title, number = values.get("title"), values.get("doc_number")
        is_policy = page.kind is not None and page.kind.value == "policy"
        pages.add(
            page.id,
            title if isinstance(title, str) else "",
            number if isinstance(number, str) else "",
            is_policy=is_policy,
        )
        pages.ids.setdefault(place.stem.casefold(), "")
        aliases = values.get("aliases")
        for alias in (aliases,) if isinstance(aliases, str) else aliases if isinstance(aliases, tuple) else ():
            pages.by_address[address_of_alias(str(alias), base_path).key] = page.id
    return pages


def address_of_alias(alias: str, base_path: str) -> OldAddress:
    """Return an alias as an address: a full one, a path from the host's root, or one relative to ``base_url``."""
    bare = alias.split("://", 1)[-1].partition("/")[2] if "://" in alias else alias
    whole = f"/{bare}" if "://" in alias else alias if alias.startswith("/") else f"{base_path}{alias}"
    path, _, query = whole.partition("?")
    return OldAddress(path, query)
