"""Who can be added to a list: people of the office who are on no list of the programme yet."""

import django_filters

from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import ENDED
from enrollment.workers import search
from enrollment.workers.filters import (
    CompletenessFilter,
    NameFilter,
    PlaceFilter,
    offer_places,
)
from enrollment.workers.models import Occupation, Worker


def candidates_for(proposal, office):
    """Active people of the office who are on no list of the programme that it can see."""
    listed = Entry.objects.filter(programme=proposal.programme_id).exclude(state__in=ENDED)
    # NOT IN reads the listed people once. NOT EXISTS looks up each person; right after a bulk load,
    # with old statistics, the planner would read the whole list for each of them.
    people = Worker.objects.visible_to(office).active().exclude(pk__in=listed.values("worker"))
    # Not joined: PostgreSQL would join everybody before it takes the rows of one page.
    return people.prefetch_related("occupation", "area")


class PickFilter(django_filters.FilterSet):
    """`PickFilter(data, queryset=candidates_for(…), office=…)`."""

    q = NameFilter("Cari nama atau NIK", widget=search.UnsavedTextInput)
    pekerjaan = django_filters.ModelChoiceFilter(
        label="Pekerjaan", field_name="occupation", queryset=Occupation.objects.all()
    )
    kelengkapan = CompletenessFilter("Kelengkapan data")
    wilayah = PlaceFilter()

    class Meta:
        model = Worker
        fields = ()

    def __init__(self, data, *, queryset, office):
        super().__init__(data, queryset=queryset)
        offer_places(self.filters, office)

    @property
    def chosen(self):
        return {name: self.data[name] for name in self.filters if self.data.get(name)}

    def by_name(self, rows, name, value):
        return search.named(rows, value)
