"""Roles that one person may not hold in one regency at one time."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import databases, people
from tests.proposals.asking import text
from villages import duties, offices, scope
from villages.models import BACKWARDS, Area, Office, Regency, Role, RolePair
from villages.refusals import Refusal
from villages.settings.forms import OfficeForm, TermForm

DAY = timedelta(days=1)


def office(name, role, area, **term):
    """An office that is not saved yet."""
    user = people.office(name).user
    return Office(user=user, role=role, area=Area.objects.get(pk=area), **term)


def give(name, role, area, **term):
    people.office(name)  # made before the scope, which ends with what is refused
    people.office("rini")
    with scope.enter(people.office("rini")):
        offices.give(office(name, role, area, **term), by=people.office("rini"))


@pytest.mark.django_db
class TestGiving:
    @pytest.mark.parametrize(
        ("name", "role"),
        [
            ("kartika", Role.VERIFIER),
            ("olan", Role.APPROVER),
            ("tani", Role.VERIFIER),
            ("karim", Role.APPROVER),
            ("dewi", Role.VERIFIER),
            ("vera", Role.APPROVER),
            ("audi", Role.VERIFIER),
            ("kartika", Role.DPMD),
        ],
    )
    def test_the_defaults_keep_four_eyes(self, name, role):
        with pytest.raises(Refusal, match="tidak boleh dirangkap"):
            give(name, role, people.TRENGGALEK)
        give(name, Role.BPJS, people.TRENGGALEK)  # any other is given

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.DPMD])
    def test_a_term_that_ends_before_it_begins_is_a_sentence(self, role):
        term = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)}
        with pytest.raises(Refusal, match="mendahului tanggal mulainya"):
            give("bima", role, people.TRENGGALEK, **term)
        give("bima", role, people.TRENGGALEK, **term | {"ends_on": date(2026, 5, 1)})

    @pytest.mark.parametrize("form", [TermForm, OfficeForm])
    def test_so_it_is_in_the_forms(self, form):
        """Also for a head, whose terms the database compares as ranges of days."""
        kartika, rini = people.office("kartika"), people.office("rini")
        given = {"role": kartika.role, "area": kartika.area_id,
                 "starts_on": "01-05-2026", "ends_on": "01-04-2026"}  # fmt: skip
        with scope.enter(rini):
            profile = Regency.objects.get(pk=people.TRENGGALEK)
            more = {"office": rini, "profile": profile} if form is OfficeForm else {}
            bound = form(given, instance=kartika, **more)
            assert bound.errors == {"ends_on": [BACKWARDS]}

    def test_the_sentence_names_both_and_the_reason(self):
        with scope.enter(people.office("rini")):
            said = duties.refused(office("kartika", Role.VERIFIER, people.TRENGGALEK))
        assert said == (
            "Satu orang tidak boleh sekaligus Verifikator Dinas (Kabupaten Trenggalek) dan Kepala "
            "desa (Senden): yang mengajukan tidak boleh memverifikasi usulannya sendiri. Akhiri "
            "dahulu salah satunya, atau pilih orang lain."
        )

    def test_one_after_the_other_is_allowed(self):
        people.office("kartika")
        people.leave("kartika")
        give("kartika", Role.VERIFIER, people.TRENGGALEK, starts_on=timezone.localdate())

    def test_in_another_regency_it_is_allowed(self):
        people.office("bima")
        with scope.whole_country("tests"):
            bima = people.office("bima").user
            type(bima).objects.filter(pk=bima.pk).update(area=None)
            for role, area in ((Role.VERIFIER, people.BOJONEGORO), (Role.AUDITOR, "13.03")):
                Office.objects.create(user=bima, role=role, area_id=area)

    def test_a_term_that_would_overlap_is_not_prolonged_but_may_be_shortened(self):
        people.office("kartika")
        tomorrow = timezone.localdate() + DAY
        with scope.whole_country("tests"):
            head = Office.objects.filter(user__username="kartika")
            head.update(ends_on=tomorrow)
            give("kartika", Role.VERIFIER, people.TRENGGALEK, starts_on=tomorrow + DAY)
            with pytest.raises(IntegrityError, match="stay apart"), transaction.atomic():
                head.filter(role=Role.VILLAGE_HEAD).update(ends_on=tomorrow + 5 * DAY)
            head.filter(role=Role.VILLAGE_HEAD).update(ends_on=tomorrow - DAY)

    def test_a_term_that_ends_before_it_begins_breaks_its_own_constraint(self):
        people.office("kartika")
        today = timezone.localdate()
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="office_ends_after_start"),
            transaction.atomic(),
        ):
            Office.objects.create(
                user=people.office("kartika").user, role=Role.VERIFIER, area_id=people.TRENGGALEK,
                starts_on=today, ends_on=today - DAY,
            )  # fmt: skip

    def test_it_is_not_handed_over_to_somebody_who_holds_the_other(self):
        rini, vera = people.office("rini"), people.office("vera")
        with scope.enter(rini), pytest.raises(Refusal, match="tidak boleh sekaligus"):
            offices.hand_over(
                people.office("kartika"), to=vera.user, on=timezone.localdate() + DAY, by=rini
            )

    def test_a_regency_adds_its_own_and_others_do_not_have_it(self):
        with scope.enter(people.office("rini")):
            RolePair.objects.create(
                regency_id=people.TRENGGALEK, first="admin_kabupaten", second="verifikator",
                reason="admin membuat keputusannya",
            )  # fmt: skip
        with pytest.raises(Refusal, match="tidak boleh dirangkap"):
            give("rini", Role.VERIFIER, people.TRENGGALEK)
        boni = people.office("boni")
        with scope.enter(boni):
            offices.give(office("boni", Role.VERIFIER, people.BOJONEGORO), by=boni)

    def test_a_regency_changes_none_of_the_platform(self):
        with scope.enter(people.office("rini")):
            assert RolePair.objects.filter(regency=None).count() == 23
            assert RolePair.objects.filter(regency=None).delete()[0] == 0


@pytest.fixture
def broken(db):
    """Kartika verifies too, from before there was a pair."""
    people.office("kartika")
    with scope.whole_country("tests"):
        pair = RolePair.objects.get(first="kepala_desa", second="verifikator")
        pair.delete()
        people.hold("kartika", Role.VERIFIER, people.TRENGGALEK)
        RolePair.objects.create(first=pair.first, second=pair.second, reason=pair.reason)
    return people.office("kartika").user


class TestPages:
    def test_what_stands_is_told_and_not_broken(self, broken, as_person):
        rini = as_person("rini")
        assert "Jabatan rangkap" in text(rini.get("/pengaturan/akun/?q=kartika"))
        page = text(rini.get(f"/pengaturan/akun/{broken.pk}/"))
        assert "Satu orang tidak boleh sekaligus" in page
        assert as_person("kartika").get("/").status_code == 200

    def test_nothing_is_told_of_others(self, db, as_person):
        kartika = people.office("kartika").user
        rini = as_person("rini")
        assert "Jabatan rangkap" not in text(rini.get("/pengaturan/akun/"))
        page = text(rini.get(f"/pengaturan/akun/{kartika.pk}/"))
        assert "tidak boleh sekaligus" not in page

    def test_the_admin_adds_a_pair_and_removes_it(self, db, as_person):
        rini, address = as_person("rini"), "/pengaturan/rangkap/"
        given = {"first": "bpjs", "second": "admin_kabupaten", "reason": "dua kantor"}
        assert "Dua kantor" in text(rini.post(address, given, follow=True))
        again = {"first": "admin_kabupaten", "second": "bpjs", "reason": "dua kantor"}
        assert "sudah ada di daftar" in text(rini.post(address, again))
        with scope.enter(people.office("rini")):
            pair = RolePair.objects.get(first="bpjs")
            default = RolePair.objects.filter(regency=None).first()
        assert rini.post(f"{address}{default.pk}/hapus/").status_code == 404
        rini.post(f"{address}{pair.pk}/hapus/")
        assert "Dua kantor" not in text(rini.get(address))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control"])
def test_two_who_give_one_person_an_office_each_at_once(locked):
    """Both look before either has written. The trigger lets the second wait and see; the control,
    whose trigger takes no lock, gives both."""
    account = people.office("tani").user
    with scope.whole_country("tests"):
        Office.objects.filter(user=account).update(ends_on=date(2024, 1, 2))
    if not locked:
        without_lock()
    start, results = threading.Barrier(2), []

    def one(role):
        try:
            with scope.whole_country("tests"):
                start.wait()
                Office.objects.create(user=account, role=role, area_id=people.TRENGGALEK)
                if not locked:
                    start.wait()
            results.append(role)
        except IntegrityError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[role]) for role in (Role.VERIFIER, Role.APPROVER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not locked:
        with_lock()
    assert len(results) == (1 if locked else 2)


FUNCTION = "villages/migrations/sql/duties_stay_apart.v2.sql"
LOCK = "PERFORM FROM villages_user WHERE id = NEW.user_id FOR NO KEY UPDATE;"


def without_lock():
    source = (databases.BASE / FUNCTION).read_text()
    assert LOCK in source
    _run(source.replace(LOCK, ""))


def with_lock():
    _run((databases.BASE / FUNCTION).read_text())


def _run(source):
    name = connection.settings_dict["NAME"]
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute(source)
