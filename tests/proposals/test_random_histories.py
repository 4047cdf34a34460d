"""Whatever happens in whatever order, places, months and money of every wave add up after every
step: lists, decisions, tariffs, decrees, people who leave and who takes their place, by month.

A step that the portal refuses is as good as one that it takes: it must leave everything as it was.
With EVERY=1 a thousand histories.
"""

from collections import Counter, defaultdict
from contextlib import suppress
from datetime import date
from itertools import count

import hypothesis
import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from enrollment.coverage.models import Cover
from enrollment.coverage.rules import month_after, months_between
from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.leavings.models import Leaving
from enrollment.programmes import actions as programmes
from enrollment.programmes import months, waves
from enrollment.programmes.models import PremiumSubsidy, Quota, TariffDiscount
from enrollment.proposals import actions as proposals
from enrollment.proposals import decisions, replacing, repricing
from enrollment.proposals.models import Cosignature, Entry, EntryCount, Proposal, Repricing
from enrollment.proposals.verbs import HOLDS_MONEY, HOLDS_PLACE, VERBS
from enrollment.workers.models import Occupation, Worker
from tests import people
from tests.bands.asking import bands
from tests.decrees import drafts, signing
from tests.leavings import stories
from tests.proposals import making
from tests.proposals.papers.signing import JPEG
from tests.selection import EVERY
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
HISTORIES = 1_000 if EVERY else 15
VILLAGES = {"kartika": people.SENDEN, "bagus": people.BOGORAN}
QUOTA, PEOPLE_PAID = 3, 4
"""Small, so that places and money run out."""
DECISIONS = {
    "verify": "vera", "approve": "amir", "return": "vera", "reject": "amir", "unverify": "vera",
    "unapprove": "amir", "unsign": "amir", "reopen": "amir", "admit": "vera", "withdraw": "kartika",
    "remove": "kartika",
}  # fmt: skip

REASONS = ["died", "moved", "refused"]
MAY = date(2026, 5, 15)
some = st.integers(0, 3)
step = st.one_of(
    st.tuples(st.just("hand_in"), st.sampled_from(sorted(VILLAGES)), some, some),
    st.tuples(st.just("decide"), st.sampled_from(sorted(DECISIONS)), some, some),
    st.tuples(st.just("also"), st.sampled_from(sorted(VILLAGES)), some, some),
    st.tuples(st.just("end"), some),
    st.tuples(st.just("tariff"), st.sampled_from([10, 25, 50]), st.booleans()),
    st.tuples(st.just("reprice"), some, st.booleans()),
    st.tuples(st.just("ceiling"), some, st.integers(0, 8)),
    st.tuples(st.just("quota"), some, st.integers(0, 5)),
    st.tuples(st.just("cosign"), some, some),
    st.tuples(st.just("bands"), st.integers(1, 3)),
    st.tuples(st.just("wave")),
    st.tuples(st.just("decree"), some),
    st.tuples(st.just("sign"), some),
    st.tuples(st.just("issue_signed")),
    st.tuples(st.just("leave"), some, some, st.sampled_from(REASONS)),
    st.tuples(st.just("replace"), st.sampled_from(sorted(VILLAGES)), some),
    st.tuples(st.just("month")),
)


