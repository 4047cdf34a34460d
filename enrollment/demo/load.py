"""Fill an empty portal: regencies, people, accounts, programmes, and lists in every state."""

from enrollment.decrees.arrangement.models import AnnexArrangement
from enrollment.decrees.arrangement.rules import Grouping
from enrollment.demo import (
    accounts,
    afterwards,
    people,
    programmes,
    regencies,
    stories,
    traces,
    uploads,
)
from enrollment.jobs import planning
from enrollment.workers.models import Worker
from villages import scope
from villages.models import Agency, Regency, User

BY_VILLAGE = ["name", "sex", "nik", "address", "village", "occupation", "months", "cost"]
"""Columns of the annex of a regency that groups it by its villages."""


class NotEmpty(Exception):
    """The portal already has accounts."""


def load(today, demos=regencies.DEMOS):
    """Load the demo as of `today`. Returns the log-ins as text; raises NotEmpty."""
    with scope.whole_country("demo"):
        if User.objects.exists():
            raise NotEmpty
        crowds = {demo.code: _people(demo, today) for demo in demos}
        accounts.second_offices(demos, today)
        accounts.give_second_factor()
        traces.leave(demos, today)
        stories.play(programmes.make(demos, today))
        planning.refresh(Worker.objects.count())
        traces.die_approved(demos, today)
        uploads.upload(crowds)
        afterwards.happen(demos, today)
        traces.look(demos, today)
        return accounts.printed(demos)


def _people(demo, today):
    _regency(demo)
    crowd = people.Crowd(demo, today)
    crowd.invent()
    accounts.Staff(demo, today).hire()
    return crowd


def _regency(demo):
    words = ("village_word", "village_head_word", "labour_office", "decree_city")
    Regency.objects.create(
        area_id=demo.code,
        bupati_name=demo.bupati,
        **{word: getattr(demo, word) for word in words},
    )
    if demo.village_word != "desa":
        AnnexArrangement.objects.create(
            regency_id=demo.code, columns=BY_VILLAGE, grouping=Grouping.VILLAGE
        )
    Agency.objects.bulk_create(Agency(regency_id=demo.code, name=name) for name in demo.agencies)
