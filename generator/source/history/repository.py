"""The git repository of a project: the commit that is checked out, and its objects without its configuration.

``Repository.find`` runs git in the repository for a few facts only, which starts no other program. Everything else is
read through a temporary git folder with the repository's objects and none of its settings, so that no filter, hook,
signature check, external diff or later setting can run a program, and no bare repository below the site is used.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.source.history.run_git import GitRefusal, HistoryGap, open_git, run_git

_FACTS = ("--absolute-git-dir", "--git-common-dir", "--is-shallow-repository", "--show-object-format")
# The only settings of a repository that are used: how its file system stores files.
_FILE_SETTINGS = frozenset(
    {"core.autocrlf", "core.eol", "core.filemode", "core.ignorecase", "core.precomposeunicode", "core.symlinks"}
)
_NO_CONFIG = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1"}


class Objects(NamedTuple):
    """Runs git on the objects of a repository, without its configuration."""

    folder: Path
    environment: dict[str, str]

    def ask(self, *arguments: str) -> bytes:
        """Run git and return its output; raises ``HistoryGap``."""
        return run_git(self.folder, *arguments, environment=self.environment)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start git with pipes to and from it; raises ``HistoryGap``."""
        return open_git(self.folder, *arguments, environment=self.environment)


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository of a project; ``prefix`` is the project's place in it, empty or with a slash at its end.

    ``head`` is the commit that is checked out.
    """

    project: Path
    top: Path
    prefix: str
    git_dir: Path
    common_dir: Path
    is_shallow: bool
    object_format: str
    head: str

    @classmethod
    def find(cls, project: Path) -> "Repository":
        """Return the repository that holds a project.

        Only a folder with ``.git`` in it or above counts, not one that merely has the files of a bare repository.
        Raises ``HistoryGap`` without git, a repository or a commit, and where git refuses, as for another user's files.
        """
        place = project.resolve()
        top = next((folder for folder in (place, *place.parents) if _holds_git_dir(folder)), None)
        if top is None:
            hint = "，环境变量 GIT_DIR 不用" if "GIT_DIR" in os.environ else ""
            raise HistoryGap(f"这里不是 git 仓库（网站文件夹和它的上级都没有 .git{hint}）")
        try:
            output = run_git(top, "rev-parse", *_FACTS, "HEAD", environment={"GIT_WORK_TREE": str(top)})
        except GitRefusal as refusal:
            if "HEAD" in refusal.reason and "revision" in refusal.reason:
                raise HistoryGap("仓库里还没有提交") from None
            raise
        git_dir, common_dir, shallow, object_format, head = os.fsdecode(output).splitlines()[:5]
        prefix = place.relative_to(top).as_posix()
        return cls(
            project=place,
            top=top,
            prefix="" if prefix == "." else f"{prefix}/",
            git_dir=Path(git_dir),
            common_dir=top / common_dir,
            is_shallow=shallow != "false",
            object_format=object_format,
            head=head,
        )

    @property
    def is_partial(self) -> bool:
        """Whether it is a partial clone, whose missing objects would be fetched on demand."""
        return any((self.common_dir / "objects" / "pack").glob("*.promisor"))

    @contextlib.contextmanager
    def objects(self) -> Iterator[Objects]:
        """Give access to the commits and contents of the repository; raises ``HistoryGap``."""
        try:
            with tempfile.TemporaryDirectory(prefix="gongkai-git-", ignore_cleanup_errors=True) as name:
                folder = Path(name)
                self._write_git_dir(folder)
                yield Objects(
                    folder,
                    {**_NO_CONFIG, "GIT_DIR": name, "GIT_OBJECT_DIRECTORY": str(self.common_dir / "objects")},
                )
        except OSError as error:
            raise HistoryGap(f"临时文件夹用不了，没有读历史（{error.strerror or error}）") from None

    @contextlib.contextmanager
    def work_tree(self) -> Iterator[Objects]:
        """Give access to the files of the project and git's index as well; raises ``HistoryGap``."""
        settings = self._file_settings()
        with self.objects() as objects:
            for place in (*self.git_dir.glob("sharedindex.*"), self.common_dir / "info" / "exclude"):
                if place.is_file():
                    target = objects.folder / place.relative_to(place.parents[place.name == "exclude"])
                    target.parent.mkdir(exist_ok=True)
                    shutil.copyfile(place, target)
            numbered = {
                name: value
                for number, (key, setting) in enumerate(settings.items())
                for name, value in ((f"GIT_CONFIG_KEY_{number}", key), (f"GIT_CONFIG_VALUE_{number}", setting))
            }
            yield Objects(
                self.project,
                {
                    **objects.environment,
                    **numbered,
                    "GIT_CONFIG_COUNT": str(len(settings)),
                    "GIT_WORK_TREE": str(self.top),
                    "GIT_INDEX_FILE": str(self.git_dir / "index"),
                },
            )

    def _write_git_dir(self, folder: Path) -> None:
        (folder / "refs").mkdir()
        (folder / "HEAD").write_text(f"{self.head}\n", encoding="ascii")
        version = 0 if self.object_format == "sha1" else 1
        config = f"[core]\n\trepositoryformatversion = {version}\n"
        if version:
            config += f"[extensions]\n\tobjectFormat = {self.object_format}\n"
        (folder / "config").write_text(config, encoding="ascii")
        if self.is_shallow:
            shutil.copyfile(self.common_dir / "shallow", folder / "shallow")

    def _file_settings(self) -> dict[str, str]:
        listed = run_git(self.top, "config", "--list", "-z", environment={"GIT_WORK_TREE": str(self.top)})
        pairs = (entry.partition("\n") for entry in os.fsdecode(listed).split("\0"))
        return {key: value for key, _, value in pairs if key in _FILE_SETTINGS}


def head_commit(project: Path) -> str | None:
    """Return the commit that is checked out, ``None`` where it cannot be read."""
    try:
        return Repository.find(project).head
    except HistoryGap:
        return None


def content_commit(project: Path) -> str | None:
    """Return the last commit that changed anything under ``content/``, ``None`` where it cannot be read."""
    options = ("-1", "--first-parent", "-m", "--format=%H", "--no-patch")
    try:
        repository = Repository.find(project)
        with repository.objects() as objects:
            return objects.ask("log", *options, "--", f"{repository.prefix}content").decode().strip() or None
    except HistoryGap:
        return None


def _holds_git_dir(folder: Path) -> bool:
    """Whether a folder is the top of a work tree: it holds ``.git``, a folder or the file that names its place."""
    place = folder / ".git"
    try:
        return place.is_file() or (place / "HEAD").exists() or (place / "HEAD").is_symlink()
    except OSError:  # a folder without read permission
        return False
