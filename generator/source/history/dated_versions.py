"""Follow the dates of a document through its versions: those that must not change once it is public."""

import re
from collections.abc import Sequence

from generator.domain.model import DatedVersion, Revision
from generator.domain.vocabulary import FIELDS
from generator.source.history.version_fields import read_version

KEPT_DATES = ("date_published", "date_written", "date_effective")
_WORDS = "|".join(word for key in KEPT_DATES for word in (key, FIELDS[key].label, *FIELDS[key].aliases))
_LINE = re.compile(rf"^(?:{_WORDS})[ \t]*:[^\r\n]*".encode(), re.MULTILINE)


def dated_versions(revisions: Sequence[Revision], texts: Sequence[bytes]) -> tuple[DatedVersion, ...]:
    """Return the values of the dates of a document in their order, for every field that was changed or removed.

    ``texts`` are those of the ``revisions``, empty for a removed one. A version that cannot be decoded is left out.
    """
    lines = [_LINE.findall(text) for text in texts]
    if all(one == lines[0] for one in lines):
        return ()
    by_key: dict[str, list[DatedVersion]] = {key: [] for key in KEPT_DATES}
    for revision, text in zip(revisions, texts, strict=True):
        until = revision.until or revision.since
        version = read_version(revision.path, text, until) if text else None
        if version is None:
            continue
        for key, values in by_key.items():
            day = version.day(key)
            if not values or values[-1].day != day:
                values.append(DatedVersion(key, day, revision.since, revision.commit, version.public))
            elif version.public and not values[-1].public:
                values[-1] = values[-1]._replace(since=revision.since, commit=revision.commit, public=True)
    gone = not texts[-1]
    return tuple(one for values in by_key.values() if gone or len(values) > 1 for one in values)
