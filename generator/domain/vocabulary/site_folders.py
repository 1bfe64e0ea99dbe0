"""The folders at the root of the output that belong to no column; no column may take one of them."""

from enum import StrEnum


class SiteFolder(StrEnum):
    """A folder of the output that gongkai writes itself."""

    API = "api"
    ASSETS = "assets"
    SEARCH = "search"
    EFFECTIVE = "effective"
    REPEALED = "repealed"
    CITED = "cited"
    RELATIONS = "relations"
    CATALOGUE = "catalogue"
    ITEMS = "items"
    BROWSE = "browse"
    THEMES = "themes"
    AUDIENCES = "audiences"
    ACCESSIBILITY = "accessibility"

    @property
    def has_page(self) -> bool:
        """Whether the folder itself is the address of a page."""
        return self not in {SiteFolder.API, SiteFolder.ASSETS}
