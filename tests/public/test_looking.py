"""What a stranger is told of a decree by its code: what is public, and nothing else."""

import re
from datetime import date
from importlib import import_module

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.decrees import actions, issuing
from enrollment.decrees.codes import giving, rules
from enrollment.decrees.codes.models import DecreeCode
from enrollment.decrees.header import code_of
from enrollment.decrees.models import Decree
from enrollment.public.views import LOOKS
from tests import people
from tests.decrees import drafts, opened, signing
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy():
    made = drafts.programme()
    drafts.approve(made, *(people.worker(number) for number in range(3)))
    return made


def ask(code, **asked):
    return Client().get(f"/k/{code}/", asked)


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


@pytest.fixture
def issued(subsidy):
    decree = drafts.issue(signing.signed(signing.unnumbered(subsidy)))
    drafts.printed(decree)
    return signing.fresh(decree)


class TestIssued:
    def test_number_date_title_people_and_sum_are_confirmed(self, issued):
        shown = words(ask(issued.header["code"]))
        assert f"Nomor {signing.NUMBER}" in shown
        assert "17 Maret 2026" in shown
        assert drafts.WORDS["title"] in shown
        assert "Jumlah orang 3" in shown
        assert "Rp453.600" in shown
        assert "Berlaku" in shown

    def test_both_hashes_and_those_of_what_is_published(self, issued):
        shown = words(ask(issued.header["code"]))
        with scope.whole_country("tests"):
            files = [*issued.files.all(), *issued.annexes.all()]
        assert {file.sha256 for file in files} <= set(re.findall(r"\b[0-9a-f]{64}\b", shown))
        assert len(files) == 4
        assert issued.sha256 in shown
        assert "Naskah bertanda tangan (PDF)" in shown

    def test_nothing_of_any_person(self, issued):
        page = ask(issued.header["code"]).content.decode()
        with scope.whole_country("tests"):
            named = list(issued.entries.select_related("entry__worker"))
        assert len(named) == 3
        for row in named:
            for value in (row.nik, row.name, row.village, row.district, row.entry.worker.public_id):
                assert str(value) not in page
        assert str(issued.pk) not in page

    @pytest.mark.parametrize("typed", ["{0}", "{1}", " {1} ", "{2}"])
    def test_a_code_is_found_however_it_is_typed(self, issued, typed):
        code = issued.header["code"]
        typed = typed.format(code, rules.in_halves(code).lower(), " ".join(code))
        answer = Client().get("/k/", {"kode": typed})
        assert answer.headers["Location"] == f"/k/{code}/"

    def test_without_cookie_session_or_trace_in_search_engines(self, issued):
        client = Client()
        answer = client.get(f"/k/{issued.header['code']}/")
        assert answer.status_code == 200
        assert not answer.cookies
        assert not client.cookies
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store"

    def test_a_hash_is_compared_without_a_script(self, issued):
        with scope.whole_country("tests"):
            kept = issued.files.get(kind="signed")
        code = issued.header["code"]
        assert "Berkasnya sama" in words(ask(code, sidik=f" {kept.sha256.upper()} "))
        assert "Naskah bertanda tangan (PDF). Tidak satu huruf" in words(
            ask(code, sidik=kept.sha256)
        )
        other = "0" * 64
        assert "Sidik itu bukan milik berkas mana pun" in words(ask(code, sidik=other))
        assert "Itu bukan sidik SHA-256" in words(ask(code, sidik="abc"))

    def test_whoever_is_logged_in_sees_the_same(self, issued):
        client = Client()
        client.force_login(people.office("rini").user)
        mine = client.get(f"/k/{issued.header['code']}/").content
        assert mine == ask(issued.header["code"]).content


