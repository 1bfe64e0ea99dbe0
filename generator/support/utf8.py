"""Decode the small files of a webmaster, which are UTF-8; a file in another encoding is named with its first line."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"


class NotUtf8Error(ValueError):
    """What a file is instead of UTF-8, in Chinese, and the line of the first byte that shows it."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.line = message, line


def read_utf8(data: bytes) -> str:
    """Return the text of a file, without a byte-order mark.

    Raises ``NotUtf8Error`` for UTF-16, for GB18030 (as WPS and old editors write), and for what is no text.
    """
    if data.startswith(_UTF_16):
        raise NotUtf8Error("是 UTF-16 编码，应为 UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if data.startswith(_ZIP):
            raise NotUtf8Error("不是文本文件，看起来是 Excel 或 Word 文件") from None
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise NotUtf8Error(f"不是 UTF-8 编码，第 {error.start} 字节处不能解码", line) from None
        raise NotUtf8Error("不是 UTF-8 编码，看起来是 GB18030（GBK）编码", line) from None
