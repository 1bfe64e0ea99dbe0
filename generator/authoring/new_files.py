"""Write new files without overwriting existing ones."""

from pathlib import Path

from generator.domain.problems import GongkaiError


def write_new(place: Path, content: str | bytes) -> Path:
    """Write a new file and return its path; text is encoded as UTF-8.

    Raises ``GongkaiError`` if the file exists, or if its parent is not a folder.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
    except FileExistsError:
        raise GongkaiError(f"{place} 已经存在，没有改动它", "换一个名字，或直接编辑原来的文件") from None
    except NotADirectoryError:
        raise GongkaiError(f"{place.parent} 不是文件夹", "换一个位置") from None
    return place
