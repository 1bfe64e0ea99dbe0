"""Pictures of a Word file without what cameras and programs wrote into them: place, time, owner, preview."""

from typing import NamedTuple

from generator.source.attachments.pictures import read_picture

_SHOWN = frozenset({"png", "jpg", "gif"})


class CleanPicture(NamedTuple):
    """A picture that may be published: its bytes, the end of its name, whether a viewer would have turned it."""

    data: bytes
    suffix: str
    turned: bool = False


def cleaned_picture(data: bytes) -> CleanPicture | None:
    """Return a PNG, JPEG or GIF without its metadata; ``None`` for one that is broken or that browsers do not show.

    The page's author turns it: what says how it is turned goes too.
    """
    picture = read_picture(data, keep_orientation=False)
    if picture is None or picture.suffix not in _SHOWN:
        return None
    return CleanPicture(picture.data, picture.suffix, picture.suffix == "jpg" and picture.orientation != 1)
