"""Making the letter of a decree as a Word file, and keeping a regency's own template for it."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from enrollment.decrees import rights
from enrollment.decrees.annexes.actions import look_of
from enrollment.decrees.letters import default, sample
from enrollment.decrees.letters.models import LetterTemplate
from enrollment.decrees.letters.rendering import BrokenTemplate, Filled, fill
from enrollment.decrees.letters.words import values_of
from enrollment.decrees.models import Decree
from villages import access
from villages.models import Office
from villages.refusals import Refusal

DISCARDED = "Rancangan ini sudah dibuang, jadi tidak ada suratnya."
IS_DEFAULT = "Templat bawaan sudah dipakai."


def letter(decree: Decree, *, by: Office) -> Filled:
    """The letter of a decree: with number and date once they are known, before that with what the
    regency's way of signing has in their place. Refusal where its own template cannot be filled."""
    rights.permit(by, "decree.draft", decree)
    if decree.state == Decree.State.WITHDRAWN:
        raise Refusal(DISCARDED)
    template = default.template() if decree.village_id else template_of(decree.regency_id)
    return _filled(template, _values(decree))


def preview(regency_id: str, *, by: Office) -> Filled:
    """The template in use with the data of the newest decree, or with invented data."""
    access.permit(by, "settings.change")
    return _filled(template_of(regency_id), values_to_show(regency_id))


def values_to_show(regency_id: str) -> dict[str, Any]:
    newest = newest_decree(regency_id)
    return _values(newest) if newest else sample.values(regency_id)


def newest_decree(regency_id: str) -> Decree | None:
    """Whose data a preview shows."""
    own = Decree.objects.filter(regency=regency_id, village=None)
    rows = own.exclude(state=Decree.State.WITHDRAWN)
    newest: Decree | None = rows.select_related("programme__fund", "signatory").first()
    return newest


def _values(decree: Decree) -> dict[str, Any]:
    return values_of(decree, look_of(decree.regency_id).signing)


def _filled(template: bytes, values: dict[str, Any]) -> Filled:
    try:
        return fill(template, values)
    except BrokenTemplate as wrong:
        raise Refusal(str(wrong)) from wrong


def template_of(regency_id: str) -> bytes:
    """The Word template in use."""
    own = LetterTemplate.objects.in_use(regency_id)
    if own is None:
        return default.template()
    with own.file.open("rb") as kept:
        content: bytes = kept.read()
    return content


@transaction.atomic
def take(file: File[bytes], *, by: Office) -> LetterTemplate:
    """Keep a regency's own template, and use it from now on. It is filled in once with real values
    first: Refusal, in words that name the tag, where that does not go."""
    access.permit(by, "settings.change")
    regency = by.area.regency_code or by.area_id
    file.seek(0)
    content = file.read()
    _filled(content, values_to_show(regency))
    return _keep(regency, by, content=content, filename=PurePath(file.name or "").name[:255])


@transaction.atomic
def back_to_default(*, by: Office) -> None:
    """Use the portal's own template again; those uploaded before stay kept."""
    access.permit(by, "settings.change")
    regency = by.area.regency_code or by.area_id
    if LetterTemplate.objects.in_use(regency) is None:
        raise Refusal(IS_DEFAULT)
    _keep(regency, by)


def _keep(regency: str, by: Office, *, content: bytes = b"", filename: str = "") -> LetterTemplate:
    kept = LetterTemplate(regency_id=regency, office=by, name=str(by.user), filename=filename)
    if content:
        kept.sha256 = hashlib.sha256(content).hexdigest()
        kept.file.save("", ContentFile(content), save=False)
    kept.save(force_insert=True)
    return kept
