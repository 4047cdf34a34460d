"""What BPJS answers: joined, looked at, taken, taken back; accepted follow, refused leave."""

import random
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files import File

from enrollment.coverage.models import Membership
from enrollment.leavings import actions as leavings
from enrollment.leavings.models import Leaving
from enrollment.matching import answering, working
from enrollment.matching.models import Line, Wording
from enrollment.registrations import actions, making
from tests import people
from tests.leavings import stories
from tests.registrations import sending
from tests.selection import short
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    return sending.send(sending.decreed(4))


def answered(batch, **first):
    """Three accepted, and the first line as asked for."""
    one, *others = sending.lines(batch)
    rows = [sending.answer(one, **first)]
    rows += [sending.answer(line, kpj=f"1111222233{line.number}", words="Valid") for line in others]
    return sending.receive(batch, rows)


def problems(job):
    with scope.whole_country("tests"):
        return list(job.answers.order_by("row").values_list("problem", flat=True))


class TestTaken:
    def test_partial_acceptance(self, batch):
        job = answered(batch, words="Ditolak: NIK tidak ditemukan")
        assert job.may_take and problems(job) == [""] * 4
        assert sending.states(batch) == {"sent": 4}  # nothing before somebody has looked
        job = sending.take(job)
        assert job.is_taken
        assert sending.states(batch) == {"refused": 1, "accepted": 3}
        refused, accepted, *_ = sending.lines(batch)
        assert (refused.reason, refused.label) == ("NIK", "Ditolak: NIK tidak ditemukan")
        assert accepted.kpj == "11112222332"

    def test_who_is_a_member_already_becomes_one_with_its_origin(self, batch):
        sending.take(answered(batch, kpj="99998888777", words="Sudah peserta"))
        line = sending.lines(batch)[0]
        with scope.whole_country("tests"):
            member = Membership.objects.get(worker=line.worker_id)
        assert line.state == "already"
        assert (member.pk, member.kpj) == (line.membership_id, "99998888777")

    def test_is_found_without_its_key(self, batch):
        line = sending.lines(batch)[0]
        born = "/".join(reversed(line.payload["birth_date"].split("-")))
        rows = [["", "", line.payload["name"].lower(), "Valid", born]]
        job = sending.receive(batch, rows, headings=(
            "NO_PEGAWAI", "NIK", "Nama Lengkap", "Status", "Tgl. Lahir"
        ))  # fmt: skip
        with scope.whole_country("tests"):
            (one,) = job.answers.all()
        assert (one.line_id, one.how, one.state) == (line.pk, "name", "accepted")

    def test_the_same_file_twice_changes_nothing(self, batch):
        rows = [sending.answer(line, words="Valid") for line in sending.lines(batch)]
        content = sending.workbook(rows)
        kept = content.read()
        sending.take(sending.receive(batch, again(kept)))
        with pytest.raises(Refusal, match="sudah diunggah"):
            sending.receive(batch, again(kept))

    def test_only_by_who_may(self, batch):
        with pytest.raises(PermissionDenied):
            sending.receive(batch, [], by="vera")
        assert sending.receive(batch, [sending.answer(sending.lines(batch)[0])], by="bima")


def again(content):
    return File(BytesIO(content), name="jawaban.xlsx")


class TestTakenBack:
    def test_everything_is_as_before(self, batch):
        job = sending.take(answered(batch, kpj="99998888777", words="Sudah peserta"))
        assert sending.states(batch) == {"already": 1, "accepted": 3}
        job = sending.take_back(job)
        assert job.phase == job.Phase.TAKEN_BACK
        assert sending.states(batch) == {"sent": 4}
        assert {line.kpj for line in sending.lines(batch)} == {""}
        with scope.whole_country("tests"):
            assert not Membership.objects.exists()

    def test_and_the_right_file_can_follow(self, batch):
        sending.take_back(sending.take(answered(batch, words="Ditolak, NIK ganda")))
        sending.take(answered(batch, words="Valid"))
        assert sending.states(batch) == {"accepted": 4}

    def test_not_under_a_later_answer(self, batch):
        first = sending.take(answered(batch, words="Ditolak, NIK ganda"))
        sending.take(
            sending.receive(batch, [sending.answer(sending.lines(batch)[0], words="Valid")])
        )
        with pytest.raises(Refusal, match="lebih baru"):
            sending.take_back(first)


