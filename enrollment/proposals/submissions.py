"""The villages, filtered by whether they have handed in, each with its list."""

from dataclasses import dataclass
from datetime import datetime

import django_filters
from django.db.models import Exists, Min, OuterRef

from enrollment.programmes.filters import DistrictFilter
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.verbs import State
from enrollment.schedules import actions as schedules
from enrollment.standing import Standing
from villages.models import Area

BEGUN = Standing("plain", "Masih disusun")
NOT_BEGUN = Standing("attention", "Belum mengajukan")
LATE = Standing("refused", "Terlambat", "Batas pengajuannya sudah lewat")
"""The Standing of a village that has not handed in."""


class SubmissionFilter(django_filters.FilterSet):
    """`SubmissionFilter(data, queryset=villages, request=…, programme=…)`."""

    q = django_filters.CharFilter(
        label="Cari nama wilayah", field_name="name", lookup_expr="icontains"
    )
    kecamatan = DistrictFilter()
    pengajuan = django_filters.ChoiceFilter(
        label="Pengajuan",
        method="by_submission",
        choices=[("sudah", "Sudah mengajukan"), ("belum", "Belum mengajukan")],
        empty_label="Semua",
    )

    class Meta:
        model = Area
        fields = ()

    def __init__(self, data, *, queryset, request, programme):
        self.programme = programme
        self.lists = Proposal.objects.filter(programme=programme, agency=None)
        super().__init__(data, queryset=queryset, request=request)

    @property
    def chosen(self):
        return {name: self.data[name] for name in self.filters if self.data.get(name)}

    def by_submission(self, rows, name, value):
        came = Exists(self.lists.handed_in().filter(area=OuterRef("pk")))
        return rows.filter(came if value == "sudah" else ~came)

    def add_proposals(self, page):
        """Give each village of a page its district and its list with the people counted."""
        rows = self.lists.filter(area__in=[area.pk for area in page]).with_counts()
        lists = {proposal.area_id: proposal for proposal in rows}
        districts = Area.objects.in_bulk({area.district_code for area in page})
        since = _since([proposal.pk for proposal in rows])
        late = schedules.late(self.programme, [area.pk for area in page])
        for area in page:
            area.proposal, area.district = lists.get(area.pk), districts[area.district_code]
            area.holders = _holders(area.proposal, since) if area.proposal else []
            area.is_late = area.pk in late
            area.standing = LATE if area.is_late else BEGUN if area.proposal else NOT_BEGUN


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has people of a list before them now: how many, in which state, since when at most."""

    who: str
    state: str
    people: int
    since: datetime | None


def _holders(proposal, since):
    """Those who are to act next on a list, the proposer first."""
    following = (
        (State.RETURNED, "pengusul"),
        (State.CHECKING, proposal.via.receiver),
        (State.SUBMITTED, "verifikator"),
        (State.VERIFIED, "penyetuju"),
        (State.COSIGNED, "penyetuju berikutnya"),
    )
    people = {state: getattr(proposal, f"people_{state}") for state, _ in following}
    return [
        Holder(who, state.value, people[state], since.get((proposal.pk, state)))
        for state, who in following
        if people[state]
    ]


def _since(lists):
    """(list, state) → since when somebody on it has been in that state, for those that wait."""
    rows = Entry.objects.filter(proposal__in=lists).exclude(
        state__in=[State.DRAFT, State.APPROVED, State.REJECTED, State.WAITING]
    )
    rows = rows.order_by().values_list("proposal", "state").annotate(since=Min("changed_at"))
    return {(proposal, state): moment for proposal, state, moment in rows}
