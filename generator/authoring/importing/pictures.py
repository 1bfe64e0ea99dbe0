"""The pictures of an imported page: files beside it, each with a text that somebody must write or check."""

from collections.abc import Callable, Collection, Mapping, Sequence

from generator.authoring.importing.official import lines
from generator.authoring.importing.word.blocks import Block, Paragraph, Picture
from generator.authoring.importing.word.drawings import cleaned_picture
from generator.authoring.importing.word.markdown import PictureMarkup, pictures_of

_BESIDE_SIGNATURE = 3  # paragraphs


class Pictures:
    """The pictures of one file as they are met: the address of each, and what a person must know of it.

    ``notes`` are what the page itself says of them, until somebody has checked it.
    """

    def __init__(
        self,
        parts: Mapping[str, bytes],
        document_id: str,
        ask: Callable[[str, str], str] | None,
        *,
        captions: Mapping[Picture, str],
        seals: Collection[Picture],
    ) -> None:
        self._parts, self._id, self._ask = parts, document_id, ask
        self._captions, self._seals = captions, seals
        self._by_part: dict[str, str] = {}
        self._count = 0
        self.files: dict[str, bytes] = {}
        self.doubts: list[str] = []
        self.notes: list[str] = []

    def markup_of(self, picture: Picture) -> PictureMarkup:
        """Return the address of a picture beside the page, and its text."""
        alt = picture.alt
        is_new = picture.part not in self._by_part
        address = self._by_part.get(picture.part) or self._place(picture)
        if picture in self._seals:
            self.doubts.append(
                f"{address} 浮在落款处，可能是印章：是印章的，网页上不放，删去 ![ ]( ) 这一段和图片文件；"
                "不是的，写文字说明"
            )
        elif not alt and self._ask:
            alt = self._ask(f"第 {len(self.files) or 1} 张图片（{address}）的文字说明（图片说了什么）", "")
        if picture in self._captions:
            note = f"请核对：{address} 的文字说明取自图题“{self._captions[picture]}”"
            self.notes.append(note)
            self.doubts.append(note.removeprefix("请核对："))
        elif not alt and is_new and picture not in self._seals:
            self.doubts.append(f"{address} 没有文字说明，在 ![ ] 的方括号里写图片说了什么")
        return PictureMarkup(address, alt)

    def _place(self, picture: Picture) -> str:
        """Return the address of a picture that was not met yet, and keep its file."""
        self._count += 1
        clean = cleaned_picture(self._parts.get(picture.part, b"")) if picture.part else None
        address = f"images/{self._id}-{self._count}.{clean.suffix if clean else 'png'}"
        if clean:
            self.files[address] = clean.data
            self._by_part[picture.part] = address
            if clean.turned:
                self.doubts.append(f"{address} 是横放或倒放的照片，转正后再换上")
        else:
            self.doubts.append(f"{picture.what}不能取出（网页不能显示的格式，或不在文件里），另存为 {address}")
        return address


def floating_seals(blocks: Sequence[Block]) -> frozenset[Picture]:
    """Return the pictures that float beside a signature and have no text: these may be seals."""
    signed = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and (lines.signed_on(block.text) or any(lines.date_of(line) for line in block.text.split("\n")))
    ]
    near = {one for place in signed for one in range(place - _BESIDE_SIGNATURE, place + _BESIDE_SIGNATURE) if one >= 0}
    return frozenset(
        picture
        for place, block in enumerate(blocks)
        if place in near
        for picture in pictures_of([block])
        if picture.floating and not picture.alt
    )
