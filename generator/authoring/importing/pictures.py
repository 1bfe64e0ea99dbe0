"""The pictures of an imported page: files beside it, each with a text that somebody must write."""

from collections.abc import Callable

from generator.authoring.importing.word.blocks import Picture
from generator.authoring.importing.word.docx import DocxPackage
from generator.authoring.importing.word.drawings import cleaned_picture
from generator.authoring.importing.word.markdown import PictureMarkup


class Pictures:
    """The pictures of one file as they are met: the address of each, and what a person must know of it."""

    def __init__(self, package: DocxPackage, document_id: str, ask: Callable[[str], str] | None) -> None:
        self._package, self._id, self._ask = package, document_id, ask
        self._by_part: dict[str, str] = {}
        self._count = 0
        self.files: dict[str, bytes] = {}
        self.doubts: list[str] = []

    def markup_of(self, picture: Picture) -> PictureMarkup:
        """Return the address of a picture beside the page, and its text."""
        alt = picture.alt
        if not alt and self._ask:
            alt = self._ask(f"第 {self._count + 1} 张图片的文字说明（图片说了什么）")
        if picture.part in self._by_part:
            return PictureMarkup(self._by_part[picture.part], alt)
        self._count += 1
        clean = cleaned_picture(self._package.parts.get(picture.part, b"")) if picture.part else None
        address = f"images/{self._id}-{self._count}.{clean.suffix if clean else 'png'}"
        if clean:
            self.files[address] = clean.data
            self._by_part[picture.part] = address
            if clean.turned:
                self.doubts.append(f"{address} 是横放或倒放的照片，转正后再换上")
        else:
            self.doubts.append(f"{picture.what}不能取出（网页不能显示的格式，或不在文件里），另存为 {address}")
        if not alt:
            self.doubts.append(f"{address} 没有文字说明，在 ![ ] 的方括号里写图片说了什么")
        return PictureMarkup(address, alt)
