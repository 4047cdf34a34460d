"""Roles that one person may not hold in one regency at one time: who breaks that, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from django.apps import apps

from villages import areas

if TYPE_CHECKING:
    from villages.models import Office, RolePair


def pairs_of(area_code: str) -> list[RolePair]:
    """The pairs that count in the regency of an area."""
    return list(apps.get_model("villages", "RolePair").objects.of(area_code).order_by("pk"))


def refused(office: Office) -> str:
    """Why its holder may not have this office, with what they hold besides; empty if they may. An
    office that is there already may always be shortened."""
    offices = apps.get_model("villages", "Office").objects
    if not office.user_id or _is_shorter(office, offices.filter(pk=office.pk).first()):
        return ""
    held = offices.filter(user=office.user_id).within(_regency(office)).exclude(pk=office.pk)
    others = [other for other in held.select_related("area") if _overlap(office, other)]
    return next(in_words([office, *others], pairs_of(office.area_id), about=office), "")


def in_words(
    held: Sequence[Office], pairs: Iterable[RolePair], about: Office | None = None
) -> Iterator[str]:
    """A sentence for each two of the offices of one person, held in one regency at one time, that
    are a pair; only with the office `about`, if given."""
    reasons = {pair.roles: pair.reason for pair in pairs}
    for one, other in combinations(held, 2):
        reason = reasons.get(frozenset({one.role, other.role}))
        meant = about is None or about in (one, other)
        if reason and meant and _regency(one) == _regency(other) and _overlap(one, other):
            yield (
                f"Satu orang tidak boleh sekaligus {_named(one)} dan {_named(other)}: {reason}. "
                "Akhiri dahulu salah satunya, atau pilih orang lain."
            )


def _named(office: Office) -> str:
    return f"{office.get_role_display()} ({office.area.name})"


def _regency(office: Office) -> str:
    return areas.at_level(office.area_id, areas.REGENCY) or office.area_id


def _is_shorter(office: Office, kept: Office | None) -> bool:
    return (
        kept is not None
        and (kept.role, kept.area_id) == (office.role, office.area_id)
        and kept.starts_on <= office.starts_on
        and _last(office) <= _last(kept)
    )


def _last(office: Office) -> date:
    return office.ends_on or date.max


def _overlap(one: Office, other: Office) -> bool:
    return one.starts_on <= _last(other) and other.starts_on <= _last(one)
