"""What is put into the text of a document: the targets of its links and citations, and its pictures."""

from urllib.parse import quote, unquote

from generator.domain.model import Site
from generator.publish.theme.environment import View, Words

_KIB = 1024


def text_links(site: Site, document: str, words: Words) -> View:
    """Return what is put into the text of the document with an id: targets of links and citations, pictures."""
    cited = site.cited.get(document)
    targets = site.targets.get(document, {})
    return {
        "targets": dict(targets),
        "cited": dict(cited.links) if cited else {},
        "images": {
            target: view for target in targets.values() if target and (view := _image(site, unquote(target), words))
        },
    }


def _image(site: Site, path: str, words: Words) -> View | None:
    """Return the view of a picture in a text, ``None`` for another file."""
    file, copy = site.files.get(path), site.web_copies.get(path)
    if file is None or file.scan.pixels is None:
        return None
    width, height = (copy.width, copy.height) if copy else file.scan.pixels
    title = words.document.original.format(size=readable_size(file.size)) if copy else ""
    shown = {"width": width, "height": height, "copy": quote(copy.path) if copy else "", "title": title}
    return {**shown, "key": file.key}  # the Word file has its bytes


def readable_size(size: int) -> str:
    """Return a size in bytes in Chinese for people: bytes, KB or MB."""
    if size < _KIB:
        return f"{size} 字节"
    return f"{size / _KIB:.0f} KB" if size < _KIB * _KIB else f"{size / _KIB / _KIB:.1f} MB"