class TestInDoubt:
    def test_is_left_to_a_person_and_stays_out(self, batch):
        one, two, *_ = sending.lines(batch)
        rows = [
            sending.answer(one, words="Valid"),
            sending.answer(one, words="Ditolak, NIK ganda"),
            ["", "3503079999999999", "SIAPA", "", "Valid"],
            sending.answer(two, words="Menunggu cabang"),
        ]
        job = sending.receive(batch, rows)
        assert problems(job) == ["twice", "twice", "unknown", "words"]
        with scope.enter(people.office("rini")), pytest.raises(Refusal, match="Belum ada jawaban"):
            answering.take(job, by=people.office("rini"))
        assert sending.states(batch) == {"sent": 4}

    def test_the_same_said_twice_is_said(self, batch):
        line = sending.lines(batch)[0]
        job = sending.receive(batch, [sending.answer(line, words="Valid")] * 2)
        assert problems(job) == ["", "twice"]

    def test_a_refusal_of_who_was_accepted_is_left_to_a_person(self, batch):
        sending.take(answered(batch, words="Valid"))
        line = sending.lines(batch)[0]
        job = sending.receive(batch, [sending.answer(line, words="Ditolak, NIK ganda")])
        assert problems(job) == ["changed"]

    def test_a_kpj_that_we_have_sent_says_nothing(self):
        """The file that we made ourselves, sent back, accepts nobody."""
        batch = sending.send(sending.decreed(2))
        with scope.whole_country("tests"):
            Line.objects.filter(batch=batch).update(kpj="12345678901")
        rows = [sending.answer(line, kpj="12345678901") for line in sending.lines(batch)]
        assert problems(sending.receive(batch, rows)) == ["words"] * 2

    def test_a_nik_in_the_words_is_masked(self, batch):
        line = sending.lines(batch)[0]
        job = sending.receive(batch, [sending.answer(line, words=f"Ditolak {line.payload['nik']}")])
        with scope.whole_country("tests"):
            label = job.answers.get().label
        assert label.startswith("Ditolak 350307") and line.payload["nik"] not in label

    def test_a_person_says_which_line_it_is(self, batch):
        line = sending.lines(batch)[2]
        job = sending.receive(batch, [["", "", "SIAPA", "", "Valid"]])
        with scope.whole_country("tests"):
            (doubtful,) = job.answers.all()
        office = people.office("rini")
        with scope.enter(office):
            with pytest.raises(Refusal, match="Tidak ada baris"):
                answering.settle(doubtful, by=office, key="ZZZZZZ-000001")
            answering.settle(doubtful, by=office, key=line.key.lower())
        sending.take(job)
        assert sending.lines(batch)[2].state == "accepted"

    def test_words_are_explained_once_and_remembered(self, batch):
        job = answered(batch, words="Menunggu Cabang!")
        assert problems(job)[0] == "words"
        office = people.office("rini")
        with scope.enter(office):
            said = {"Menunggu Cabang!": ("refused", "Belum lengkap di cabang")}
            assert answering.explain(job, said, by=office) == 1
        sending.take(job)
        assert sending.lines(batch)[0].reason == "Belum lengkap di cabang"
        other = sending.send(
            sending.decreed(1, name="Lain", first=40, number="188.45/281/406.001.3/2026"),
            by="bima",
        )
        line = sending.lines(other)[0]
        assert problems(
            sending.receive(other, [sending.answer(line, words="menunggu cabang")], by="bima")
        ) == [""]

    def test_the_words_of_a_regency_are_its_own(self, batch):
        with scope.whole_country("tests"):
            Wording.objects.create(
                regency_id=people.BOJONEGORO, words="menunggu cabang", state="accepted"
            )
        assert problems(answered(batch, words="Menunggu cabang"))[0] == "words"

    @pytest.mark.parametrize(
        ("rows", "headings", "sentence"),
        [
            ([["a", "b"]], ("Judul", "Lain"), "Tidak ada judul kolom yang dikenal"),
            ([], sending.HEADINGS, "Tidak ada baris jawaban"),
        ],
    )
    def test_a_file_that_is_no_answer_says_what_to_do(self, batch, rows, headings, sentence):
        job = sending.receive(batch, rows, headings=headings)
        assert job.refused and sentence in job.message
        assert sending.states(batch) == {"sent": 4}


class TestStopped:
    def test_can_be_pressed_again(self, batch, monkeypatch):
        """Between looking and the last turn somebody was sent with another file: what has been
        written stays, and once that file is withdrawn the rest follows."""
        monkeypatch.setattr(working, "ROWS_A_TURN", 1)
        sending.take(answered(batch, words="Ditolak, NIK ganda"))
        line = sending.lines(batch)[0]
        again = sending.receive(batch, [sending.answer(line, words="Valid")])
        office = people.office("rini")
        with scope.enter(office):
            answering.take(again, by=office)
        other = sending.send(batch.registering.decree, by="bima")
        working.advance(again.pk)
        stopped = sending.fresh(again)
        assert stopped.refused and stopped.may_take and "kiriman lain" in stopped.message
        with scope.enter(office), pytest.raises(Refusal, match="kiriman lain"):
            answering.take(stopped, by=office)
        with scope.enter(office):
            actions.withdraw(other, by=office)
        assert sending.take(stopped).is_taken
        assert sending.lines(batch)[0].state == "accepted"

    def test_answers_to_a_withdrawn_batch_are_not_taken(self, batch):
        job = answered(batch, words="Valid")
        office = people.office("rini")
        with scope.enter(office):
            actions.withdraw(batch, by=office)
        with scope.enter(office), pytest.raises(Refusal, match="dibatalkan"):
            answering.take(job, by=office)


