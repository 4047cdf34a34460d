"""A decree names only approved people, is frozen at issue, and protects everybody on it."""

from datetime import date

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from enrollment.coverage.models import Cover
from enrollment.decrees import actions, selection
from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.decrees.rules import snapshot_sha256
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.decrees.people import list_order
from villages import scope
from villages.models import Regency
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy():
    return drafts.programme()


@pytest.fixture
def as_rini():
    """Run the rest of the test in the scope of Trenggalek's administrator."""
    rini = people.office("rini")
    with scope.enter(rini):
        yield rini


def change(worker, **values):
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=worker.pk).update(**values)


class TestDraft:
    def test_copies_the_approved_in_the_order_of_the_annex(self, subsidy, as_rini):
        siti = people.worker(1, name="Siti", occupation_text="Nelayan")
        budi, refused = people.worker(2, name="budi"), people.worker(4, name="Ditolak")
        ani = people.worker(3, name="Ani", area=people.BOGORAN)
        drafts.approve(subsidy, siti, budi, ani)
        drafts.approve(subsidy, refused, state=Entry.State.VERIFIED)

        decree = drafts.draft(subsidy)

        rows = list(decree.entries.order_by("position"))
        assert [(row.position, row.name) for row in rows] == [(1, "Ani"), (2, "budi"), (3, "Siti")]
        assert rows == sorted(rows, key=list_order)
        assert (decree.people, decree.total) == (3, 3 * 9 * 16_800)
        assert (rows[2].nik, rows[2].kk, rows[2].occupation) == (siti.nik, siti.kk, "Nelayan")
        assert (rows[2].village, rows[2].district) == ("Senden", "Kampak")
        assert (rows[2].months, rows[2].premium, rows[2].cost) == (9, 16_800, 151_200)

    def test_the_list_is_sorted_by_district_village_name_and_nik(self, subsidy, as_rini):
        prigi, besuki, wonocoyo = "35.03.08.2011", "35.03.01.2001", "35.03.01.2004"
        people_ = [
            people.worker(1, prigi, name="ANI"),
            people.worker(2, wonocoyo, name="ANI"),
            people.worker(4, besuki, name="SITI"),
            people.worker(3, besuki, name="Siti"),
            people.worker(5, besuki, name="BUDI"),
        ]
        drafts.approve(subsidy, *people_)
        rows = drafts.draft(subsidy).entries.order_by("position")
        assert [row.nik for row in rows] == [people_[n].nik for n in (4, 3, 2, 1, 0)]

    def test_leaves_out_people_named_by_another_decree(self, subsidy, as_rini):
        drafts.approve(subsidy, people.worker(1))
        first = drafts.draft(subsidy)
        drafts.approve(subsidy, people.worker(2))
        second = drafts.draft(subsidy, number="2")
        assert (first.people, second.people) == (1, 1)
        with pytest.raises(Refusal, match="sudah masuk keputusan lain"):
            drafts.draft(subsidy, number="3")

    def test_leaves_out_the_dead_and_those_paid_by_another(self, subsidy, as_rini):
        alive, dead, paid = people.worker(1), people.worker(2), people.worker(3)
        drafts.approve(subsidy, alive, dead, paid)
        change(dead, ended_on=date(2026, 3, 1), ended_reason="died")
        people.cover(paid, date(2026, 12, 1), date(2027, 1, 1))
        decree = drafts.draft(subsidy)
        assert [row.nik for row in decree.entries.all()] == [alive.nik]
        assert [cover.worker for cover in selection.paid_already(decree)] == [paid]

    def test_a_number_is_used_once(self, subsidy, as_rini):
        drafts.approve(subsidy, people.worker(1))
        drafts.draft(subsidy)
        drafts.approve(subsidy, people.worker(2))
        with pytest.raises(Refusal, match="Nomor ini sudah dipakai"):
            drafts.draft(subsidy)

    def test_takes_as_many_statements_for_many_people_as_for_one(self, as_rini):
        counts = []
        for people_in_it in (1, 12):
            subsidy = drafts.programme(f"Program {people_in_it}")
            first = 20 * people_in_it
            drafts.approve(subsidy, *(people.worker(first + n) for n in range(people_in_it)))
            with CaptureQueriesContext(connection) as queries:
                decree = actions.draft(by=as_rini, programme=subsidy)
            assert decree.people == people_in_it
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_says_what_has_changed_since(self, subsidy, as_rini):
        stays, changes, dies = people.worker(1), people.worker(2), people.worker(3)
        drafts.approve(subsidy, stays, changes, dies)
        decree = drafts.draft(subsidy)
        assert selection.difference(decree) == (0, 0, 0)
        change(changes, name="Nama Benar")
        change(dies, ended_on=date(2026, 3, 1), ended_reason="died")
        drafts.approve(subsidy, people.worker(4))
        assert selection.difference(decree) == (1, 1, 1)

    def test_is_refreshed(self, subsidy, as_rini):
        drafts.approve(subsidy, *(people.worker(number) for number in range(3)))
        decree = drafts.draft(subsidy)
        with scope.whole_country("tests"):
            first = Worker.objects.order_by("nik").first()
        change(first, name="Zulaikha")
        drafts.approve(subsidy, people.worker(9, name="Aminah"))
        assert actions.refresh(decree, by=as_rini) == 4
        names = [row.name for row in decree.entries.order_by("position")]
        assert (names[0], names[-1]) == ("Aminah", "Zulaikha")
        assert Decree.objects.get().people == 4

    def test_discarded_frees_its_people(self, subsidy, as_rini):
        drafts.approve(subsidy, people.worker(1))
        actions.discard(drafts.draft(subsidy), by=as_rini)
        assert not Decree.objects.exists()
        assert drafts.draft(subsidy).people == 1


