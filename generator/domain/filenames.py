"""File names that do not work on every system: Windows, macOS and the servers of a site.

A name becomes part of an address, and the sources are checked out on other computers than the one they come from.
"""

import re
import unicodedata

_MAX_BYTES = 255
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE | re.DOTALL
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def name_trap(name: str) -> tuple[str, str] | None:
    """Return what is wrong with the name of a file or folder, and the hint; ``None`` where every system accepts it."""
    normal = unicodedata.normalize("NFC", name)
    if normal != name:
        return "是分解形式（NFD）的编码，看起来一样，电脑上却是另一个名字", f"改为通常的编码（NFC）：{normal[:60]}"
    if _DEVICE.fullmatch(name):
        return "是 Windows 保留的设备名，Windows 上不能打开", f"换一个名字，如 {_other(name)}"
    if forbidden := _FORBIDDEN.search(name):
        return f"含有 Windows 文件名不能用的“{forbidden[0]}”", "删去它，或改用全角的标点"
    if name.endswith((".", " ")) or name.startswith(" "):
        return "以空格开头，或以句点、空格结尾，Windows 会把它去掉", f"改为 {name.strip(' ').rstrip('. ')[:60]}"
    if len(name.encode("utf-8", "replace")) > _MAX_BYTES:
        return f"太长，超过 {_MAX_BYTES} 个字节", "缩短到 80 个汉字以内"
    return None


def same_name_key(name: str) -> str:
    """Return the key under which names that are one on Windows or macOS compare equal, whatever case and encoding."""
    return (
        name.casefold()
        if name.isascii()
        else unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    )


def _other(name: str) -> str:
    stem, dot, ending = name.partition(".")
    return f"{stem.strip()}-1{dot}{ending}"[:60]