class TestNotIssued:
    """A code of a list that is not issued is answered as one that was never given."""

    def never_given(self):
        return "A" * rules.LENGTH

    def same(self, code):
        other = self.never_given()
        answers = ask(code), ask(other)
        assert [answer.status_code for answer in answers] == [404, 404]
        first, second = (answer.content.decode() for answer in answers)
        assert first.replace(code, other) == second
        assert answers[0].headers.items() == answers[1].headers.items()

    def test_frozen_sent_and_back(self, subsidy):
        decree = signing.freeze(signing.unnumbered(subsidy))
        code = decree.header["code"]
        with scope.whole_country("tests"):
            assert DecreeCode.objects.filter(pk=code).exists()  # there is something to tell
        self.same(code)
        signing.send(decree)
        self.same(code)
        signing.receive(decree)
        self.same(code)
        drafts.issue(signing.fresh(decree))
        assert ask(code).status_code == 200

    def test_of_a_list_that_was_opened_again(self, subsidy):
        decree = signing.freeze(signing.unnumbered(subsidy))
        old, rini = decree.header["code"], people.office("rini")
        with scope.enter(rini):
            actions.open_again(decree, by=rini, reason="Salah nama")
        decree = signing.signed(signing.fresh(decree))
        drafts.issue(decree)
        assert decree.header["code"] != old
        assert ask(decree.header["code"]).status_code == 200
        self.same(old)

    @pytest.mark.parametrize("code", ["", "A", "A" * 11, "O0I1L5S8B2", "é" * 10])
    def test_what_cannot_be_a_code(self, code):
        assert ask(code).status_code in (200, 404)  # 200: the form of `/k/`
        assert Client().get("/k/", {"kode": code}).status_code in (200, 404)

    def test_the_database_is_asked_the_same_way(self, subsidy, issued):
        code = signing.freeze(self._another()).header["code"]
        counted = []
        for one in (code, self.never_given()):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                ask(one)
            counted.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in asked])
        assert counted[0] == counted[1]

    def _another(self):
        made = drafts.programme(name="Lain")
        drafts.approve(made, people.worker(50))
        return signing.unnumbered(made)


class TestRowSecurity:
    def test_a_stranger_reads_no_table(self, issued):
        """The page tells what one function of the database tells; the rows stay out of sight."""
        with connection.cursor() as cursor:
            for table in ("decree", "decreecode", "decreefile", "decreeentry"):
                cursor.execute(f"SELECT count(*) FROM enrollment_{table}")
                assert cursor.fetchone() == (0,)
            cursor.execute("SELECT number FROM public_decree(%s)", [issued.header["code"]])
            assert cursor.fetchall() == [(signing.NUMBER,)]
            cursor.execute("SELECT count(*) FROM enrollment_decree")  # and the scope is as before
            assert cursor.fetchone() == (0,)


class TestThrottled:
    def test_guessing_is_slowed_down_by_address(self, issued):
        answers = [ask("A" * 10).status_code for _ in range(LOOKS.free)]
        assert set(answers) == {404}
        for _ in range(3):  # some are forgotten while the others are made
            ask("A" * 10)
        late = ask(issued.header["code"])
        assert late.status_code == 429
        assert int(late.headers["Retry-After"]) > 0
        assert "Tunggu" in words(late)
        elsewhere = Client(REMOTE_ADDR="203.0.113.9").get(f"/k/{issued.header['code']}/")
        assert elsewhere.status_code == 200