class World:
    """A programme of Trenggalek, its lists, and what may happen to them."""

    def __init__(self, patch):
        self.today, self.numbers, self.decrees = MAY, count(), count(1)
        patch.setattr(timezone, "localdate", lambda *_: self.today)
        self.waves = [making.programme(village_quota=QUOTA, people_paid=PEOPLE_PAID)]
        self.drivers = Occupation.objects.get(pk="driver")

    def wave_of(self, which):
        return making.fresh(self.waves[which % len(self.waves)])

    def hand_in(self, village, many, which):
        new = [next(self.numbers) for _ in range(many)]
        job = {"occupation": self.drivers} if many % 2 else {}
        for number in new[:1]:
            making.submitted(self.wave_of(which), many, by=village, first=number,
                             area=VILLAGES[village], **job)  # fmt: skip

    def also(self, village, which, place):
        """Two people of a village who have been on some list are asked for by another wave, too,
        and the whole list is handed in."""
        office, wave = people.office(village), self.wave_of(which)
        with scope.enter(office):
            known = Worker.objects.filter(entries__isnull=False).distinct().order_by("pk")
            chosen = list(known.values_list("pk", flat=True)[place : place + 2])
            proposal = proposals.start(wave, by=office)
            proposals.pick(proposal, Worker.objects.filter(pk__in=chosen), by=office)
            proposals.submit(proposal, by=office)

    def cosign(self, many, which):
        self.decide("approve", many, which, by="ani")

    def bands(self, approvers):
        bands((0, approvers))

    def decide(self, verb, many, which, by=""):
        by = people.office(by or DECISIONS[verb])
        wave = self.wave_of(which)
        with scope.enter(by):
            rows = Entry.objects.filter(programme=wave, state__in=origins(verb)).order_by("pk")
            chosen = Entry.objects.filter(
                pk__in=list(rows.values_list("pk", flat=True)[: many + 1])
            )
            reason = "Uji" if VERBS[verb].needs_reason else ""
            decisions.decide(verb, wave, chosen, by=by, reason=reason, out_of_turn=True)

    def end(self, which):
        with scope.whole_country("tests"):
            listed = Worker.objects.filter(entries__isnull=False, ended_on=None).order_by("pk")
            gone = list(listed.values_list("pk", flat=True)[which : which + 1])
            Worker.objects.filter(pk__in=gone).update(
                ended_on=timezone.localdate(), ended_reason="died"
            )

    def tariff(self, percent, of_transport):
        TariffDiscount.objects.create(
            segment="BPU", component="JKM", valid_from=date(2026, 7, 1), percent=percent,
            valid_until=date(2026, 12, 31), source="Uji",
            sectors=["transport"] if of_transport else [],
        )  # fmt: skip

    def reprice(self, which, to_the_end):
        rini, wave = people.office("rini"), self.wave_of(which)
        with scope.enter(rini):
            job = repricing.start(wave, by=rini, seen=repricing.outlook(wave).mark)
        if job and to_the_end:
            repricing.proceed(job.pk)

    def ceiling(self, which, people_paid):
        rini, wave = people.office("rini"), self.wave_of(which)
        with scope.enter(rini):
            wave.ceiling = max(people_paid * making.YEAR, 1)
            programmes.change(wave, occupations=[], by=rini)

    def quota(self, which, places):
        rini, wave = people.office("rini"), self.wave_of(which)
        with scope.enter(rini):
            wave.village_quota = places
            programmes.change(wave, occupations=[], by=rini)

    def wave(self):
        rini = people.office("rini")
        with scope.enter(rini):
            later = waves.following(self.waves[0], date(2026, 5, 20))
            later.first_month, later.months = date(2026, 7, 1), 6
            later.ceiling = PEOPLE_PAID * making.YEAR
            programmes.add_wave(later, to=self.waves[0], occupations=[], by=rini)
            programmes.open_for_lists(later, by=rini)
        self.waves.append(later)

    def month(self):
        self.today = month_after(self.today).replace(day=15)

    def decree(self, which):
        number = f"188/{next(self.decrees)}"
        drafts.issue(drafts.draft(self.wave_of(which), number=number, date=self.today))

    def sign(self, which):
        """A decree is frozen, and a photo of it comes back signed; a later step issues it."""
        decree = signing.freeze(signing.unnumbered(self.wave_of(which)))
        number = f"189/{next(self.decrees)}"
        signing.receive(decree, JPEG, number=number, day=self.today, name="naskah.jpg")

    def issue_signed(self):
        with scope.whole_country("tests"):
            signed = list(Decree.objects.filter(state="returned").order_by("pk"))
        drafts.issue(signed[0])

    def leave(self, which, place, reason):
        with scope.whole_country("tests"):
            approved = Entry.objects.in_state("approved").select_related("worker")
            entry = list(approved.filter(programme=self.wave_of(which)).order_by("pk"))[place]
        died = entry.worker.ended_on
        stories.left(entry, by="vera", reason="died" if died else reason, on=died or self.today)

    def replace(self, village, which):
        office = people.office(village)
        with scope.enter(office):
            rows = Proposal.objects.own(office).select_related("programme")
            replacing.take(rows.get(programme=self.wave_of(which)), by=office)


def origins(verb):
    return {state for states in VERBS[verb].may.values() for state in states}


def assert_everything_adds_up():
    with scope.whole_country("tests"):
        entries = list(Entry.objects.all())
        for wave in PremiumSubsidy.objects.all():
            of_wave = [entry for entry in entries if entry.programme_id == wave.pk]
            paid = [entry for entry in of_wave if entry.state in HOLDS_MONEY]
            assert wave.committed == sum(entry.cost for entry in paid) <= wave.ceiling
            assert all(entry.cost == 0 for entry in of_wave if entry.state not in HOLDS_MONEY)
            held = Counter(entry.area_id for entry in of_wave if entry.state in HOLDS_PLACE)
            for quota in Quota.objects.filter(programme=wave):
                assert quota.used == held[quota.area_id]
                assert quota.people is None or quota.used <= quota.people
            counted = EntryCount.objects.filter(programme=wave, state__in=HOLDS_MONEY)
            kept = counted.aggregate(people=Sum("people", default=0), cost=Sum("cost", default=0))
            assert kept == {"people": len(paid), "cost": wave.committed}
            ranks = [e.rank for e in of_wave if e.state == "waiting" and e.area_id]
            by_village = Counter((e.area_id, e.rank) for e in of_wave if e.state == "waiting")
            assert None not in ranks and set(by_village.values()) <= {1}
        assert_no_month_is_paid_twice(entries)
        assert_whom_a_decree_names_is_paid_for(entries)
        cosigners = defaultdict(list)
        for entry, user in Cosignature.objects.values_list("entry", "user"):
            cosigners[entry].append(user)
        for entry in entries:
            signers = [entry.submitted_by_id, entry.verified_by_id, entry.approved_by_id]
            cosigned = cosigners[entry.pk]
            assert not cosigned or entry.state in ("cosigned", "approved", "left")
            assert cosigned or entry.state != "cosigned"
            signed = [signer for signer in [*signers, *cosigned] if signer]
            assert len(signed) == len(set(signed))