class TestRefusedPeople:
    def test_not_who_is_accepted_in_a_later_file(self, batch):
        sending.take(answered(batch, words="Ditolak, NIK ganda"))
        decree = batch.registering.decree
        later = sending.send(decree)
        rows = [sending.answer(sending.lines(later)[0], kpj="24010000001", words="Valid")]
        assert self.found(decree) == 0  # sent again, not answered yet
        sending.take(sending.receive(later, rows))
        assert self.found(decree) == 0

    @pytest.mark.parametrize("words", ["Ditolak, menunggak iuran", "Ditolak: meninggal"])
    def test_not_whose_months_can_still_be_paid_or_claimed(self, batch, words):
        sending.take(answered(batch, words=words))
        assert self.found(batch.registering.decree) == 0

    def found(self, decree):
        with scope.whole_country("tests"):
            return actions.refused(decree).count()

    def test_go_to_who_decides_in_one_press(self, batch):
        sending.take(answered(batch, words="Ditolak: tidak bekerja"))
        decree, vera = batch.registering.decree, people.office("vera")
        with scope.enter(vera):
            assert actions.file_refused(decree, by=vera) == 1
            assert actions.file_refused(decree, by=vera) == 0
        with scope.whole_country("tests"):
            leaving = Leaving.objects.get()
        assert (leaving.reason, leaving.state) == ("refused", "filed")
        assert batch.code in leaving.words and "Tidak bekerja" not in leaving.words

    @pytest.mark.every
    def test_594_sent_37_refused_free_7_459_200(self):
        """KBB 2024: what is accepted, refused and freed follows the answers."""
        decree = sending.decreed(594, people_paid=594)
        batch = sending.send(decree)
        sent = sending.lines(batch)
        rows = [sending.answer(line, words="Ditolak: tidak bekerja") for line in sent[:37]]
        rows += [sending.answer(line, kpj=f"2{line.number:010d}") for line in sent[37:]]
        sending.take(sending.receive(batch, rows))
        assert sending.states(batch) == {"accepted": 557, "refused": 37}
        vera = people.office("vera")
        with scope.enter(vera):
            assert actions.file_refused(decree, by=vera) == 37
        with scope.whole_country("tests"):
            filed = list(Leaving.objects.select_related("entry__programme"))
        for leaving in filed:
            stories.do("amir", leavings.approve, leaving)
        assert stories.committed(decree.programme) == 119_750_400 - 7_459_200


class Killed(BaseException):
    """What happens to a worker."""


class TestKilled:
    @pytest.mark.parametrize("point", short(range(20), keep=2))
    def test_nobody_is_lost_or_doubled(self, point, monkeypatch):
        """The worker dies in one of the turns of making, reading, taking or taking back, before or
        after it has written; whoever goes on ends as if nothing had happened."""
        chance = random.Random(point)
        batch = self.made(chance, monkeypatch)
        assert [line.number for line in sending.lines(batch)] == [1, 2, 3, 4, 5, 6]
        rows = [sending.answer(line, kpj=f"1111222233{line.number}", words="Sudah peserta")
                for line in sending.lines(batch)]  # fmt: skip
        job = self.in_phase("read", chance, monkeypatch, lambda: sending.received(batch, rows))
        assert job.answers_are == 6
        job = self.in_phase("take", chance, monkeypatch, lambda: began(answering.take, job))
        assert sending.states(batch) == {"already": 6} and members() == 6
        self.in_phase("back", chance, monkeypatch, lambda: began(answering.take_back, job))
        assert sending.states(batch) == {"sent": 6} and members() == 0

    def made(self, chance, monkeypatch):
        decree = sending.decreed(6)
        monkeypatch.setattr(making, "PEOPLE_A_TURN", 2)
        job = sending.begin(decree)
        die_once(making, "_add", chance.randrange(3), chance.random() < 0.5, monkeypatch)
        until_done(lambda: making.advance(job.pk))
        return sending.fresh_batch(job.batch_id)

    def in_phase(self, phase, chance, monkeypatch, begin):
        monkeypatch.setattr(working, "ROWS_A_TURN", 2)
        turns = 1 if phase == "read" else 3
        whole = working._PHASES[phase]
        dies = dying(whole.work, chance.randrange(turns), chance.random() < 0.5)
        job = begin()
        monkeypatch.setitem(working._PHASES, phase, whole._replace(work=dies))
        until_done(lambda: working.advance(job.pk))
        fresh = sending.fresh(job)
        with scope.whole_country("tests"):
            fresh.answers_are = fresh.answers.count()
        return fresh


def began(action, job):
    office = people.office("rini")
    with scope.enter(office):
        action(job, by=office)
    return job


def members():
    with scope.whole_country("tests"):
        return Membership.objects.count()


def dying(work, turn, before):
    """`work`, which dies once: in this turn, before or after it has written."""
    turns = []

    def dies(job, what):
        turns.append(turn)
        if len(turns) == turn + 1 and before:
            raise Killed
        work(job, what)
        if len(turns) == turn + 1:
            raise Killed

    return dies


def die_once(module, name, turn, before, monkeypatch):
    monkeypatch.setattr(module, name, dying(getattr(module, name), turn, before))


def until_done(advance):
    with pytest.raises(Killed):
        advance()
    advance()
