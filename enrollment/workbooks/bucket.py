"""Files in a bucket of S3, or of a server that speaks the same language.

Apart from `storing.py`, so that a portal with a folder does not load Amazon's library.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, cast

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from enrollment.workbooks.storing import FilesAway, Kept

CONNECT_WITHIN = 5  # seconds
ANSWER_WITHIN = 20
"""Seconds in which the server must send the next bytes; a page that waits holds a thread."""
TRIES = 2
AWAY = "The storage of files does not answer as it should"


class Bucket(S3Storage):
    """The storage of several machines.

    A file is copied before it is read, so that what the network does ends a request before its
    answer has begun. The copy has no name: it goes with the process, however that ends.
    """

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.file_overwrite = False
        self.client_config = Config(
            signature_version="s3v4",
            connect_timeout=CONNECT_WITHIN,
            read_timeout=ANSWER_WITHIN,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            s3={"addressing_style": self.addressing_style or "auto"},
            # Servers other than Amazon's do not all know the newer checksums; TLS has its own.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # In the thread that asks: a request needs no more memory than one part of the file.
        self.transfer_config = TransferConfig(use_threads=False, num_download_attempts=TRIES)

    @property
    def bucket(self) -> Any:
        """Each thread has its own, because the library's objects are not safe to share."""
        return self.connection.Bucket(self.bucket_name)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        copy = tempfile.TemporaryFile()  # noqa: SIM115, whoever opened the file closes it
        try:
            with _asking():
                stored = self.bucket.Object(self._normalize_name(name))
                stored.download_fileobj(copy, Config=self.transfer_config)
        except BaseException:
            copy.close()
            raise
        copy.seek(0)
        return File(copy, name)

    def _save(self, name: str, content: IO[bytes] | File[bytes]) -> str:
        with _asking():
            return cast(str, super()._save(name, content))

    def delete(self, name: str) -> None:
        with _asking():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _asking():
            return bool(super().exists(name))

    def url(self, name: str, *_: Any, **__: Any) -> str:
        raise NotImplementedError("Files with people's data have no address of their own.")

    @contextmanager
    def on_disk(self, name: str) -> Iterator[Path]:
        with self._open(name) as copy:
            # Whoever opens this path has a position of its own in the file.
            yield Path(f"/proc/self/fd/{copy.fileno()}")

    def kept(self, folder: str) -> Iterator[Kept]:
        prefix = f"{self._normalize_name(folder)}/"
        with _asking():
            for stored in self.bucket.objects.filter(Prefix=prefix):
                name = stored.key.removeprefix(prefix)
                yield Kept(f"{folder}/{name}", stored.last_modified)

    def answers(self) -> bool:
        with _asking():
            list(self.bucket.objects.limit(1))
        return True


@contextmanager
def _asking() -> Iterator[None]:
    """Turn what the library raises into the exceptions that a folder would raise, or FilesAway."""
    try:
        yield
    except ClientError as error:
        raise _meaning(error) from error
    except (BotoCoreError, Boto3Error, RetriesExceededError) as error:
        raise FilesAway(f"{AWAY} ({type(error).__name__})") from error


def _meaning(error: ClientError) -> Exception:
    """What the server has answered. A refused key or a bucket that is not there is for the operator
    to repair, so it is no different from a server that is away."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if status == HTTPStatus.NOT_FOUND and code != "NoSuchBucket":
        return FileNotFoundError(errno.ENOENT, "The bucket has no such file")
    if status == HTTPStatus.INSUFFICIENT_STORAGE:
        return OSError(errno.ENOSPC, "The bucket is full")
    return FilesAway(f"{AWAY} ({status} {code})")
