"""Documents of the other sites of a platform, as far as a site may know them: public facts only."""

import datetime as dt
from typing import NamedTuple

from generator.domain.vocabulary import Status


class ForeignDocument(NamedTuple):
    """A public document of another site of the platform, as a page names it; ``url`` is absolute."""

    site: str
    id: str
    title: str
    number: str
    url: str
    day: dt.date | None = None
    status: Status | None = None
