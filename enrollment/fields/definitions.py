"""The types of the table `person.FIELDS`: what it says of each field of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Kind(Enum):
    """The kind of value, which decides the type of the field's columns."""

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
    """How a value is masked until somebody asks to see it, which is recorded."""

    NUMBER = "number"
    NAME = "name"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Input:
    """How the form asks for the field.

    `label`: if it differs from that of the field. `longest`: characters accepted, if more than are
    kept (so that the rules see all that was typed). `unreadable`: the error when something was
    typed that cannot be read. `half`: two such inputs share a line.
    """

    hint: str = ""
    label: str = ""
    longest: int | None = None
    unreadable: str = ""
    half: bool = False


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """The field's column in the blank template: its width in characters, how to fill it, an
    invented example. `unlisted` is the warning about an entry that is not among its choices.
    """

    width: int
    how: str
    example: str
    unlisted: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a person.

    `name`: the name of its cell on a sheet, its input in the form, its value in `rules.Checked`.
    `label`: its name on pages.
    `heading`: what the portal writes above its column in a workbook.
    `words`: what a heading that means it must say: alternatives of words, divided by "|", in the
    spelling of `sheets/vocabulary.py`. `beside`: words that may stand beside them, as they belong
    to this field. `alone`: the words are so common that an unknown word beside them means another
    thing ("Status Gizi").
    `longest`: characters stored; the import's row keeps all that was typed.
    `keyboard`: the keyboard that a phone offers for it (HTML's inputmode).
    `kept`: it is stored of a registered person. `column_name`, `staged_name`: its columns in
    `Worker` and `ImportRow`, if named differently; read them as `column` and `staged`.
    `compared`: a list that names a registered person may change it.
    `claimed`: it is shown to the Dinas when a second village enters a registered person.
    `mask`: how it is hidden on pages.
    `personal`: filled for actual people only, never beforehand in the empty rows of a form.
    `input`, `template`: how the form asks for it and its column in the blank template, if any.
    """

    name: str
    label: str
    heading: str
    words: str
    beside: str = ""
    alone: bool = False
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
    """A part of the form: the names of its fields, and of those folded away below `more`."""

    key: str
    title: str
    fields: tuple[str, ...]
    more: str = ""
    folded: tuple[str, ...] = ()