def assert_no_month_is_paid_twice(entries):
    """Of the months promised to who is approved, and those that a decree has paid of who left."""
    waves = {wave.pk: wave for wave in PremiumSubsidy.objects.all()}
    still = [entry for entry in entries if entry.state == "approved"]
    paid = [
        (entry.worker_id, month)
        for entry in still
        for month in months.in_order(waves[entry.programme_id], entry.first_month)
    ]
    names = DecreeEntry.objects.filter(entry__state="left").values("decree__cover_source")
    gone = {entry.worker_id for entry in entries if entry.state == "left"}
    for cover in Cover.objects.filter(source__in=names, worker__in=gone):
        if not any(entry.worker_id == cover.worker_id for entry in still):
            period = cover.months.lower, cover.months.upper
            paid += [(cover.worker_id, month) for month in months_between(*period)]
    assert len(paid) == len(set(paid))
    for leaving in Leaving.objects.filter(state="approved").select_related("entry__programme"):
        entry = leaving.entry
        first, _ = months.of(entry.programme, entry.first_month)
        after = leaving.last_month and month_after(leaving.last_month)
        assert bool(entry.cost) == bool(leaving.last_month)
        if after and leaving.decree_row:
            source = leaving.decree_row.decree.cover_source_id
            cover = Cover.objects.get(worker=entry.worker_id, source=source)
            assert (cover.months.lower, cover.months.upper) == (first, after)


def assert_whom_a_decree_names_is_paid_for(entries):
    """Whoever is approved and there, in exactly the months of their row; who had gone before a
    signed list was issued, in none."""
    waves = {wave.pk: wave for wave in PremiumSubsidy.objects.all()}
    by_pk = {entry.pk: entry for entry in entries}
    rows = DecreeEntry.objects.filter(decree__state="issued", entry__state="approved")
    for pk, source in rows.values_list("entry", "decree__cover_source"):
        entry = by_pk[pk]
        covers = Cover.objects.filter(worker=entry.worker_id, source=source)
        paid = [(cover.months.lower, cover.months.upper) for cover in covers]
        whole = [months.of(waves[entry.programme_id], entry.first_month)]
        assert paid == whole or (entry.gone and not paid)


@hypothesis.settings(max_examples=HISTORIES, suppress_health_check=[*HealthCheck], deadline=None)
@given(st.lists(step, min_size=4, max_size=14))
def test_places_and_money_add_up_after_every_step(history):
    for name in ("kartika", "bagus", "vera", "amir", "ani", "rini"):
        people.office(name)
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        world = World(patch)
        for name, *values in history:
            with suppress(Refusal, IndexError, Proposal.DoesNotExist), transaction.atomic():
                getattr(world, name)(*values)
            assert_everything_adds_up()
        transaction.set_rollback(True)


def test_a_history_in_which_everything_happens(monkeypatch):
    """So that the random ones are known to reach every step."""
    world = World(monkeypatch)
    for name, *values in [
        ("hand_in", "kartika", 3, 0), ("hand_in", "bagus", 2, 0), ("decide", "verify", 3, 0),
        ("bands", 2), ("decide", "approve", 2, 0), ("decide", "unsign", 0, 0), ("cosign", 2, 0),
        ("decide", "approve", 2, 0), ("decide", "unsign", 3, 0), ("bands", 1), ("tariff", 50, True),
        ("reprice", 0, True), ("wave",),
        ("hand_in", "kartika", 1, 1), ("decide", "unapprove", 0, 0), ("end", 0),
        ("ceiling", 0, 8), ("quota", 0, 3), ("hand_in", "kartika", 3, 0),
        ("decide", "verify", 3, 0), ("decide", "approve", 3, 0), ("decree", 0), ("month",),
        ("leave", 0, 0, "moved"), ("leave", 0, 0, "refused"), ("replace", "kartika", 0),
        ("decide", "verify", 3, 0), ("decide", "approve", 3, 0), ("decree", 0),
        ("hand_in", "bagus", 2, 1), ("decide", "verify", 3, 1), ("decide", "approve", 3, 1),
        ("sign", 1), ("end", 9), ("issue_signed",), ("month",), ("month",),
        ("leave", 1, 1, "died"), ("also", "kartika", 1, 1), ("decide", "verify", 3, 1),
        ("decide", "approve", 3, 1),
    ]:  # fmt: skip
        getattr(world, name)(*values)
        assert_everything_adds_up()
    with scope.whole_country("tests"):
        assert Repricing.objects.get().changed == 3
        assert PremiumSubsidy.objects.count() == 2
        assert Entry.objects.in_state("left").count() == 3
        assert Entry.objects.in_state("approved").filter(worker__entries__state="left").exists()
        never_paid = Leaving.objects.get(last_month=None, decree_row__isnull=False, reason="died")
        assert never_paid.freed > 0
        later = Entry.objects.in_state("approved").filter(first_month=date(2026, 7, 1))
        assert later.filter(decree_rows__decree__state="issued").exists()
