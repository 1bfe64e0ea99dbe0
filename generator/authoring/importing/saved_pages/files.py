"""The pictures and attachments of saved pages, as they are written beside a page."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_to_bytes

from generator.authoring.importing.saved_pages.addresses import FILE_ENDINGS, SavedFolder, ending_of
from generator.authoring.importing.saved_pages.attached_files import FileLink
from generator.authoring.importing.word.blocks import Picture
from generator.authoring.importing.word.drawings import cleaned_picture
from generator.authoring.importing.word.markdown import PictureMarkup
from generator.domain.problems import GongkaiError

_MOST_PICTURE = 50_000_000
_MOST_FILE = 500_000_000
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=-]+)*),(.*)", re.IGNORECASE | re.DOTALL)
_SIZE = re.compile(r"[（(][\d.]+\s*[KMG]?B?[）)]$", re.IGNORECASE)
_NUMBERED = re.compile(r"^附件\s*[\d一二三四五六七八九十]*\s*[：:.．、]?\s*")


class Files:
    """The files of one page: their bytes by their place beside it, and what a person must know of them."""

    def __init__(self, folder: SavedFolder, path: str, document_id: str) -> None:
        self._folder, self._path, self._id = folder, path, document_id
        self.data: dict[str, bytes] = {}
        self.doubts: list[str] = []
        self.used: set[str] = set()
        self.attachments: list[tuple[str, str]] = []
        self.by_href: dict[str, str] = {}

    def pictures(self, pictures: Sequence[Picture]) -> Mapping[Picture, PictureMarkup]:
        """Return the markup of every picture; one that is missing keeps its place."""
        markup: dict[Picture, PictureMarkup] = {}
        by_source: dict[str, str] = {}
        for picture in dict.fromkeys(pictures):
            address = by_source.get(picture.part)
            if address is None:
                address = by_source[picture.part] = self._picture(picture.part, len(by_source) + 1)
            if not picture.alt:
                self.doubts.append(f"{address} 没有文字说明，在 ![ ] 的方括号里写图片说了什么")
            markup[picture] = PictureMarkup(address, picture.alt)
        return markup

    def _picture(self, source: str, number: int) -> str:
        data = self._picture_data(source)
        name = f"images/{self._id}-{number}"
        is_drawing = bool(data) and b"<svg" in data[:2000]
        clean = cleaned_picture(data) if data and not is_drawing else None
        if is_drawing:
            self.data[f"{name}.svg"] = data
            return f"{name}.svg"
        if clean is None:
            reason = "网页不能显示的格式，或已损坏" if data else "没有保存下来"
            self.doubts.append(f"图片 {source[:80]} {reason}，另存为 {name}.png")
            return f"{name}.png"
        if clean.turned:
            self.doubts.append(f"{name}.{clean.suffix} 是横放或倒放的照片，转正后再换上")
        self.data[f"{name}.{clean.suffix}"] = clean.data
        return f"{name}.{clean.suffix}"

    def _picture_data(self, source: str) -> bytes:
        if match := _DATA.match(source):
            try:
                is_coded = "base64" in match[1].casefold()
                return base64.b64decode(match[2]) if is_coded else unquote_to_bytes(match[2])
            except (binascii.Error, ValueError):
                return b""
        return self._bytes_of(source, _MOST_PICTURE)

    def attach(self, links: Sequence[FileLink]) -> None:
        """Take the files that the page gives: beside it, with their titles."""
        by_path: dict[str, str] = {}
        for link in links:
            name = self._folder.named_file(link.href)
            path = self._folder.find(self._path, link.href)
            ending = ending_of(name) or (ending_of(path) if path else "") or ending_of(link.title)
            title = _title_of(link.title) or _title_of(name) or "附件"
            if path and path in by_path:
                self.by_href[link.href] = by_path[path]
                continue
            data = self._bytes_of(link.href, _MOST_FILE)
            if not data or ending not in FILE_ENDINGS:
                self.doubts.append(f"附件“{title}”（{link.href[:80]}）没有保存下来，补上文件后写进附件")
                continue
            address = f"files/{self._id}-{len(self.attachments) + 1}.{ending}"
            self.data[address] = data
            self.attachments.append((title, address))
            self.by_href[link.href] = by_path[path or ""] = address

    def _bytes_of(self, href: str, most: int) -> bytes:
        path = self._folder.find(self._path, href)
        if path is None:
            return b""
        try:
            data = self._folder.read(path, most)
        except (OSError, GongkaiError):
            return b""
        self.used.add(path)
        return data


def _title_of(text: str) -> str:
    """Return the title of an attachment without its ending, size and 附件1：."""
    bare = _SIZE.sub("", text.strip()).strip()
    stem = bare.rpartition(".")[0] if ending_of(bare) in FILE_ENDINGS else bare
    return _NUMBERED.sub("", stem).strip() or stem.strip()
