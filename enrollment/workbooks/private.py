"""Files that hold people's data, and which rows name them."""

import uuid
from collections.abc import Sequence
from os import PathLike
from typing import Any

from django.apps import apps
from django.db import models


class PrivateFileField(models.FileField):
    """A file under a random name in the folder `upload_to`; the user's own name for it is stored
    in the database only. A row whose file is kept no longer has an empty name.

    In migrations it is a plain FileField, so that they do not import this code.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs

    def generate_filename(self, instance: models.Model, filename: str | PathLike[str]) -> str:
        return super().generate_filename(instance, uuid.uuid4().hex)


def columns() -> list[tuple[type[models.Model], PrivateFileField]]:
    """Every model that names files, with its column for them."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, PrivateFileField)
    ]


def folders() -> set[str]:
    """The folders of files that rows name."""
    return {str(field.upload_to) for _, field in columns()}


def named() -> set[str]:
    """The files that a row names, of those rows that the scope shows."""
    return {
        name
        for model, field in columns()
        for name in model._default_manager.exclude(**{field.name: ""}).values_list(
            field.name, flat=True
        )
    }