class TestCodes:
    def test_a_code_is_never_given_again(self, subsidy, monkeypatch):
        """Not even that of a draft that was thrown away."""
        decree = signing.freeze(signing.unnumbered(subsidy))
        code, rini = decree.header["code"], people.office("rini")
        with scope.enter(rini):
            actions.open_again(decree, by=rini, reason="Dibatalkan")
            actions.discard(decree, by=rini)
            assert not Decree.objects.exists()
            assert DecreeCode.objects.filter(pk=code, decree=None).exists()
        following = iter([code, code, "ACDEF34679"])
        monkeypatch.setattr(giving, "new_code", lambda: next(following))
        again = signing.freeze(signing.unnumbered(subsidy))
        assert again.header["code"] == "ACDEF34679"

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM enrollment_decreecode",
            "UPDATE enrollment_decreecode SET code = 'AAAAAAAAAA'",
        ],
    )
    def test_the_record_of_codes_stays(self, subsidy, statement):
        signing.freeze(signing.unnumbered(subsidy))
        with (
            scope.whole_country("tests"), connection.cursor() as cursor,
            pytest.raises(IntegrityError, match="stays"), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute(statement)

    def test_no_two_codes_are_alike_and_all_letters_come(self):
        codes = {rules.new_code() for _ in range(5000)}
        assert len(codes) == 5000
        assert set("".join(codes)) == set(rules.ALPHABET)
        assert not set("01258BILOSUZ") & set(rules.ALPHABET)

    def test_the_database_takes_no_code_with_look_alikes(self, subsidy):
        with (
            scope.whole_country("tests"),
            pytest.raises((IntegrityError, DataError)), transaction.atomic(),
        ):  # fmt: skip
            DecreeCode.objects.create(code="O0I1L5S8B2", regency_id=people.TRENGGALEK)

    def test_a_list_issued_at_once_has_one_too(self, subsidy):
        decree = drafts.issue(drafts.draft(subsidy))
        assert ask(decree.header["code"]).status_code == 200
        assert decree.date == date(2026, 3, 17)


class TestOlder:
    """A list that was frozen before there were codes has none in its seal and on no page."""

    @pytest.fixture
    def frozen(self, subsidy, monkeypatch):
        monkeypatch.setattr(actions, "coded", lambda decree, header: header)
        decree = signing.signed(signing.unnumbered(subsidy))
        assert "code" not in decree.header
        with scope.whole_country("tests"):
            assert not DecreeCode.objects.exists()
        return decree

    @pytest.fixture
    def before(self, frozen, monkeypatch):
        """Issued as it was then."""
        monkeypatch.setattr(issuing, "give_code", lambda decree, regency: "")
        return drafts.issue(frozen)

    def code(self, decree):
        with scope.whole_country("tests"):
            return code_of(decree)

    def test_it_gets_a_code_beside_it_when_it_is_issued(self, frozen):
        seal, sent = frozen.sha256, self.code(frozen)
        issued = drafts.issue(frozen)
        assert (sent, issued.sha256, "code" in issued.header) == ("", seal, False)
        assert drafts.WORDS["title"] in words(ask(self.code(issued)))

    def test_the_migration_gives_one_to_what_was_issued(self, before, frozen):
        assert before.is_issued and self.code(before) == ""
        self.migrate()
        given = self.code(before)
        assert f"Nomor {signing.NUMBER}" in words(ask(given))
        self.migrate()  # nobody gets a second one
        with scope.whole_country("tests"):
            assert [row.pk for row in DecreeCode.objects.all()] == [given]
            assert Decree.objects.get(pk=before.pk).header == before.header

    def migrate(self):
        statement = import_module("enrollment.migrations.0055_codes_of_older_lists").GIVE_CODES
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("SELECT current_setting('portal.high', true)")
            assert cursor.fetchone() == ("",)  # no scope is left behind

    def test_its_page_says_that_it_is_not_printed(self, frozen, as_person):
        issued = drafts.issue(frozen)
        page = words(as_person("rini").get(reverse("decree_detail", args=[issued.pk])))
        assert rules.in_halves(self.code(issued)) in page
        assert "tidak tercetak di sana" in page
        drafts.printed(issued)
        with scope.whole_country("tests"):
            annex = issued.annexes.get(version="full")
        with annex.file.open("rb") as file:
            assert self.code(issued) not in str(opened.lines(opened.sheet_of(file.read())))

    def test_a_code_of_a_list_that_bears_another_confirms_nothing(self, subsidy):
        """As before: only where the seal has none does a code beside it count."""
        decree = drafts.issue(signing.signed(signing.unnumbered(subsidy)))
        with scope.whole_country("tests"):
            beside = giving.give_code(decree.pk, decree.regency_id)
        assert ask(decree.header["code"]).status_code == 200
        assert ask(beside).status_code == 404

    def test_the_chain_leads_to_it(self, frozen, subsidy):
        base = drafts.issue(frozen)
        drafts.approve(subsidy, people.worker(9))
        rini = people.office("rini")
        with scope.enter(rini):
            draft = actions.draft_amendment(
                by=rini, base=base, number="1/P", date=base.date, title="Perubahan",
                legal_basis="Keputusan pertama",
            )  # fmt: skip
        amendment = drafts.issue(draft)
        page = ask(self.code(amendment)).content.decode()
        assert f"/k/{self.code(base)}/" in page
