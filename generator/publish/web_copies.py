"""Smaller copies of large pictures for the pages of the site; the originals stay published.

A copy is made once for each content and kept in the cache; the same picture gives the same bytes with one version of
the library.
"""

import contextlib
import os
import posixpath
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from generator.domain.filenames import same_name_key
from generator.domain.model import MediaFile, Site, WebCopy
from generator.publish.text.pictures import find_images
from generator.source.attachments.screening import published_bytes
from generator.support.cache import Cache, digest
from generator.support.seal import NotReadableError, seal, unseal

WIDEST = 1_600
HEAVIEST = 500_000
_WORTH = 0.75  # a copy that is not smaller than this share of the original is not published
_MOST_PIXELS = 80_000_000
_FEW_COLOURS = 4_096  # a drawing or a screenshot; more are a photograph
_FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_SAVING: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82, "method": 4},
}
_NONE = b"-"
_MOST_STALE = 100


def with_web_copies(site: Site, project: Path, cache_path: Path) -> Site:
    """Return the site with a copy of every picture in a text that is very wide or heavy and becomes smaller by it."""
    large = {path for path, file in site.files.items() if _is_large(file)}
    if not large:
        return site
    copies: dict[str, WebCopy] = {}
    with Cache(cache_path) as cache:
        used = {same_name_key(path) for path in site.files}
        for path in sorted(_replaceable(site, cache, large)):
            data = copy_bytes(project, cache_path, site.files[path])
            if not data:
                continue
            suffix, width, height = _shape(data)
            name = f"{posixpath.splitext(path)[0]}.web{suffix}"
            if same_name_key(name) not in used:
                used.add(same_name_key(name))
                copies[path] = WebCopy(name, site.files[path], len(data), width, height)
    _drop_unused(cache_path, {copy_key(site.files[path]) for path in large})
    return replace(site, web_copies=copies)


def _drop_unused(cache_path: Path, used: set[str]) -> None:
    """Delete the copies of pictures that are not in the site, once they outnumber those that are."""
    with contextlib.suppress(OSError):
        stale = [place for place in (cache_path.parent / "pictures").iterdir() if place.name not in used]
        for place in stale if len(stale) > len(used) + _MOST_STALE else ():
            place.unlink(missing_ok=True)


def _stored_copy(cache_path: Path, key: str) -> bytes | None:
    """Return the bytes of a copy from the cache, empty for a picture without one; ``None`` where they are missing."""
    try:
        data = unseal(f"pictures:{key}", (cache_path.parent / "pictures" / key).read_bytes())
    except (OSError, NotReadableError):
        return None
    return b"" if data == _NONE else data


def _is_large(file: MediaFile) -> bool:
    if file.scan.pixels is None or file.path.lower().endswith((".svg", ".gif")):
        return False
    width, height = file.scan.pixels
    return (width > WIDEST or file.size > HEAVIEST) and width * height <= _MOST_PIXELS


def _replaceable(site: Site, cache: Cache, large: set[str]) -> set[str]:
    """Return the large pictures that texts show, everywhere where a link to the original can be put around them."""
    shown: set[str] = set()
    refused: set[str] = set()
    for document in site.documents:
        targets = {name: target for name, target in site.targets.get(document.id, {}).items() if target is not None}
        if not large.intersection(map(unquote, targets.values())):
            continue
        for block in cache.text(document.page.body).blocks:
            for image in find_images(block.html):
                (shown if image.may_be_linked else refused).add(unquote(targets.get(image.src, "")))
    return (shown - refused) & large


def copy_key(file: MediaFile) -> str:
    """Return the key of a picture's copy: its content, and everything that the bytes of the copy depend on."""
    import PIL

    return digest(file.key, PIL.__version__, f"{WIDEST} {HEAVIEST}")


def copy_bytes(project: Path, cache_path: Path, file: MediaFile) -> bytes | None:
    """Return the bytes of a picture's copy, empty where the original stays; ``None`` where it has changed meanwhile."""
    key = copy_key(file)
    data = _stored_copy(cache_path, key)
    if data is None:
        try:
            original = published_bytes(project, file)
        except OSError:
            original = None
        if original is None:
            return None
        data = _shrunk(original) or b""
        folder = cache_path.parent / "pictures"
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            place = folder / f"{key}.{os.getpid()}"
            place.write_bytes(seal(f"pictures:{key}", data or _NONE))
            place.replace(folder / key)
    return data


def _shrunk(original: bytes) -> bytes | None:
    """Return a smaller picture without metadata, ``None`` where that is not worth it or the picture cannot be read."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(original), formats=("BMP", *_FORMATS)) as source:
            if getattr(source, "is_animated", False) or source.mode not in {"1", "L", "P", "RGB", "RGBA", "LA"}:
                return None
            form = source.format if source.format in _FORMATS else "PNG"
            profile = source.info.get("icc_profile")
            picture = ImageOps.exif_transpose(source)
            if picture.mode in {"1", "P"}:
                picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
            if picture.width > WIDEST:
                height = max(round(picture.height * WIDEST / picture.width), 1)
                picture = picture.resize((WIDEST, height), Image.Resampling.LANCZOS)
            if form == "PNG" and picture.mode == "RGB" and picture.getcolors(_FEW_COLOURS) is None:
                form = "JPEG"
            picture.info.clear()
            buffer = BytesIO()
            picture.save(buffer, form, icc_profile=profile, **_SAVING[form])
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return None
    data = buffer.getvalue()
    return data if len(data) <= len(original) * _WORTH else None


def _shape(data: bytes) -> tuple[str, int, int]:
    from generator.source.attachments.pictures import pixel_size

    width, height = pixel_size(data) or (0, 0)
    suffix = ".png" if data.startswith(b"\x89PNG") else ".jpg" if data.startswith(b"\xff\xd8") else ".webp"
    return suffix, width, height
