"""What BPJS answers: joined, looked at, taken, taken back; accepted follow, refused leave."""

import pytest
from django.core.exceptions import PermissionDenied

from enrollment.coverage.models import Membership
from enrollment.leavings.models import Leaving
from enrollment.matching import answering, working
from enrollment.matching.models import Answer, Wording
from enrollment.registrations import actions
from tests import people
from tests.registrations import sending
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
    from io import BytesIO

    from django.core.files import File

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
        assert problems(job) == ["", "twice", "unknown", "words"]
        sending.take(job)
        assert sending.states(batch) == {"accepted": 1, "sent": 3}

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
            sending.receive(other, [sending.answer(line, words="menunggu cabang")])
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


class TestRefusedPeople:
    def test_go_to_who_decides_in_one_press(self, batch):
        sending.take(answered(batch, words="Ditolak: tidak bekerja"))
        decree, vera = batch.registering.decree, people.office("vera")
        with scope.enter(vera):
            assert actions.file_refused(decree, by=vera) == 1
            assert actions.file_refused(decree, by=vera) == 0
        with scope.whole_country("tests"):
            leaving = Leaving.objects.get()
        assert (leaving.reason, leaving.state) == ("refused", "filed")
        assert "Tidak bekerja" in leaving.words


class TestKilled:
    def test_taking_goes_on_where_it_stood(self, batch, monkeypatch):
        """The worker dies between two turns; whoever goes on loses and doubles nobody."""
        monkeypatch.setattr(working, "ROWS_A_TURN", 1)
        job = answered(batch, words="Valid")
        office = people.office("rini")
        with scope.enter(office):
            answering.take(job, by=office)
        whole, turns = working._take, []

        def dies(job, size):
            if len(turns) == 2:
                raise KeyboardInterrupt
            turns.append(size)
            whole(job, size)

        phase = working._PHASES["take"]
        monkeypatch.setitem(working._PHASES, "take", phase._replace(work=dies))
        with pytest.raises(KeyboardInterrupt):
            working.advance(job.pk)
        assert sending.states(batch) == {"accepted": 2, "sent": 2}
        monkeypatch.setitem(working._PHASES, "take", phase)
        working.advance(job.pk)
        assert sending.states(batch) == {"accepted": 4}
        with scope.whole_country("tests"):
            assert Answer.objects.exclude(before={}).count() == 4
