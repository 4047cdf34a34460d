"""The waves (tahap) of a programme: their sum, and a proposal for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enrollment.coverage.rules import month_after
from enrollment.programmes import actions
from enrollment.programmes.models import PremiumSubsidy
from villages.models import Office

COPIED = (
    *("fund_id", "category", "segment", "components", "wage", "village_quota", "waiting_order"),
    *("minimum_age", "maximum_age", "required_registry", "family_limit", "consent_required"),
)
"""What a new wave takes over from the one before it, until somebody changes it."""


@dataclass(frozen=True)
class Sum:
    """A programme as a whole: rupiah of all its waves that the office may see."""

    waves: list[PremiumSubsidy]

    @property
    def several(self) -> bool:
        return len(self.waves) > 1

    @property
    def ceiling(self) -> int:
        return sum(wave.ceiling for wave in self.waves)

    @property
    def committed(self) -> int:
        return sum(wave.committed for wave in self.waves)

    @property
    def left(self) -> int:
        return self.ceiling - self.committed


def of(programme: PremiumSubsidy, office: Office) -> Sum | None:
    """The waves of a programme; None if it has one."""
    if not programme.wave_name:
        return None
    rows = PremiumSubsidy.objects.visible_to(office).waves_of(programme).select_related("fund")
    return Sum(list(rows))


def latest(programme: PremiumSubsidy) -> PremiumSubsidy:
    return PremiumSubsidy.objects.waves_of(programme).reverse()[0]


def following(programme: PremiumSubsidy, today: date) -> PremiumSubsidy:
    """A wave that may follow, not saved: the rules of the latest one, for the rest of the year
    after it, or from the next month that can be paid where the latest one lasts to the end of
    the year. Its occupations are those of `latest`, once it is saved."""
    last = latest(programme)
    number = actions.following_wave(programme)
    wave = PremiumSubsidy(
        name=last.name, year=last.year, wave=number, wave_name=actions.usual_name(number),
        source=PremiumSubsidy.Source.AMENDED, **{name: getattr(last, name) for name in COPIED},
    )  # fmt: skip
    wave.first_month = _beginning(last, today)
    wave.months = 13 - wave.first_month.month
    return wave


def _beginning(last: PremiumSubsidy, today: date) -> date:
    after = month_after(last.first_month, last.months)
    coming = max(month_after(today), date(last.year, 1, 1))
    possible = (month for month in (after, coming) if month.year == last.year)
    return max(possible, default=date(last.year, 12, 1))
