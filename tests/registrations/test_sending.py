"""The people of a decree as a file for BPJS: who is in it, what it says, and that it stays so."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from enrollment.matching.models import Batch, Line
from enrollment.matching.rules import Kind
from enrollment.registrations import actions, making, selection
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.decrees import drafts
from tests.decrees.amendments.making import amended, correct
from tests.decrees.by_villages import own
from tests.decrees.revoking.test_revoking import revoked
from tests.leavings import stories
from tests.proposals import making as lists
from tests.registrations import sending
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


class TestTheFile:
    def test_has_everybody_of_the_decree_as_text(self):
        decree = sending.decreed(3)
        batch = sending.send(decree)
        heading, *rows = sending.rows_of(sending.file_of(batch))
        assert len(heading) == 30 and len(rows) == 3
        first = dict(zip(heading, rows[0], strict=True))
        with scope.whole_country("tests"):
            row = decree.entries.order_by("position")[0]
        assert first["NOMOR_IDENTITAS"] == row.nik and first["NAMA_LENGKAP"] == row.name
        assert first["TANGGAL_LAHIR"] == row.birth_date.strftime("%d-%m-%Y")
        assert first["STATUS_KAWIN"] == "Y" and first["UPAH"] == "1000000"
        assert first["NO_PEGAWAI"] == f"{batch.code}-000001"
        assert all(isinstance(cell, str) for cell in rows[0])

    def test_is_the_same_each_time_and_giving_it_out_is_recorded(self):
        batch = sending.send(sending.decreed(2))
        assert sending.file_of(batch) == sending.file_of(batch)
        with scope.whole_country("tests"):
            records = Disclosure.objects.filter(why="register")
            assert [(one.people, one.kind) for one in records] == [(2, "export")] * 2

    def test_is_divided_where_there_are_too_many_rows(self, monkeypatch):
        monkeypatch.setattr(making, "PEOPLE_A_TURN", 2)
        batch = sending.send(sending.decreed(5))
        batch.layout.most_rows = 2
        assert batch.parts == [1, 2, 3]
        sizes = [len(sending.rows_of(sending.file_of(batch, part))) - 1 for part in batch.parts]
        assert sizes == [2, 2, 1]


class TestWhoIsInIt:
    def test_nobody_twice(self):
        decree = sending.decreed(2)
        sending.send(decree)
        with pytest.raises(Refusal, match="Tidak ada orang"):
            sending.begin(decree)

    def test_the_database_holds_it(self):
        batch = sending.send(sending.decreed(1))
        (line,) = sending.lines(batch)
        with scope.whole_country("tests"):
            other = Batch.objects.create(
                regency_id=batch.regency_id, layout=batch.layout, code="ZZZZZZ",
                office=batch.office, name="x",
            )  # fmt: skip
            line.pk, line.batch = None, other
            with pytest.raises(IntegrityError, match="line_sent_once"), transaction.atomic():
                line.save(force_insert=True)
            line.state = "refused"
            line.reason = "NIK"
            line.save(force_insert=True)  # the control: one that holds nobody

    def test_nobody_who_has_died_since(self):
        decree = sending.decreed(2)
        with scope.whole_country("tests"):
            worker = Worker.objects.filter(entries__decree_rows__decree=decree).first()
            Worker.objects.filter(pk=worker.pk).update(
                ended_on=date(2026, 5, 1), ended_reason="died"
            )
            assert selection.counts(decree)[Kind.NEW] == 1

    def test_what_all_lack_is_asked_for_before(self):
        decree = sending.decreed(2)
        sending.set_defaults(decree.programme, married="")
        with pytest.raises(Refusal, match="Belum ada: status kawin"):
            sending.begin(decree)

    def test_who_lacks_something_gets_a_line_that_says_what_and_is_not_sent(self, monkeypatch):
        own = selection._own
        monkeypatch.setattr(selection, "_own", lambda *of: own(*of) | {"sex": ""})
        decree = sending.decreed(2)
        batch = sending.send(decree)
        assert (batch.people, batch.incomplete, batch.parts) == (0, 2, [])
        assert sending.lines(batch)[0].label == "Belum ada: jenis kelamin"
        TestWithdrawn().withdraw(batch)
        monkeypatch.undo()
        assert sending.send(decree).people == 2

    def test_what_an_amendment_has_corrected(self):
        decree = sending.decreed(2)
        with scope.whole_country("tests"):
            worker = Worker.objects.filter(entries__decree_rows__decree=decree).first()
        correct(worker, birth_place="Ponorogo")
        amended(decree)
        batch = sending.send(decree, by="bima")
        assert [line.payload["birth_place"] for line in sending.lines(batch)].count("Ponorogo") == 1

    def test_the_people_of_a_villages_own_decree(self):
        programme, head = own.ready()
        decree = own.issued(programme, head)
        sending.set_defaults(programme)
        assert sending.send(decree).people == 3

    def test_who_was_accepted_leaves_bpjs_too_once_the_decree_is_revoked(self, monkeypatch):
        stories.today_is(monkeypatch, stories.MAY)
        decree = sending.decreed(2)
        batch = sending.send(decree)
        rows = [sending.answer(line, kpj=f"1234567890{line.number}", words="Valid")
                for line in sending.lines(batch)]  # fmt: skip
        sending.take(sending.receive(batch, rows))
        revoked(decree)
        with pytest.raises(Refusal, match="dicabut"):
            sending.begin(decree)
        lines = sending.lines(sending.send(decree, Kind.LEAVING))
        assert [line.payload["left_on"] for line in lines] == ["2026-05-10"] * 2

    def test_who_leaves_is_sent_as_leaving_once_accepted_and_the_dead_never(self, monkeypatch):
        stories.today_is(monkeypatch, stories.MAY)
        decree = sending.decreed(3)
        batch = sending.send(decree)
        job = sending.receive(
            batch, [sending.answer(line, kpj=f"1234567890{line.number}", words="Valid")
                    for line in sending.lines(batch)],
        )  # fmt: skip
        sending.take(job)
        with scope.whole_country("tests"):
            entries = [row.entry for row in decree.entries.select_related("entry__programme")]
        stories.left(entries[0], reason="moved")
        stories.left(entries[1], reason="died", words="Meninggal")
        with scope.whole_country("tests"):
            assert selection.counts(decree) == {Kind.NEW: 0, Kind.CONTINUING: 0, Kind.LEAVING: 1}
        leaving = sending.send(decree, Kind.LEAVING)
        (line,) = sending.lines(leaving)
        assert line.payload["kpj"] == "12345678901"
        assert line.payload["left_on"] == "2026-05-03"


class TestRefused:
    def test_without_what_is_alike_or_an_issued_decree(self):
        decree = sending.decreed(1, defaults=False)
        with pytest.raises(Refusal, match="lokasi pekerjaan"):
            sending.begin(decree)
        subsidy = lists.programme(name="Lain")
        lists.approved(subsidy, 1, first=40)
        with pytest.raises(Refusal, match="belum terbit"):
            sending.begin(drafts.draft(subsidy, number="188.45/281/406.001.3/2026"))

    def test_by_who_may_not(self):
        decree = sending.decreed(1)
        for name in ("vera", "amir", "audi"):
            with pytest.raises(PermissionDenied):
                sending.begin(decree, by=name)
        assert sending.send(decree, by="bima").people == 1

    def test_what_was_sent_is_never_changed(self):
        batch = sending.send(sending.decreed(1))
        with scope.whole_country("tests"):
            rows = Line.objects.filter(batch=batch)
            for change in ({"payload": {}}, {"about": 1}, {"number": 9}):
                with pytest.raises(IntegrityError, match="line_stays"), transaction.atomic():
                    rows.update(**change)
            with pytest.raises(IntegrityError, match="line_stays"), transaction.atomic():
                rows.delete()
            assert rows.update(label="Dijawab lewat telepon") == 1


class TestWithdrawn:
    def test_its_people_can_be_sent_again(self):
        decree = sending.decreed(2)
        batch = sending.send(decree)
        self.withdraw(batch)
        assert sending.states(batch) == {"withdrawn": 2}
        assert sending.send(decree).people == 2

    def test_not_once_it_is_answered(self):
        batch = sending.send(sending.decreed(1))
        job = sending.receive(
            batch, [sending.answer(line, words="Valid") for line in sending.lines(batch)]
        )
        sending.take(job)
        with pytest.raises(Refusal, match="Batalkan dahulu jawabannya"):
            self.withdraw(batch)

    def withdraw(self, batch):
        office = people.office("rini")
        with scope.enter(office):
            actions.withdraw(batch, by=office)
