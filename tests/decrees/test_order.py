"""From a draft by way of review, freezing, sending and signing to an issued decree."""

import hashlib
import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from enrollment.coverage.models import Cover
from enrollment.decrees import actions, freezing, issuing, states
from enrollment.decrees.models import Decree, DecreeStep
from enrollment.decrees.moving import move
from enrollment.decrees.rules import Marking, snapshot_sha256
from enrollment.decrees.signing.models import DecreeFile
from enrollment.decrees.states import MOVES, State
from enrollment.schedules import actions as schedules
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.opened import lines, sheet_of
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy():
    made = drafts.programme()
    drafts.approve(made, *(people.worker(number) for number in range(3)))
    return made


@pytest.fixture
def draft(subsidy):
    return signing.unnumbered(subsidy)


def covered():
    with scope.whole_country("tests"):
        return Cover.objects.count()


def went(decree):
    """The states that it went through, the first one first."""
    with scope.whole_country("tests"):
        return list(decree.steps.order_by("pk").values_list("to_state", flat=True))


def act(action, decree, **values):
    rini = people.office("rini")
    with scope.enter(rini):
        return action(decree, by=rini, **values)


def now(job):
    """A job of a decree as it stands now."""
    with scope.whole_country("tests"):
        return type(job).objects.get(pk=job.pk)


def written(annex):
    """What stands in a file of the annex."""
    with annex.file.open("rb") as file:
        return str(lines(sheet_of(file.read())))


def dies(decree):
    """The first person of the list dies."""
    with scope.whole_country("tests"):
        worker = decree.entries.earliest("position").entry.worker_id
        Worker.objects.filter(pk=worker).update(ended_on=date(2026, 3, 1), ended_reason="died")
    return worker


class TestTheWholeWay:
    def test_is_gone_without_a_number_until_it_is_back(self, draft):
        act(actions.give_to_review, draft)
        frozen = signing.freeze(draft)
        assert (frozen.state, frozen.number, frozen.date, covered()) == ("ready", "", None, 0)
        signing.send(frozen)
        signing.receive(draft)
        back = signing.fresh(draft)
        assert (back.state, back.number, covered()) == ("returned", signing.NUMBER, 0)
        issued = drafts.issue(back)
        assert (issued.state, issued.date, covered()) == ("issued", signing.DAY, 3)
        assert went(draft) == [
            *("review", "freezing", "ready", "sent", "returned", "issuing", "issued")
        ]
        with scope.whole_country("tests"):
            assert set(draft.steps.values_list("name", flat=True)) == {"Rini"}

    def test_seals_what_was_sent_and_not_what_was_typed_later(self, draft):
        seal = signing.freeze(draft).sha256
        signing.send(draft)
        signing.receive(draft)
        issued = drafts.issue(signing.fresh(draft))
        assert issued.sha256 == seal
        with scope.whole_country("tests"):
            rows = issued.entries.order_by("position")
            assert seal == snapshot_sha256(rows, issued.header)

    def test_ink_first_is_issued_at_once(self, subsidy):
        decree = drafts.issue(drafts.draft(subsidy))
        assert (decree.state, went(decree)) == ("issued", ["issuing", "issued"])

    def test_the_masked_annex_bears_the_number_that_came_back(self, draft):
        decree = drafts.issue(signing.signed(draft))
        annexes = drafts.printed(decree)
        published = written(annexes["masked"])
        assert signing.NUMBER in published and "17 Maret 2026" in published

    @pytest.mark.parametrize(
        ("marking", "mark"), [("srikandi", "${nomor_naskah}"), ("blank", "......")]
    )
    def test_the_annex_to_sign_leaves_number_and_date_open(self, draft, marking, mark):
        signing.freeze(draft, marking=Marking(marking))
        with scope.whole_country("tests"):
            text = written(draft.annexes.get())
        assert mark in text
        assert "2026" not in text.partition("TENTANG")[0].partition("NOMOR")[2]