class TestIssue:
    def test_freezes_seals_and_protects(self, subsidy, as_rini):
        siti, budi = people.worker(1), people.worker(2)
        drafts.approve(subsidy, siti, budi)

        drafts.issue(drafts.draft(subsidy))

        decree = Decree.objects.get()
        assert (decree.state, decree.people, decree.total) == ("issued", 2, 2 * 151_200)
        assert decree.issued_by == as_rini
        assert decree.sha256 == snapshot_sha256(decree.entries.order_by("position"), decree.header)
        assert decree.header["regency"] == "Trenggalek"
        assert decree.header["village_word"] == "desa/kelurahan"
        covers = Cover.objects.order_by("worker")
        assert [cover.worker for cover in covers] == [siti, budi]
        assert covers[0].months.lower == date(2026, 4, 1)
        assert covers[0].months.upper == date(2027, 1, 1)
        assert covers[0].source.name == "Pekerja Rentan 2026"
        assert covers[0].source.document == f"Keputusan Nomor {decree.number}"
        assert {cover.source for cover in covers} == {decree.cover_source}
        assert {annex.version for annex in decree.annexes.all()} == {"full", "masked"}

    @pytest.mark.parametrize(
        ("empty", "sentence"),
        [
            ({"legal_basis": " "}, "Dasar hukum belum diisi"),
            ({"number": ""}, "Nomor keputusan belum diisi"),
            ({"date": None}, "Tanggal keputusan belum diisi"),
            ({"title": ""}, r"Judul \(tentang\) keputusan belum diisi"),
        ],
    )
    def test_needs_every_text(self, subsidy, as_rini, empty, sentence):
        drafts.approve(subsidy, people.worker(1))
        decree = drafts.draft(subsidy, **empty)
        with pytest.raises(Refusal, match=sentence):
            drafts.issue(decree)
        assert not Cover.objects.exists()

    def test_is_refused_when_the_list_has_changed(self, subsidy, as_rini):
        siti = people.worker(1)
        drafts.approve(subsidy, siti, people.worker(2))
        decree = drafts.draft(subsidy)
        change(siti, name="Siti Aminah")
        with pytest.raises(Refusal, match="Segarkan daftarnya"):
            drafts.issue(decree)
        actions.refresh(decree, by=as_rini)
        assert drafts.issue(decree).people == 2

    def test_says_how_many_are_already_paid(self, subsidy, as_rini):
        siti = people.worker(1)
        drafts.approve(subsidy, siti, people.worker(2))
        decree = drafts.draft(subsidy)
        people.cover(siti, date(2026, 6, 1), date(2026, 7, 1))
        with pytest.raises(Refusal, match=r"^1 orang dalam daftar sudah dibayar"):
            drafts.issue(decree)
        actions.refresh(decree, by=as_rini)
        assert drafts.issue(decree).people == 1

    def test_the_database_keeps_a_month_from_being_paid_twice(self, subsidy, as_rini, monkeypatch):
        """Another fund pays for somebody between the check and the issue."""
        siti = people.worker(1)
        drafts.approve(subsidy, siti)
        decree = drafts.draft(subsidy)

        def paid_meanwhile(decree, entries):
            people.cover(siti, date(2026, 6, 1), date(2026, 7, 1))
            return 0

        monkeypatch.setattr(selection, "stale", paid_meanwhile)
        with pytest.raises(Refusal, match="baru saja dilindungi"):
            drafts.issue(decree)
        assert Decree.objects.get().is_draft

    def test_happens_once(self, subsidy, as_rini):
        drafts.approve(subsidy, people.worker(1))
        decree = drafts.draft(subsidy)
        drafts.issue(decree)
        with pytest.raises(Refusal, match="sudah diterbitkan"):
            drafts.issue(decree)
        assert Cover.objects.count() == 1

    def test_needs_the_regency_profile(self, subsidy, as_rini):
        drafts.approve(subsidy, people.worker(1))
        decree = drafts.draft(subsidy)
        with scope.whole_country("tests"):
            Regency.objects.filter(pk=people.TRENGGALEK).delete()
        with pytest.raises(Refusal, match="Profil kabupaten belum diisi"):
            actions.issue(decree, by=as_rini)

    def test_issued_is_neither_changed_refreshed_nor_discarded(self, subsidy, as_rini):
        drafts.approve(subsidy, people.worker(1))
        decree = drafts.issue(drafts.draft(subsidy))
        for verb in (actions.change, actions.refresh, actions.discard):
            with pytest.raises(Refusal, match="sudah diterbitkan"):
                verb(decree, by=as_rini)


