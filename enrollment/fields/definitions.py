"""The shape of the table `person.FIELDS`: what it says of each field of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Kind(Enum):
    """What a value of the field is, and so the type of its columns."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    RUPIAH = "rupiah"


class Need(StrEnum):
    """Whether the field must be filled, in the words of the template's explanation."""

    MUST = "Wajib"
    LATER = "Wajib sebelum diusulkan"
    MAY = "Boleh kosong"


class Mask(Enum):
    """How a value is hidden until somebody asks for it and is recorded asking."""

    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Input:
    """How the form asks for the field.

    `label`: where the form asks in other words than pages tell. `longest`: characters accepted,
    where that differs from what is kept (more, so that the rules see what was typed). `unreadable`:
    what to say when something was typed and nothing could be read. `half`: two stand in one line.
    """

    hint: str = ""
    label: str = ""
    longest: int | None = None
    unreadable: str = ""
    half: bool = False


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """The field's column in the blank template: its width in characters, how to fill it, an
    invented example. `unlisted` is said of what is typed and not among its choices.
    """

    width: int
    how: str
    example: str
    unlisted: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a person.

    `name`: of its cell on a sheet, its input in the form, its value in `rules.Checked`.
    `label`: what pages call it.
    `heading`: what the portal writes above a column of it.
    `pattern`: a regular expression over the whole normalised heading of a column that means it.
    `longest`: characters kept of it; what was typed stays whole in the import's row.
    `keyboard`: what a phone offers for typing it (HTML's inputmode).
    `kept`: a registered person has it. `column_name`, `staged_name`: its columns in `Worker` and
    `ImportRow`, where they have another name; to be read as `column` and `staged`.
    `compared`: a list that names a registered person may change it.
    `claimed`: the Dinas sees it of a person whom a second village enters.
    `mask`: how it is hidden on pages.
    `personal`: filled by a person, and by no form prepared for a whole village.
    `input`, `template`: its place in the form and in the blank template, if it has one.
    """

    name: str
    label: str
    heading: str
    pattern: str
    kind: Kind = Kind.TEXT
    longest: int | None = None
    need: Need = Need.MAY
    keyboard: str = "text"
    kept: bool = True
    column_name: str = ""
    staged_name: str = ""
    compared: bool = True
    claimed: bool = False
    mask: Mask | None = None
    personal: bool = True
    input: Input | None = None
    template: TemplateColumn | None = None

    @property
    def column(self) -> str:
        return self.column_name or self.name

    @property
    def staged(self) -> str:
        return self.staged_name or self.column


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: the names of its fields, and of those that are folded away below."""

    key: str
    title: str
    fields: tuple[str, ...]
    more: str = ""
    folded: tuple[str, ...] = ()