class TestWhatIsFrozen:
    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE enrollment_decreeentry SET name = 'PALSU'",
            "DELETE FROM enrollment_decreeentry",
            "UPDATE enrollment_decree SET title = 'palsu'",
            "UPDATE enrollment_decree SET header = '{}'",
            "UPDATE enrollment_decree SET sha256 = 'palsu'",
            "UPDATE enrollment_decree SET state = 'returned', number = '1', date = now()",
            "UPDATE enrollment_decree SET state = 'draft'",
            "DELETE FROM enrollment_decree",
            "UPDATE enrollment_decreestep SET name = 'orang lain'",
            "DELETE FROM enrollment_decreestep",
            "UPDATE enrollment_decreefile SET sha256 = 'palsu'",
            "DELETE FROM enrollment_decreefile",
        ],
    )
    def test_cannot_be_changed_in_the_database(self, draft, attack):
        signing.send(signing.freeze(draft), signing.pdf())
        before = self.record(draft)
        try:
            with (
                scope.whole_country("tests"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(attack)
                touched = cursor.rowcount
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as refused:
            assert any(
                word in str(refused)
                for word in ("decree can be", "of a decree can", "moves by its steps", "fk_")
            )
        else:
            assert touched == 0, "row security lets nobody change it"
        assert self.record(draft) == before

    def record(self, draft):
        with scope.whole_country("tests"):
            return (
                list(Decree.objects.values_list("state", "title", "sha256", "number", "header")),
                list(draft.entries.order_by("pk").values_list("name", flat=True)),
                list(DecreeStep.objects.order_by("pk").values_list("to_state", "name")),
                list(DecreeFile.objects.order_by("pk").values_list("sha256", flat=True)),
            )

    def test_a_number_may_still_come(self, draft):
        """The control of the one before: what is not frozen can be written."""
        signing.freeze(draft)
        with scope.whole_country("tests"):
            assert Decree.objects.update(number="1", date=date(2026, 1, 1)) == 1

    def test_its_people_are_in_no_other_draft(self, subsidy, draft):
        signing.freeze(draft)
        with pytest.raises(Refusal, match="Tidak ada orang"):
            drafts.draft(subsidy)

    def test_is_opened_again_with_a_reason(self, draft):
        signing.freeze(draft)
        with pytest.raises(Refusal, match="Tulis alasannya"):
            act(actions.open_again, draft, reason="  ")
        assert signing.fresh(draft).is_ready
        act(actions.open_again, draft, reason="Salah judul")
        again = signing.fresh(draft)
        assert (again.state, again.sha256) == ("draft", "")
        with scope.whole_country("tests"):
            assert draft.steps.first().reason == "Salah judul"
            assert not draft.annexes.exists()
        assert signing.freeze(again).is_ready

    def test_a_draft_that_was_sent_is_thrown_away_without_its_files(self, draft):
        signing.send(signing.freeze(draft))
        act(actions.open_again, draft, reason="Batal")
        act(actions.discard, draft)
        left = signing.fresh(draft)
        assert (left.state, left.people) == ("withdrawn", 0)
        with scope.whole_country("tests"):
            assert draft.files.exists() and not draft.entries.exists()

    def test_a_draft_that_was_only_reviewed_goes_as_a_whole(self, draft):
        act(actions.give_to_review, draft)
        act(actions.discard, draft)
        with scope.whole_country("tests"):
            assert not Decree.objects.exists() and not DecreeStep.objects.exists()


class TestMoves:
    def test_the_database_knows_the_same_moves(self):
        """Those of the function that refuses all others, and which of them need a reason."""
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'decree_step_is_next'")
            (source,) = cursor.fetchone()
        known = re.findall(r"\('(\w+)', '(\w+)', (true|false)\)", source)
        assert {(start, end): reason == "true" for start, end, reason in known} == {
            pair: made.needs_reason for pair, made in MOVES.items()
        }

    @pytest.mark.parametrize(
        ("to", "reason"), [("issued", "x"), ("sent", "x"), ("ready", "x"), ("draft", "x")]
    )
    def test_no_other_move_is_taken(self, draft, to, reason):
        self.step(draft, "review", "")  # the control
        with pytest.raises(IntegrityError, match="does not move"):
            self.step(draft, to, reason)

    def test_a_step_that_needs_a_reason_is_refused_without(self, draft):
        act(actions.give_to_review, draft)
        draft = signing.fresh(draft)
        with pytest.raises(IntegrityError, match="does not move"):
            self.step(draft, "draft", "")
        self.step(draft, "draft", "x")

    def step(self, decree, to, reason):
        """Write a step without moving the decree, and take it back."""
        rini = people.office("rini")
        with scope.whole_country("tests"), transaction.atomic():
            DecreeStep.objects.create(
                decree=decree, regency_id=decree.regency_id, from_state=decree.state, to_state=to,
                reason=reason, office=rini, name="x",
            )  # fmt: skip
            transaction.set_rollback(True)

    def test_a_state_without_a_step_is_refused(self, draft):
        with (
            pytest.raises(IntegrityError, match="moves by its steps"),
            scope.whole_country("tests"),
            transaction.atomic(),
        ):
            Decree.objects.filter(pk=draft.pk).update(state="review")

    def test_a_step_does_not_serve_twice(self, draft):
        rini = people.office("rini")
        act(actions.give_to_review, draft)
        with scope.enter(rini):
            move(signing.fresh(draft), State.DRAFT, by=rini, reason="x")
        with (
            pytest.raises(IntegrityError, match="moves by its steps"),
            scope.whole_country("tests"),
            transaction.atomic(),
        ):
            Decree.objects.filter(pk=draft.pk).update(state="review")

    def test_nothing_is_back_without_a_signed_file(self, draft):
        frozen = signing.send(signing.freeze(draft))
        rini = people.office("rini")
        frozen.number, frozen.date = "1", signing.DAY
        with scope.enter(rini), pytest.raises(Refusal, match="Muat ulang"):
            move(frozen, State.RETURNED, by=rini)
        signing.receive(draft)
        assert signing.fresh(draft).is_returned

    @pytest.mark.parametrize(
        ("state", "went", "shown"),
        [
            ("draft", [], ("Rancangan|Telaah hukum|Siap tanda tangan|Terkirim|Kembali|Terbit", 1)),
            (
                "sent",
                ["freezing", "ready", "sent"],
                ("Rancangan|Siap tanda tangan|Terkirim|Kembali|Terbit", 3),
            ),
            ("issued", ["issuing", "issued"], ("Rancangan|Terbit", 3)),
            ("issuing", ["review", "issuing"], ("Rancangan|Telaah hukum|Terbit", 3)),
        ],
    )
    def test_what_it_went_past_is_not_shown_as_done(self, state, went, shown):
        assert states.way(state, went) == shown

    def test_every_state_has_its_words_and_its_place(self):
        assert set(states.STANDINGS) == set(states.PLACES) == set(State)


class TestWhatIsAgainstIt:
    def test_without_legal_basis_nothing_is_frozen(self, subsidy):
        draft = drafts.draft(subsidy, number="", date=None, legal_basis="")
        with pytest.raises(Refusal, match="Dasar hukum belum diisi"):
            signing.begin_to_freeze(draft)
        with pytest.raises(Refusal, match="Dasar hukum belum diisi"):
            act(actions.give_to_review, draft)

    def test_whoever_changes_while_it_is_frozen_makes_it_a_draft_again(self, draft, monkeypatch):
        job = signing.begin_to_freeze(draft)
        dies(draft)
        freezing.advance(job.pk)
        again = signing.fresh(draft)
        assert (again.state, again.sha256) == ("draft", "")
        with scope.whole_country("tests"):
            job.refresh_from_db()
        assert "Segarkan" in job.message

    def test_freezing_is_stopped(self, draft):
        job = signing.begin_to_freeze(draft)
        act_on = people.office("rini")
        with scope.enter(act_on):
            actions.stop(job, by=act_on)
        assert signing.fresh(draft).is_draft
        freezing.advance(job.pk)
        assert signing.fresh(draft).is_draft, "a worker that comes late does nothing"
        with scope.enter(act_on), pytest.raises(Refusal, match="sudah berhenti"):
            actions.stop(job, by=act_on)

    def test_whoever_dies_afterwards_is_named_but_not_paid_for(self, draft):
        signing.signed(draft)
        dead = dies(draft)
        issued = drafts.issue(signing.fresh(draft))
        assert (issued.state, issued.people, covered()) == ("issued", 3, 2)
        with scope.whole_country("tests"):
            assert not Cover.objects.filter(worker=dead).exists()

    def test_a_name_corrected_afterwards_does_not_stop_a_signed_list(self, draft):
        signing.signed(draft)
        with scope.whole_country("tests"):
            Worker.objects.update(name="NAMA BARU")
        issued = drafts.issue(signing.fresh(draft))
        with scope.whole_country("tests"):
            assert not issued.entries.filter(name="NAMA BARU").exists()

    def test_a_list_whose_seal_does_not_fit_is_not_issued(self, draft, monkeypatch):
        signed = signing.signed(draft)
        monkeypatch.setattr(issuing, "snapshot_sha256", lambda rows, header: "0" * 64)
        with pytest.raises(Refusal, match="segelnya tidak cocok"):
            drafts.issue(signed)
        assert (signing.fresh(draft).state, covered()) == ("returned", 0)
        monkeypatch.undo()
        assert drafts.issue(signing.fresh(draft)).is_issued

    def test_somebody_paid_meanwhile_is_told_and_nothing_is_lost(self, draft):
        signed = signing.signed(draft)
        with scope.whole_country("tests"):
            worker = Worker.objects.get(pk=draft.entries.first().entry.worker_id)
        people.cover(worker, date(2026, 6, 1), date(2026, 7, 1), paid_by="Lain")
        with pytest.raises(Refusal, match="sudah dibayar iurannya"):
            drafts.begin(signed)
        assert signing.fresh(draft).is_returned

    @pytest.mark.parametrize(
        ("term", "sentence"),
        [
            ({"valid_until": date(2026, 3, 16)}, "berakhir 16 Maret 2026"),
            ({"valid_from": date(2026, 3, 18)}, "baru menjabat sejak 18 Maret 2026"),
            ({"valid_from": date(2026, 3, 17), "valid_until": date(2026, 3, 17)}, ""),
        ],
    )
    def test_the_signatory_was_in_office_on_that_day(self, draft, term, sentence):
        signing.send(signing.freeze(draft))
        who = signing.signatory(**term)
        if not sentence:
            signing.receive(draft, signatory=who)
            return
        with pytest.raises(Refusal, match=sentence):
            signing.receive(draft, signatory=who)
        assert signing.fresh(draft).is_sent

    def test_a_term_that_is_corrected_later_stops_issuing(self, draft):
        who = signing.signatory()
        signing.send(signing.freeze(draft))
        signing.receive(draft, signatory=who)
        with scope.whole_country("tests"):
            who.valid_until = date(2026, 1, 31)
            who.save()
        with pytest.raises(Refusal, match="berakhir 31 Januari 2026"):
            drafts.begin(signing.fresh(draft))


class TestWhileIssuingRests:
    @pytest.fixture
    def frozen(self, draft):
        return signing.freeze(draft)

    def rest(self, move="issue"):
        rini, today = people.office("rini"), timezone.localdate()
        with scope.enter(rini):
            return schedules.freeze(
                move=move, first=today, last=today, reason="Pemilihan kepala daerah", by=rini
            )

    def test_nothing_goes_out_to_be_signed_until_it_is_over(self, frozen):
        rests, rini = self.rest(), people.office("rini")
        with pytest.raises(Refusal, match="Pemilihan kepala daerah"):
            signing.send(frozen)
        with scope.enter(rini):
            schedules.thaw(rests, by=rini)
        assert signing.send(frozen).state == "sent"

    def test_what_comes_back_is_kept_and_not_issued(self, frozen):
        signing.send(frozen)
        self.rest()
        signing.receive(frozen)
        assert signing.fresh(frozen).is_returned
        with pytest.raises(Refusal, match="Pemilihan kepala daerah"):
            drafts.issue(signing.fresh(frozen))

    def test_legal_review_waits_too_and_the_draft_is_still_written(self, draft):
        rini, _ = people.office("rini"), self.rest()
        with scope.enter(rini):
            with pytest.raises(Refusal, match="Pemilihan kepala daerah"):
                actions.give_to_review(draft, by=rini)
            actions.change(draft, by=rini, title="Judul yang lain")
            assert actions.refresh(draft, by=rini) == 3

    @pytest.mark.parametrize("to", ["review", "freezing", "issuing"])
    def test_no_script_takes_a_step_forward(self, draft, to):
        """The same SQL is taken before the freeze, for another kind of freeze, and after it."""
        self.script(draft, to)
        other = self.rest("approve")
        self.script(draft, to)
        rests = self.rest()
        with pytest.raises(IntegrityError, match="Decrees rest in a freeze"):
            self.script(draft, to)
        with scope.enter(people.office("rini")):
            schedules.thaw(rests, by=people.office("rini"))
        self.script(draft, to)
        assert other.lifted_at is None

    def test_no_script_gets_round_it_by_another_scope(self, draft):
        """Whoever enters the smallest scope that may write the step sees the freeze as well."""
        self.rest()
        for low, agency in ((people.TRENGGALEK, ""), ("", ""), (people.TRENGGALEK, "dpmd")):
            with scope.whole_country("tests"), connection.cursor() as cursor:
                for name, value in (("low", low), ("agency", agency)):
                    cursor.execute("SELECT set_config(%s, %s, true)", [f"portal.{name}", value])
                with pytest.raises(IntegrityError, match="Decrees rest"), transaction.atomic():
                    cursor.execute(*self.sql(draft, "freezing"))

    def script(self, decree, to):
        """A step written by hand, and taken back."""
        with (
            scope.enter(people.office("rini")),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(*self.sql(decree, to))
            transaction.set_rollback(True)

    def sql(self, decree, to):
        return (
            "INSERT INTO enrollment_decreestep (decree_id, regency_id, from_state, to_state,"
            " reason, office_id, name, at) VALUES (%s, %s, 'draft', %s, '', %s, 'Rini', now())",
            [decree.pk, decree.regency_id, to, people.office("rini").pk],
        )

    def test_freezing_that_had_begun_stops_in_words(self, draft):
        job = signing.begin_to_freeze(draft)
        rests, rini = self.rest(), people.office("rini")
        freezing.advance(job.pk)
        job = now(job)
        assert (job.state, signing.fresh(draft).state) == ("refused", "draft")
        assert "Sedang masa beku" in job.message
        with scope.enter(rini):
            schedules.thaw(rests, by=rini)
        assert signing.freeze(draft).state == "ready"

    def test_issuing_that_had_begun_stops_and_pays_for_nobody(self, subsidy):
        draft = drafts.draft(subsidy)
        job = drafts.begin(draft)
        rests, rini = self.rest("all"), people.office("rini")
        issuing.advance(job.pk)
        job = now(job)
        assert (job.state, signing.fresh(draft).state) == ("refused", "draft")
        assert "Sedang masa beku" in job.message
        assert covered() == 0
        with scope.enter(rini):
            schedules.thaw(rests, by=rini)
        assert drafts.issue(draft).is_issued
        assert covered() == 3

    def test_a_signed_list_whose_issuing_had_begun_stays_signed(self, draft):
        signing.signed(draft)
        job = drafts.begin(signing.fresh(draft))
        self.rest()
        issuing.advance(job.pk)
        assert signing.fresh(draft).is_returned
        assert covered() == 0
        with scope.whole_country("tests"):
            assert draft.files.filter(kind="signed").exists()

    def test_a_list_is_opened_again_and_thrown_away(self, frozen):
        rini, _ = people.office("rini"), self.rest()
        with scope.enter(rini):
            actions.open_again(frozen, by=rini, reason="Salah nama")
            actions.discard(signing.fresh(frozen), by=rini)


class TestFiles:
    def test_keeps_the_bytes_that_went_and_came(self, draft):
        letter = signing.letter("KEPUTUSAN", "LAMPIRAN")
        signing.send(signing.freeze(draft), signing.pdf(letter))
        with scope.whole_country("tests"):
            annex = draft.pdfs.get().file.read()
        back = signing.signed_pdf(letter)
        signing.receive(draft, back)
        with scope.whole_country("tests"):
            kept = {file.filename: file for file in draft.files.all()}
            bytes_of = {name: file.file.read() for name, file in kept.items()}
        assert bytes_of == {
            "lampiran-lengkap-f4-mendatar-basah.pdf": annex,
            "naskah.pdf": letter,
            "kembali.pdf": back,
        }
        for name, file in kept.items():
            assert file.sha256 == hashlib.sha256(bytes_of[name]).hexdigest()

    def test_a_newer_file_replaces_one_that_stays(self, draft):
        signing.signed(draft)
        twice = signing.signed_pdf(signing.signed_pdf(signing.sent_pdf(draft)), field="Kedua")
        signing.receive(draft, twice, number="baru/1")
        with scope.whole_country("tests"):
            assert draft.files.filter(kind="signed").count() == 2
        assert signing.fresh(draft).number == "baru/1"

    def test_what_is_no_pdf_and_no_photo_is_refused(self, draft):
        signing.send(signing.freeze(draft))
        with pytest.raises(Refusal, match="bukan PDF atau foto"):
            signing.receive(draft, b"PK" * 2000)
        with scope.whole_country("tests"):
            assert not draft.files.filter(kind="signed").exists()
