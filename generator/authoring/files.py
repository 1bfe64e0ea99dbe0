"""Write new files, never over old ones."""

from pathlib import Path

from generator.problems import GongkaiError


def write_new(place: Path, text: str) -> Path:
    """Write a file that does not exist yet.

    Raises ``GongkaiError`` where it does, or where the folder cannot be written.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise GongkaiError(f"{place} 已经存在，没有改动它", "换一个名字，或直接编辑原来的文件") from None
    except NotADirectoryError:
        raise GongkaiError(f"{place.parent} 不是文件夹", "换一个位置") from None
    return place
