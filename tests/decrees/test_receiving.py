"""A large signed file is examined by a job; nobody waits for the decree meanwhile."""

import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from enrollment.decrees import actions
from enrollment.decrees.signing import actions as signing_actions
from enrollment.decrees.signing import examining, receiving
from enrollment.decrees.signing.models import DecreeReceiving
from enrollment.jobs import actions as jobs
from enrollment.retention import rules as retention
from tests import people
from tests.decrees import drafts, signing
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    subsidy = drafts.programme()
    drafts.approve(subsidy, *(people.worker(number) for number in range(2)))
    return signing.send(signing.freeze(signing.unnumbered(subsidy)))


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    monkeypatch.setattr(signing_actions, "AT_ONCE", 0)


def url(name, decree):
    return reverse(name, args=[decree.pk])


def post(client, decree, content=None, number=signing.NUMBER):
    back = signing.signed_pdf(signing.sent_pdf(decree)) if content is None else content
    values = {"file": signing.pdf(back, "kembali.pdf"), "number": number, "date": signing.DAY}
    return client.post(url("decree_receive", decree), values)


def job_of(decree):
    with scope.whole_country("tests"):
        return DecreeReceiving.objects.filter(decree=decree).first()


def page(client, decree):
    return client.get(url("decree_detail", decree)).content.decode()


def strays():
    with scope.whole_country("tests"):
        return retention._strays(timezone.now() + timedelta(days=1))


class TestByItsPages:
    def test_it_is_examined_then_kept_with_what_was_typed(self, sent, as_person):
        rini = as_person("rini")
        assert post(rini, sent).status_code == 302
        assert signing.fresh(sent).state == "sent"
        shown = page(rini, sent)
        assert "Memeriksa berkas yang kembali" in shown and "Hentikan" in shown
        assert "Unggah yang bertanda tangan" not in shown
        receiving.advance(job_of(sent).pk)
        back = signing.fresh(sent)
        assert (back.state, back.number, back.date) == ("returned", signing.NUMBER, signing.DAY)
        assert "Sama persis dengan yang dikirim, ditambah 1 tanda tangan" in page(rini, sent)
        with scope.whole_country("tests"):
            kept = sent.files.get(kind="signed")
            assert (kept.filename, kept.file.name) == ("kembali.pdf", job_of(sent).file.name)
            assert kept.file.read().startswith(signing.sent_pdf(sent))
            assert kept.file.name not in strays()

    def test_a_small_one_is_kept_at_once(self, sent, as_person, monkeypatch):
        monkeypatch.setattr(signing_actions, "AT_ONCE", 10**9)
        post(as_person("rini"), sent)
        assert (signing.fresh(sent).state, job_of(sent)) == ("returned", None)

    def test_what_cannot_be_read_is_told_and_removed(self, sent, as_person):
        rini = as_person("rini")
        post(rini, sent, b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n")
        if job := job_of(sent):
            assert job.file.name not in strays(), "as long as it is examined"
            receiving.advance(job.pk)
            assert "kembali.pdf" in page(rini, sent)
            assert job.file.name in strays()
        assert signing.fresh(sent).state == "sent"

    def test_it_can_be_stopped_and_sent_again(self, sent, as_person):
        rini = as_person("rini")
        post(rini, sent)
        first = job_of(sent)
        rini.post(url("decree_stop", sent))
        assert first.file.name in strays()
        receiving.advance(first.pk)
        assert signing.fresh(sent).state == "sent"
        post(rini, sent)
        receiving.advance(job_of(sent).pk)
        assert signing.fresh(sent).state == "returned"

    def test_one_at_a_time(self, sent, as_person):
        rini = as_person("rini")
        post(rini, sent)
        assert "sedang diperiksa" in post(rini, sent).content.decode()
        with scope.whole_country("tests"):
            assert DecreeReceiving.objects.count() == 1


def test_opened_again_meanwhile_it_is_refused(sent, as_person):
    """What went out has changed since: the file is not kept as that of another list."""
    rini = people.office("rini")
    post(as_person("rini"), sent)

    def opened(ours, *_):
        with scope.enter(rini):
            actions.open_again(signing.fresh(sent), by=rini, reason="Keliru")
        signing.send(signing.freeze(signing.fresh(sent)))
        return original(ours, *_)

    original = examining.examine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examining, "examine", opened)
        receiving.advance(job_of(sent).pk)
    assert signing.fresh(sent).state == "sent"
    with scope.whole_country("tests"):
        assert not sent.files.filter(kind="signed").exists()
        assert "dipindahkan orang lain" in job_of(sent).message


