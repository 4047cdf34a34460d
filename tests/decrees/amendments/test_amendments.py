"""Amendments one after another: what each takes out, brings in, corrects, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from enrollment.coverage.models import Cover
from enrollment.decrees import actions, amending
from enrollment.decrees.amendments.words import first_words
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.models import Decree, DecreeChange
from enrollment.decrees.rules import change_words, snapshot_sha256
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.amendments.making import amend, amended, correct, in_force
from tests.decrees.annexes.pdfs import pages, squeezed
from tests.leavings import stories
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

JUNE, JULY = date(2026, 6, 17), date(2026, 7, 20)
SECOND = "188.45/400/406.001.3/2026"


@pytest.fixture
def today(monkeypatch):
    stories.today_is(monkeypatch, stories.MAY)


@pytest.fixture
def base(today):
    """Five people, named by an issued decree of 17 March."""
    subsidy = making.programme()
    making.approved(subsidy, 5)
    return signing.fresh(drafts.issue(drafts.draft(subsidy)))


def entries(decree):
    with scope.whole_country("tests"):
        rows = Entry.objects.filter(decree_rows__decree=decree).select_related("worker")
        return list(rows.order_by("decree_rows__position"))


def add(decree, count, first):
    making.approved(decree.programme, count, by="bagus", area=people.BOGORAN, first=first)


class TestOneAfterAnother:
    def test_three_lists_in_their_order_and_the_list_of_each_day(self, base):
        first, second, third, *_ = entries(base)
        stories.left(second)
        correct(first.worker, name="Nama Benar", nik=people.nik(77))
        add(base, 2, first=500)
        june = amended(base, day=JUNE)
        with scope.whole_country("tests"):
            kinds = list(june.changes.values_list("kind", "row__entry", "name"))
        assert kinds == [
            ("out", second.pk, second.worker.name),
            ("corrected", first.pk, "Nama Benar"),
        ]
        came = entries(june)
        assert len(came) == 2

        stories.left(
            came[0], by="bagus"
        )  # whoever came with the first amendment goes with the second
        correct(first.worker, name="Nama Lebih Benar")
        july = amended(base, number=SECOND, day=JULY)
        assert july.ordinal == 2
        names = {day: [row[2] for row in in_force(base, day)] for day in (JUNE, JULY)}
        before = [row[2] for row in in_force(base, date(2026, 6, 16))]
        assert before[0] == "Pekerja 0"
        assert names[JUNE][0] == "Nama Benar"
        assert names[JULY][0] == "Nama Lebih Benar"
        assert (len(before), len(names[JUNE])) == (5, 6)
        assert [row[0] for row in in_force(july, JULY)] == [1, 2, 3, 4, 5]
        assert [row[0] for row in in_force(base, JUNE)] == [1, 2, 3, 4, 5, 6]
        assert third.worker.name in names[JULY]
        assert july.header["balance"]["before"][0] == 6
        assert july.header["balance"]["after"][0] == 5

    def test_whoever_comes_in_is_paid_and_nobody_else_is_touched(self, base):
        gone, *stay = entries(base)
        stories.left(gone)
        before = {entry.pk: stories.months_of(entry) for entry in stay}
        add(base, 1, first=500)
        june = amended(base, day=JUNE)
        (came,) = entries(june)
        assert stories.months_of(came) == (date(2026, 6, 1), date(2027, 1, 1))
        assert {entry.pk: stories.months_of(entry) for entry in stay} == before
        assert stories.committed(base.programme) == stories.cost_of_everybody(base.programme)

    def test_only_people_who_go_are_enough(self, base):
        stories.left(entries(base)[0])
        june = amended(base, day=JUNE)
        assert (june.people, len(in_force(base, JUNE))) == (0, 4)
        with scope.whole_country("tests"):
            assert Cover.objects.filter(source=june.cover_source_id).count() == 0

    def test_the_seal_covers_the_changes(self, base):
        stories.left(entries(base)[0])
        add(base, 1, first=500)
        june = amended(base, day=JUNE)
        with scope.whole_country("tests"):
            rows = [*june.entries.order_by("position"), *june.changes.order_by("position")]
            assert june.sha256 == snapshot_sha256(rows, june.header)
            assert june.sha256 != snapshot_sha256(rows[:1], june.header)

    def test_the_annex_as_pdf_has_the_lists_and_the_sums(self, base):
        first, second, *_ = entries(base)
        stories.left(second)
        correct(first.worker, name="Nama Benar")
        add(base, 1, first=500)
        june, rini = amended(base, day=JUNE), people.office("rini")
        with scope.enter(rini):
            made = annexes.prepare(
                june, version="masked", paper="a4-upright", signing="ink", by=rini
            )
            text = squeezed(" ".join(pages(made.file.read())))
        for words in (
            "PERUBAHAN DAFTAR PENERIMA", "KELUAR – KECAMATAN KAMPAK", "MASUK – KECAMATAN KAMPAK",
            "DIPERBAIKI, SEMULA – KECAMATAN", "DIPERBAIKI, MENJADI – KECAMATAN", "Nama Benar",
            first.worker.name, second.worker.name, "SEMULA: 5 orang", "KELUAR: 1 orang",
            "MASUK: 1 orang", "MENJADI: 5 orang", "Terbilang: lima orang",
        ):  # fmt: skip
            assert squeezed(words) in text
        assert second.worker.nik not in text

    def test_words_are_suggested_as_a_legal_office_writes_them(self, base):
        with scope.whole_country("tests"):
            words = first_words(base)
        cited = (
            f"Keputusan Bupati Trenggalek Nomor {base.number} tentang "
            "Penerima Bantuan Iuran Tahun 2026"
        )
        assert words["title"] == f"Perubahan atas Lampiran {cited}"
        assert words["legal_basis"].splitlines()[-1] == cited
        stories.left(entries(base)[0])
        june = amended(base, day=JUNE)
        with scope.whole_country("tests"):
            words = first_words(base)
        assert words["title"] == f"Perubahan Kedua atas Lampiran {cited}"
        last = f"Keputusan Bupati Trenggalek Nomor {june.number} tanggal 17 Juni 2026"
        assert words["legal_basis"].endswith(f"telah diubah dengan {last}")

    @pytest.mark.parametrize(
        ("ordinal", "words"),
        [(1, "Perubahan"), (2, "Perubahan Kedua"), (3, "Perubahan Ketiga"),
         (11, "Perubahan Kesebelas"), (12, "Perubahan Kedua Belas")],
    )  # fmt: skip
    def test_ordinals(self, ordinal, words):
        assert change_words(ordinal) == words


class TestRefused:
    def test_nothing_has_changed(self, base):
        with pytest.raises(Refusal, match="Tidak ada yang berubah"):
            amend(base)
        with scope.whole_country("tests"):
            assert Decree.objects.count() == 1

    def test_one_at_a_time_and_again_after_it_was_thrown_away(self, base):
        stories.left(entries(base)[0])
        draft = amend(base)
        with pytest.raises(Refusal, match="sedang dibuat"):
            amend(base)
        rini = people.office("rini")
        with scope.enter(rini):
            actions.discard(draft, by=rini)
        assert amend(base).ordinal == 1

    def test_neither_a_draft_nor_an_amendment_is_amended(self, base):
        stories.left(entries(base)[0])
        june = amended(base, day=JUNE)
        stories.left(entries(base)[1])
        for wrong in (june, amend(base)):
            with pytest.raises(Refusal, match="keputusan pertama yang sudah terbit"):
                amend(wrong)

    def test_a_date_before_that_of_what_it_changes(self, base):
        stories.left(entries(base)[0])
        made = signing.freeze(amend(base))
        signing.send(made)
        with pytest.raises(Refusal, match="lebih awal"):
            signing.receive(made, number=SECOND, day=date(2026, 3, 16))
        signing.receive(made, number=SECOND, day=date(2026, 3, 17))
        assert signing.fresh(made).is_returned

    def test_a_stale_draft_is_copied_again(self, base):
        gone, also, *_ = entries(base)
        stories.left(gone)
        draft = amend(base)
        stories.left(also)
        with pytest.raises(Refusal, match="Segarkan daftarnya"):
            signing.freeze(draft)
        rini = people.office("rini")
        with scope.enter(rini):
            actions.refresh(draft, by=rini)
        assert signing.freeze(draft).header["balance"]["out"][0] == 2

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE enrollment_decreechange SET name = 'Lain'",
            "DELETE FROM enrollment_decreechange",
            "UPDATE enrollment_decree SET amends_id = NULL, ordinal = 0 WHERE ordinal = 1",
        ],
    )
    def test_what_was_issued_stays(self, base, statement):
        stories.left(entries(base)[0])
        amended(base, day=JUNE)
        with (
            scope.whole_country("tests"), connection.cursor() as cursor,
            pytest.raises(IntegrityError), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute(statement)

    def test_nobody_is_struck_twice_or_out_of_another_decree(self, base):
        gone, *_ = entries(base)
        stories.left(gone)
        amended(base, day=JUNE)
        stories.left(entries(base)[1])
        draft = amend(base)
        with scope.whole_country("tests"):
            out = DecreeChange.objects.get(row__entry=gone)
            again = DecreeChange(**{
                field.attname: getattr(out, field.attname)
                for field in DecreeChange._meta.concrete_fields if field.attname != "id"
            } | {"decree_id": draft.pk, "position": 99})  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                again.save()
            again.row = draft.changes.get().row
            again.decree_id = base.pk
            with pytest.raises(IntegrityError), transaction.atomic():
                again.save()


class TestDiffersByNothing:
    def test_a_person_who_was_corrected_back_is_in_no_list(self, base):
        first, second, *_ = entries(base)
        correct(first.worker, name="Salah")
        stories.left(second)
        draft = amend(base)
        correct(first.worker, name="Pekerja 0")
        rini = people.office("rini")
        with scope.enter(rini):
            assert amending.stale(draft) == 1
            actions.refresh(draft, by=rini)
            assert amending.stale(draft) == 0
            assert list(draft.changes.values_list("kind", flat=True)) == ["out"]

    def test_whoever_moves_away_is_not_corrected_there(self, base):
        first, second, *_ = entries(base)
        stories.left(second)
        with scope.whole_country("tests"):
            Worker.objects.filter(pk=first.worker_id).update(area_id=people.BOGORAN, name="Lain")
        draft = amend(base)
        with scope.whole_country("tests"):
            assert list(draft.changes.values_list("kind", flat=True)) == ["out"]


class TestWhoIsNamed:
    def test_an_amendment_names_whom_it_takes_out_and_corrects(self, base):
        """So opening its files is in the record of who saw them."""
        first, second, third, *_ = entries(base)
        stories.left(first)
        correct(second.worker, name="Nama Benar")
        june = amended(base, day=JUNE)
        with scope.enter(people.office("rini")), connection.cursor() as cursor:
            assert (june.people, june.named) == (0, 2)
            found = {}
            for entry in (first, second, third):
                cursor.execute("SELECT documents_naming('{}', %s)", [[entry.worker_id]])
                found[entry] = {subject for (subject,) in cursor.fetchall()}
        assert found[third] == {f"decree:{base.pk}"}
        assert found[first] == found[second] == {f"decree:{base.pk}", f"decree:{june.pk}"}
