"""The known kinds of files by their first bytes, and the suffixes that stand for one of them."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD, _DOCUMENT, _DATABASE = "旧版 Office 格式", "这种文档格式", "这种数据库格式"
PACKAGES = frozenset({".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".ppsx"})
# OLE files with one of these suffixes can be opened by a person.
LEGACY = {
    **dict.fromkeys((".doc", ".xls", ".ppt", ".dot", ".xlt", ".pot", ".bin"), _OLD),
    **dict.fromkeys((".wps", ".et", ".dps", ".wpt", ".ett"), _DOCUMENT),
    ".msg": "这种邮件格式",
}
UNSUPPORTED = (
    (b"Rar!\x1a\x07", "这种压缩格式"),
    (b"7z\xbc\xaf\x27\x1c", "这种压缩格式"),
    (b"{\\rtf", _DOCUMENT),
    (b"SQLite format 3\0", _DATABASE),
    (b"\0\x01\0\0Standard ", _DATABASE),
)
_BROKEN = "文件已损坏，或不是这种格式"
_PACKED = frozenset({".zip", ".ofd", ".odt", ".ods", ".odp", ".epub", ".vsdx", ".xlsb"}) | PACKAGES
MEDIA_SUFFIXES = frozenset(
    {".mp3", ".m4a", ".wav", ".ogg", ".oga", ".flac", ".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".flv", ".3gp"}
)
# Suffixes of formats other than text: a text file with such a suffix cannot be opened.
NOT_TEXT = {
    **dict.fromkeys(
        _PACKED | {".pdf", ".ppt", ".wps", ".et", ".dps", ".msg"},
        _BROKEN,
    ),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"), "不是图片，或已损坏"),
    **dict.fromkeys((".tif", ".tiff", ".heic", ".heif", ".avif"), "这种图片网页不能显示，里面的拍摄信息去不掉"),
    **dict.fromkeys(
        (".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".cab", ".iso"), "不是这种压缩格式，看不到内容"
    ),
    **dict.fromkeys((".mdb", ".accdb", ".dbf", ".db", ".sqlite"), f"不是{_DATABASE}，看不到内容"),
}
_MEDIA = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"FLV\x01")
_RIFF = (b"WAVE", b"AVI ")
_BRANDS = (b"iso", b"mp41", b"mp42", b"avc1", b"M4A ", b"M4V ", b"qt  ", b"3gp", b"dash")
_FONTS = (b"\0\x01\0\0\0", b"OTTO", b"ttcf", b"true\0", b"wOFF", b"wOF2")


def is_media(data: bytes) -> bool:
    """Whether a file is audio or video, by its first bytes."""
    if data.startswith(b"RIFF"):
        return data[8:12] in _RIFF
    if data.startswith(b"ID3"):
        return _frame_at(data, 10 + _syncsafe(data[6:10]))
    if data[4:8] == b"ftyp":
        return data[8:12].startswith(_BRANDS)
    return data.startswith(_MEDIA) or (_frame_at(data, 0) and len(data) > 128)


def _syncsafe(size: bytes) -> int:
    return sum((octet & 0x7F) << shift for octet, shift in zip(size, (21, 14, 7, 0), strict=False))


def _frame_at(data: bytes, place: int) -> bool:
    """Whether a frame of MPEG audio begins at a position, zeros before it skipped."""
    rest = data[place : place + 4_096].lstrip(b"\0")
    return len(rest) > 3 and rest[0] == 0xFF and rest[1] & 0xE6 in {0xE2, 0xE4} and rest[2] & 0xF0 != 0xF0


def is_font(data: bytes) -> bool:
    """Whether a part of a package is a font."""
    return data.startswith(_FONTS)


def is_drawing(data: bytes) -> bool:
    """Whether a part of a package is a picture in a format for office programs: EMF, WMF or TIFF."""
    metafile = data.startswith(b"\x01\0\0\0") and data[40:44] == b" EMF"
    return metafile or data.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0\0\x03", b"II*\0", b"MM\0*"))


def is_as_named(suffix: str, data: bytes) -> bool:
    """Whether a document that cannot be read completely has at least the first bytes that its suffix promises."""
    if suffix in _PACKED:
        return data.startswith(b"PK\x03\x04")
    return suffix == ".pdf" and data.startswith(b"%PDF-")
