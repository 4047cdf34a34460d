"""Where files with people's data are kept: in a folder, or in a bucket that several machines share
(`bucket.py`).

Rooms save and delete through Django's default storage. What Django has no word for is here, the
same for both kinds: a file as a path for a program that needs one, how old the files are, and
whether the storage answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple, Protocol, cast

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage


class FilesAway(Exception):
    """The storage does not answer, or not as it should. What was asked can be asked again later."""


class Kept(NamedTuple):
    """A file in the storage and when it was written."""

    name: str
    at: datetime


class Files(Protocol):
    """What both kinds can do."""

    def save(self, name: str, content: IO[bytes] | File[bytes]) -> str: ...
    def delete(self, name: str) -> None: ...
    def exists(self, name: str) -> bool: ...

    def on_disk(self, name: str) -> AbstractContextManager[Path]:
        """A path at which the file can be read within the block."""

    def kept(self, folder: str) -> Iterator[Kept]:
        """All files of a folder."""

    def answers(self) -> bool:
        """Whether the storage can be used; raises FilesAway if it is asked in vain."""


def files() -> Files:
    """The storage of this portal."""
    return cast(Files, default_storage)


class Folder(FileSystemStorage):
    """Files in a folder of this machine."""

    @contextmanager
    def on_disk(self, name: str) -> Iterator[Path]:
        yield Path(self.path(name))

    def kept(self, folder: str) -> Iterator[Kept]:
        place = Path(self.path(folder))
        for path in place.iterdir() if place.is_dir() else ():
            with suppress(FileNotFoundError):  # deleted meanwhile
                written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                yield Kept(f"{folder}/{path.name}", written)

    def answers(self) -> bool:
        """Its disk is looked at elsewhere, since the bodies of requests lie there too."""
        return True
