"""Tasks whose files travel through an object store: packed by the coordinator, done by a worker, taken back.

A worker keeps the sites that it has unpacked, and the caches of their builds, in its own scratch folder; Dask removes
it when the worker ends.
"""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from generator.domain.problems import GongkaiError, OutputError, reason_of
from generator.fleet.fingerprint import named_files
from generator.fleet.packing import History, history_of, pack_folder, pack_site, unpack_folder, unpack_site
from generator.fleet.storage import Storage, StoredFile
from generator.fleet.tasks import Outcome, Task, work
from generator.publish.output.site_tree import PreviousOutput, SiteTree
from generator.publish.output.staging import open_staging, resolve_output

_FOLDER = "gongkai-sites"


@dataclass(frozen=True, kw_only=True)
class StoredTask:
    """A task, and where its files are in the store."""

    task: Task
    storage: Storage
    sources: StoredFile
    history: History | None
    objects: StoredFile | None


class Sender:
    """Puts the files of sites into the store; objects of a repository that several sites share are sent once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._sources: dict[str, StoredFile] = {}
        self._objects: dict[tuple[Path, str], StoredFile] = {}

    def send(self, task: Task) -> StoredTask:
        """Return a task whose files are in the store.

        Raises ``GongkaiError`` where they cannot be read, or the store cannot be written.
        """
        project = task.config_path.parent
        with _temporary_file() as place:
            history = history_of(project)
            named = named_files(task.config_path, task.platform.settings)
            pack_site(project, task.platform.folder, history, place, named=named)
            sources = StoredFile.of(place, f"sources/{task.site}.tar.gz")
            if self._sources.get(task.site) != sources:
                self._sources[task.site] = self._storage.put(place, sources.name)
        return StoredTask(
            task=task,
            storage=self._storage,
            sources=sources,
            history=history,
            objects=self._sent_objects(history) if history else None,
        )

    def _sent_objects(self, history: History) -> StoredFile:
        key = history.objects, history.commit
        if key not in self._objects:
            with _temporary_file() as place:
                pack_folder(history.objects, place)
                self._objects[key] = self._storage.put(place, f"objects/{len(self._objects)}-{history.commit}.tar.gz")
        return self._objects[key]


@contextmanager
def _temporary_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gongkai-pack-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "pack.tar.gz"


def work_stored(stored: StoredTask) -> Outcome:
    """Do a task with the files from the store, and put the built site there; it runs in a worker."""
    task = stored.task
    folder = _scratch() / task.site
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        project, platform = _unpacked(stored, folder)
        outcome = _as_sent(work(_there(task, folder, project, platform)), project, task.config_path.parent)
        if task.output and outcome.result and not outcome.result.blocking and not outcome.error:
            with _temporary_file() as place:
                pack_folder(folder / "built", place)
                built = stored.storage.put(place, f"built/{task.site}-{uuid.uuid4().hex}.tar.gz")
            return replace(outcome, built=built)
        return outcome
    except GongkaiError as error:
        return Outcome(job=task.job, site=task.site, error=error.message, hint=error.hint)
    except OSError as error:
        message = f"工作节点上写不了 {folder}（{reason_of(error)}）"
        return Outcome(job=task.job, site=task.site, error=message, hint="检查磁盘空间和权限，再运行一次")
    finally:
        shutil.rmtree(folder / "built", ignore_errors=True)


def _there(task: Task, folder: Path, project: Path, platform: Path) -> Task:
    """Return the task as the worker does it."""
    return replace(
        task,
        config_path=project / task.config_path.name,
        cache_of=_Beside(folder / "cache"),
        platform=replace(task.platform, folder=platform if task.platform.folder else None),
        output=folder / "built" if task.output else None,
    )


def _scratch() -> Path:
    from distributed import get_worker

    folder = Path(get_worker().local_directory) / _FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@dataclass(frozen=True)
class _Beside:
    """Gives the one cache of a site in the folder of a worker."""

    folder: Path

    def __call__(self, _project: Path) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.folder / "cache.db"


def _unpacked(stored: StoredTask, folder: Path) -> tuple[Path, Path]:
    """Return the folder of the site and that of the platform, unpacked once for the same files."""
    mark = folder / "sources"
    if mark.is_file() and mark.read_text("ascii") == stored.sources.sha256:
        return Path((folder / "project").read_text("utf-8")), folder / "files" / "platform"
    mark.unlink(missing_ok=True)
    shutil.rmtree(folder / "files", ignore_errors=True)
    objects = _objects(stored)
    with _temporary_file() as place:
        stored.storage.get(stored.sources, place)
        project, platform = unpack_site(place, folder / "files", stored.history, objects)
    (folder / "project").write_text(str(project), "utf-8")
    mark.write_text(stored.sources.sha256, "ascii")
    return project, platform


def _objects(stored: StoredTask) -> Path | None:
    """Return the objects of the repository of a site; several sites of one repository have one copy."""
    if stored.objects is None:
        return None
    folder = _scratch() / "_objects" / stored.objects.sha256
    if not folder.is_dir():
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        with _temporary_file() as place:
            stored.storage.get(stored.objects, place)
            unpack_folder(place, part)
        part.rename(folder)
    return folder


def _as_sent(outcome: Outcome, here: Path, there: Path) -> Outcome:
    """Return an outcome whose messages name the folder of the site on the machine of the operator."""
    message, hint = (text.replace(str(here), str(there)) for text in (outcome.error, outcome.hint))
    return replace(outcome, error=message, hint=hint)


def receive(outcome: Outcome, task: Task, storage: Storage) -> Outcome:
    """Put the site that a worker has built in its place, in one step; a failure is in the outcome."""
    if outcome.built is None or task.output is None:
        return outcome
    target = resolve_output(task.output)
    try:
        with _temporary_file() as place:
            storage.get(outcome.built, place)
            staging = open_staging(target, None, None)
            try:
                unpack_folder(place, staging.folder)
                staging.commit(PreviousOutput.of(task.cache_of(task.config_path.parent), target), SiteTree({}, {}))
            finally:
                staging.discard()
        storage.remove(outcome.built)
    except GongkaiError as error:
        return Outcome(job=task.job, site=task.site, title=outcome.title, error=error.message, hint=error.hint)
    except OSError as error:
        failure = OutputError(f"写不了 {target}：{reason_of(error)}", "检查磁盘空间和权限；原来的网站没有动")
        return Outcome(job=task.job, site=task.site, title=outcome.title, error=failure.message, hint=failure.hint)
    return replace(outcome, built=None)