ATTACKS = {
    "decree changed": "UPDATE enrollment_decree SET number = 'palsu'",
    "decree made a draft": "UPDATE enrollment_decree SET state = 'draft', sha256 = ''",
    "decree deleted": "DELETE FROM enrollment_decree",
    "row changed": "UPDATE enrollment_decreeentry SET name = 'PALSU'",
    "row deleted": "DELETE FROM enrollment_decreeentry WHERE position = 1",
    "row added": """
        INSERT INTO enrollment_decreeentry (decree_id, entry_id, area_id, position, nik, kk, name,
            birth_place, sex, address, rt, rw, village, district, occupation, months, premium, cost)
        SELECT d.id, e.id, e.area_id, 99, '3503070101800099', '', 'PALSU', '', '', '', '', '', '',
            '', '', 1, 1, 1
        FROM enrollment_decree d, enrollment_entry e
        WHERE d.state = 'issued' AND e.id NOT IN (SELECT entry_id FROM enrollment_decreeentry)""",
    "row moved to a draft": "UPDATE enrollment_decreeentry SET decree_id = %(draft)s,"
    " position = position + 10"
    " WHERE decree_id <> %(draft)s",
    "triggers ignored": """
        SELECT set_config('pgtrigger.ignore', '{decree_issued_is_frozen}', true);
        UPDATE enrollment_decree SET number = 'palsu'""",
    "another table in the way": """
        CREATE TEMPORARY TABLE enrollment_decree ON COMMIT DROP AS
            SELECT id, 'draft' AS state FROM public.enrollment_decree;
        UPDATE enrollment_decreeentry SET name = 'PALSU'""",
    "another table of entries in the way": """
        CREATE TEMPORARY TABLE enrollment_decreeentry ON COMMIT DROP AS
            SELECT entry_id FROM public.enrollment_decreeentry LIMIT 0;
        UPDATE enrollment_entry SET state = 'returned', reason = 'x' WHERE state = 'approved'""",
    "triggers off": "ALTER TABLE enrollment_decree DISABLE TRIGGER ALL",
    "emptied": "TRUNCATE enrollment_decreeentry",
    "replicated": "SET session_replication_role = replica",
    "approval taken back": "UPDATE enrollment_entry SET state = 'returned', reason = 'x'"
    " WHERE state = 'approved'",
    "approved person deleted": "SET CONSTRAINTS ALL IMMEDIATE;"
    " DELETE FROM enrollment_entry WHERE state = 'approved'",
}


class TestTheDatabaseFreezes:
    """Raw SQL with the application's own login, in the widest scope."""

    @pytest.fixture
    def issued(self, subsidy):
        drafts.approve(subsidy, people.worker(1), people.worker(2))
        decree = drafts.draft(subsidy)
        drafts.approve(subsidy, people.worker(3), state=Entry.State.VERIFIED)
        return drafts.issue(decree)

    @pytest.fixture
    def draft(self, issued):
        other = drafts.programme("Program kedua")
        drafts.approve(other, people.worker(4))
        return drafts.draft(other, number="2")

    @staticmethod
    def everything():
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT d::text FROM enrollment_decree d UNION ALL"
                " SELECT x::text FROM enrollment_decreeentry x UNION ALL"
                " SELECT state FROM enrollment_entry ORDER BY 1"
            )
            return cursor.fetchall()

    @pytest.mark.parametrize("attack", ATTACKS)
    def test_refuses(self, attack, issued, draft):
        before = self.everything()
        with (
            pytest.raises(
                Exception, match=r"issued decree|stays approved|must be owner|denied|fk_"
            ),
            scope.whole_country("tests"),
            connection.cursor() as cursor,
        ):
            cursor.execute(ATTACKS[attack], {"draft": draft.pk})
        assert self.everything() == before

    def test_refuses_even_in_a_scope_that_cannot_see_the_decree(self, issued):
        with (
            pytest.raises(IntegrityError, match="issued decree"),
            scope.enter(people.office("kartika")),
        ):
            DecreeEntry.objects.update(name="PALSU")

    def test_a_draft_can_be_changed(self, issued, draft):
        with scope.whole_country("tests"):
            assert DecreeEntry.objects.filter(decree=draft).update(name="Boleh") == 1
            assert DecreeEntry.objects.filter(decree=draft).delete()[0] == 1
            assert Decree.objects.filter(pk=draft.pk).delete()[0] == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_changed_while_the_decree_is_issued():
    """The second transaction waits for the first."""
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = drafts.draft(subsidy)
    rival = connection.copy()
    try:
        with rival.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT set_config('portal.low', '', true), set_config('portal.high', '~', true)"
            )
            cursor.execute("UPDATE enrollment_decreeentry SET name = 'SISIPAN'")
            assert cursor.rowcount == 1
        with (
            pytest.raises(OperationalError, match="lock timeout"),
            scope.enter(people.office("rini")),
        ):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
            actions.issue(decree, by=people.office("rini"))
    finally:
        rival.close()
