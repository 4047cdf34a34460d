"""What a programme asks about work."""

from __future__ import annotations

from enrollment.programmes.models import PremiumSubsidy
from enrollment.statements.models import StatementRule
from enrollment.statements.rules import Demand
from villages import access
from villages.models import Office


def demand_of(programme: PremiumSubsidy) -> Demand:
    """What a wave asks; where nobody has chosen, as the first wave of its programme does, else a
    missing statement is a warning."""
    rows = StatementRule.objects.in_bulk([programme.pk, programme.first_id or programme.pk])
    found = rows.get(programme.pk) or rows.get(programme.first_id)
    return found.demand if found else Demand()


def ask(programme: PremiumSubsidy, demand: Demand, *, by: Office) -> None:
    """Choose what a wave asks; lists that were handed in are judged by it from now on."""
    access.permit(by, "programme.make")
    values = {
        "regency_id": programme.regency_id, "weight": demand.weight, "months": demand.months,
    }  # fmt: skip
    StatementRule.objects.update_or_create(pk=programme.pk, defaults=values)
