"""Files that hold people's data."""

import uuid
from collections.abc import Sequence
from os import PathLike
from typing import Any

from django.db import models


class PrivateFileField(models.FileField):
    """A file under a random name in the folder `upload_to`; the user's own name for it is stored
    in the database only.

    In migrations it is a plain FileField, so that they do not import this code.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs

    def generate_filename(self, instance: models.Model, filename: str | PathLike[str]) -> str:
        return super().generate_filename(instance, uuid.uuid4().hex)