@pytest.mark.parametrize("turns", range(4))
def test_a_worker_that_is_killed_between_two_turns_changes_nothing(turns, sent, as_person):
    """The next one examines the file again, and keeps it once."""
    post(as_person("rini"), sent)
    left = [None] * turns

    def turn(job):
        left.pop()  # IndexError once they are used up: the worker is killed
        return original(job)

    original = jobs.turn
    with pytest.MonkeyPatch.context() as patch, suppress(IndexError):
        patch.setattr(jobs, "turn", turn)
        receiving.advance(job_of(sent).pk)
    if job_of(sent).busy:
        receiving.advance(job_of(sent).pk)
    assert (job_of(sent).state, signing.fresh(sent).state) == ("done", "returned")
    with scope.whole_country("tests"):
        assert sent.files.filter(kind="signed").count() == 1


class TestWhyItWasRefused:
    """Its number was taken meanwhile; the sentence goes when it does not hold any more."""

    @pytest.fixture
    def refused(self, sent, as_person):
        taken = drafts.programme("Lain")
        drafts.approve(taken, people.worker(50))
        rini = as_person("rini")
        post(rini, sent)
        drafts.draft(taken, number=signing.NUMBER)
        receiving.advance(job_of(sent).pk)
        assert actions.NUMBER_TAKEN in page(rini, sent)
        return sent

    def test_a_good_file_that_is_kept_at_once(self, refused, as_person, monkeypatch):
        monkeypatch.setattr(signing_actions, "AT_ONCE", 10**9)
        rini = as_person("rini")
        post(rini, refused, number="Lain/2026")
        assert signing.fresh(refused).state == "returned"
        assert actions.NUMBER_TAKEN not in page(rini, refused)

    def test_a_list_that_is_opened_and_changed(self, refused, as_person):
        office = people.office("rini")
        with scope.enter(office):
            actions.open_again(refused, by=office, reason="Keliru")
            actions.change(refused, by=office, title="Lain")
        assert actions.NUMBER_TAKEN not in page(as_person("rini"), refused)


@pytest.mark.django_db(transaction=True)
class TestNobodyWaits:
    """Somebody else takes the decree while its file is examined."""

    def seconds_for_the_decree(self, sent, examines):
        """How long another one waits for the decree while `examines` runs the examination."""
        began, go_on = threading.Event(), threading.Event()

        def slow(*given):
            began.set()
            go_on.wait(3)
            return original(*given)

        original = examining.examine
        people.office("rini")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(examining, "examine", slow)
            thread = threading.Thread(target=examines)
            thread.start()
            assert began.wait(30)
            start = time.monotonic()
            with scope.enter(people.office("rini")):
                actions.held_decree(sent)
            took = time.monotonic() - start
            go_on.set()
            thread.join()
        return took

    def test_for_the_decree(self, sent, as_person):
        post(as_person("rini"), sent)
        job = job_of(sent)

        def examines():
            receiving.advance(job.pk)
            connection.close()

        assert self.seconds_for_the_decree(sent, examines) < 2
        assert signing.fresh(sent).state == "returned"

    def test_control_who_holds_it_first_makes_others_wait(self, sent):
        """As it was: the decree was held before its file was examined."""
        back = signing.signed_pdf(signing.sent_pdf(sent))

        def examines():
            rini = people.office("rini")
            with scope.enter(rini):
                actions.held_decree(sent)
                signing_actions.receive(
                    sent, signing.pdf(back), number=signing.NUMBER, day=signing.DAY,
                    signatory=None, by=rini,
                )  # fmt: skip
            connection.close()

        assert self.seconds_for_the_decree(sent, examines) >= 2


def test_without_the_right_nothing_is_begun(sent, as_person):
    assert post(as_person("vera"), sent).status_code == 403
    assert job_of(sent) is None
