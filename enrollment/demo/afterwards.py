"""What came of it: people who are repaired, registered or told apart, a free place, and accounts of
those who have left or not yet come."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from enrollment.decrees import actions as decrees
from enrollment.decrees.models import Decree
from enrollment.demo import regencies, sent
from enrollment.demo.accounts import Staff, since
from enrollment.duplicates import actions as duplicates
from enrollment.duplicates.models import DuplicateCase
from enrollment.leavings import actions as leavings
from enrollment.leavings.models import Leaving
from enrollment.models import Entry
from enrollment.programmes import quotas
from enrollment.programmes.models import Quota
from villages import scope
from villages.models import Office, Role, User


def happen(demos, today):
    """One of each, in the regencies that are here."""
    here = {demo.code for demo in demos}
    _register_decrees(today)
    if regencies.TRENGGALEK in here:
        _repair(regencies.SENDEN, today)
        _tell_apart(regencies.TRENGGALEK)
        sent.send(regencies.TRENGGALEK)
        _former_and_future_accounts(today)
        _leave(regencies.SENDEN, today)
    if regencies.SIJUNJUNG in here:
        _give_room(regencies.SIJUNJUNG)


def _register_decrees(today):
    """BPJS has registered the older half of each regency's decrees."""
    for office in Office.objects.filter(role=Role.BPJS).select_related("user", "area"):
        issued = list(Decree.objects.filter(regency=office.area_id).issued().order_by("date"))
        with scope.enter(office):
            for decree in issued[: len(issued) // 2]:
                day = min(decree.date + timedelta(days=12), today)
                decrees.register(decree, by=office, on=day, today=today)


def _repair(village, today):
    """One of the people who were sent back has been repaired already."""
    returned = Entry.objects.filter(area=village).unrepaired().order_by("pk").first()
    if returned:
        Entry.objects.filter(pk=returned.pk).update(repaired_at=returned.changed_at)


def _leave(village, today):
    """Two people of a running decree leave: one is gone, the other waits for the Dinas."""
    named = Entry.objects.filter(
        area=village, gone=False, decree_rows__decree__in=Decree.objects.issued()
    )
    rows = named.in_state(Entry.State.APPROVED).select_related("programme").order_by("-pk")
    running = [row for row in rows if row.programme.period[1] > today][:2]
    offices = Office.objects.select_related("user", "area")
    head = offices.held_on(today).get(role=Role.VILLAGE_HEAD, area=village)
    approver = offices.filter(role=Role.APPROVER, area=village[:5]).order_by("pk").first()
    told = (
        ("formal", "Bekerja di pabrik sejak pekan lalu."),
        ("withdrew", "Sudah punya asuransi."),
    )
    for entry, (reason, words) in zip(running, told, strict=False):
        with scope.enter(head):
            leaving = Leaving(reason=reason, on=today - timedelta(days=6), words=words)
            leavings.prepare(entry, by=head, leaving=leaving)
            leavings.file(leaving, by=head)
    if running:
        with scope.enter(approver):
            leavings.approve(
                running[0].leavings.select_related("entry__programme").get(), by=approver
            )


def _tell_apart(regency):
    """The Dinas has decided one duplicate: somebody else has this NIK."""
    dinas = Office.objects.select_related("user", "area").get(role=Role.VERIFIER, area=regency)
    case = DuplicateCase.objects.within(regency).open().order_by("pk").first()
    if case:
        with scope.enter(dinas):
            duplicates.decide(
                by=dinas, case=case, decision=DuplicateCase.Decision.OTHER,
                reason="Fotokopi KTP-nya berbeda. Cocokkan NIK dengan KTP aslinya.",
            )  # fmt: skip


def _give_room(regency):
    """A village where people wait gets one place more, so that somebody can be admitted."""
    admin = Office.objects.select_related("user", "area").get(role=Role.REGENCY_ADMIN, area=regency)
    full = Quota.objects.within(regency).filter(queued__gt=0, people__isnull=False)
    quota = full.order_by("area_id").first()
    if quota:
        with scope.enter(admin):
            quotas.change(quota, people=quota.people + 1, by=admin)


def _former_and_future_accounts(today):
    """A head who has left, an operator whose account was closed, one who has not come yet and one
    whose term has not begun, and an account that nobody has given an office."""
    begun, operator = since(today), Role.VILLAGE_OPERATOR
    for username, name, role, area, term, values in (
        ("kades.senden.lama", "Sukarno Wibowo", Role.VILLAGE_HEAD, regencies.SENDEN,
         (begun.replace(year=begun.year - 6), begun - timedelta(days=1)), {}),
        ("operator.bogoran.lama", "Tri Lestari", operator, regencies.BOGORAN,
         (begun, today - timedelta(days=30)), {"is_active": False}),
        ("operator.timahan", "Yuni Astuti", operator, regencies.TIMAHAN,
         (today, None), {"password": make_password(None)}),
        ("operator.kelutan.baru", "Rina Puspita", operator, regencies.KELUTAN,
         (today + timedelta(days=20), None), {"password": make_password(None)}),
    ):  # fmt: skip
        account = {"first_name": name, "password": Staff.hashed, "area_id": area[:5], **values}
        user = User.objects.create(username=username, **account)
        Office.objects.create(
            user=user, role=role, area_id=area, starts_on=term[0], ends_on=term[1]
        )
    User.objects.create(
        username="bayu.prasetya", first_name="Bayu Prasetya", password=Staff.hashed,
        area_id=regencies.TRENGGALEK,
    )  # fmt: skip
