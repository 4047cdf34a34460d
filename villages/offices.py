"""Giving, ending and handing over an office: the verbs of a regency's admin.

An office is never deleted and changes neither holder nor place, since everything that was done in
it refers to it. It ends, and another one begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from enrollment.formats import tanggal
from villages import access
from villages.models import BACKWARDS, MANAGED_ELSEWHERE, NOT_TOGETHER, TWO_HEADS, Office, User
from villages.refusals import Refusal, translating

SENTENCES = MANAGED_ELSEWHERE | {
    "one_head_at_a_time": TWO_HEADS,
    "duties_stay_apart": NOT_TOGETHER,
}
MANAGE = "settings.change"
LONGEST_TERM = 8
"""Years for which a village head is elected (Law 3/2024, article 39); no other term is longer."""
FARTHEST = timedelta(days=366)
"""How far ahead an office may be handed over."""


def give(office: Office, *, by: Office | None) -> None:
    """Save a new office, with its account if that is new too, or another term of one.

    `by` None is the platform.
    """
    access.permit_for(office.user, by, MANAGE)
    if office.is_backwards:
        raise Refusal(BACKWARDS)
    with _all_or_nothing(office.user):
        office.user = office.user  # takes over the key of an account that was just made
        office.save()


def hand_over(office: Office, *, to: User, on: date, by: Office | None) -> Office:
    """End an office the day before `on` and begin the same one for `to`: both or neither.

    `to` may be an account that is not saved yet: it is made in the same act.
    """
    for account in (office.user, to):
        access.permit_for(account, by, MANAGE)
    if to.pk == office.user_id:
        raise Refusal("Orang itu sudah memegang jabatan ini. Pilih orang lain.")
    with _all_or_nothing(to):
        ending = Office.objects.select_for_update().get(pk=office.pk)
        if on <= ending.starts_on:
            raise Refusal(
                "Penggantinya baru dapat mulai sesudah hari pertama jabatan yang diserahkan. "
                "Pilih tanggal yang lebih lambat."
            )
        last = on - timedelta(days=1)
        if ending.ends_on and ending.ends_on < last:
            raise Refusal(
                f"Jabatan ini berakhir {tanggal(ending.ends_on)}. Penggantinya mulai paling lambat "
                "sehari sesudahnya; sesudah itu beri jabatan baru di halaman akunnya."
            )
        if on > timezone.localdate() + FARTHEST:
            raise Refusal(f"{tanggal(on)} masih lebih dari setahun lagi. Periksa tahunnya.")
        same = Office.objects.filter(user=to, role=ending.role, area=ending.area_id)
        if to.pk and same.filter(agency=ending.agency_id).held_on(on).exists():
            raise Refusal("Orang itu sudah memegang jabatan yang sama. Pilih orang lain.")
        ending.ends_on = min(ending.ends_on or last, last)
        ending.save(update_fields=["ends_on"])
        return _begun(ending, to, on)


def _begun(ending: Office, to: User, on: date) -> Office:
    """The same office, saved for its next holder."""
    successor = Office(
        user=to, role=ending.role, area_id=ending.area_id, agency_id=ending.agency_id, starts_on=on
    )
    try:
        successor.full_clean()
    except ValidationError as wrong:
        raise Refusal(" ".join(wrong.messages)) from None
    successor.save()
    return successor


@contextmanager
def _all_or_nothing(account: User) -> Iterator[None]:
    """One transaction, in which a new account is saved first; if it fails, the account is new
    again."""
    is_new = account.pk is None
    try:
        with translating(SENTENCES), transaction.atomic():
            if is_new:
                account.save()
            yield
    except Refusal:
        if is_new:
            account.pk, account._state.adding = None, True
        raise
