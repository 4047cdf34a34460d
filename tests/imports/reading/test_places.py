"""The village that a cell names, in the ways in which people write it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.imports.columns import villages
from enrollment.imports.reading.checking import Checker
from enrollment.imports.reading.places import Places
from enrollment.sheets.tables import Person
from tests import people as invented
from villages import areas, scope
from villages.models import Area

pytestmark = pytest.mark.django_db

BOJONEGORO, KUBU_RAYA = "35.22", "61.12"
AMBIGUOUS, UNKNOWN = "village.ambiguous", "village.unknown"


@pytest.fixture
def places():
    """The villages of a regency by its code."""
    with scope.whole_country("test"):
        yield Places


def found(place):
    return place.code or place.finding


@pytest.mark.parametrize(
    "written",
    [
        *(
            "SENDEN",
            "Desa Senden",
            "DS.SENDEN",
            "Ds: Senden",
            "Kel. Senden",
            "senden.",
            "Desa : Senden",
        ),
        *("Desa/Kelurahan Senden", "Pemerintah Desa Senden", "S E N D E N", "Sen Den", "1. Senden"),
        *("[2007] SENDEN", "2007 - SENDEN", "SENDEN (2007)", "SENDEN (3503072007)", "3503072007"),
        *("35.03.07.2007", "35.03.07.2007 SENDEN", "SENDEN (2)"),
        *(
            "SENDEN KEC. KAMPAK",
            "Senden, Kampak",
            "Senden - Kampak",
            "Senden/Kampak",
            "Senden-Kampak",
        ),
        *("SENDEN (KAMPAK)", "SENDEN KAMPAK", "KAMPAK - SENDEN", "Dsn Krajan, Desa Senden"),
        "DESA SENDEN KECAMATAN KAMPAK KABUPATEN TRENGGALEK",
        "Desa Senden, Kecamatan Kampak, Kabupaten Trenggalek, Jawa Timur",
        *("Snden", "Sennden", "Sendne", "Sendan"),
    ],
)
def test_a_village_is_found_by_its_name_and_what_stands_beside_it(places, written):
    assert found(places(invented.TRENGGALEK).find(written, "")) == invented.SENDEN


@pytest.mark.parametrize(
    "written",
    [
        *("SENDEN, DONGKO", "SENDEN KEC. DONGKO", "SENDEN KAB. PONOROGO", "SENDEN, KRAJAN"),
        *("Krajan", "Kampak", "", "-", "2007", "Esnden", "Sundun", "99.99.99.2007"),
    ],
)
def test_nothing_is_taken_that_does_not_agree(places, written):
    assert found(places(invented.TRENGGALEK).find(written, "")) == UNKNOWN


def test_a_code_and_the_name_of_another_village_are_told(places):
    assert found(places(invented.TRENGGALEK).find("35.03.07.2001 SENDEN", "")) == AMBIGUOUS


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        *(
            ("KAMPAK", invented.SENDEN),
            ("Kec. Kampak", invented.SENDEN),
            ("Kampk", invented.SENDEN),
        ),
        *(("07 KAMPAK", invented.SENDEN), ("350307", invented.SENDEN), ("", invented.SENDEN)),
        ("KAMPAK KABUPATEN TRENGGALEK", invented.SENDEN),
        ("Kec. Dongko, Kab. Trenggalek", UNKNOWN),
        ("Kmpk Timur", invented.SENDEN),  # no district at all: ignored, as nothing contradicts it
        ("DONGKO", UNKNOWN),
        ("Kauman", UNKNOWN),  # a district, of other regencies
    ],
)
def test_a_district_must_not_contradict_the_name(places, district, expected):
    assert found(places(invented.TRENGGALEK).find("Senden", district)) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("RASAU JAYA I", "61.12.07.2002"), ("Rasau Jaya 1", "61.12.07.2002")),
        *(("RASAU JAYA (2)", "61.12.07.2003"), ("Rasau Jaya Tiga", "61.12.07.2004")),
        *(("PAL IX", "61.12.09.2006"), ("Pal 9", "61.12.09.2006")),
        *(("SUI KAKAP", "61.12.09.2001"), ("Sei. Kakap", "61.12.09.2001")),
        *(
            ("S. Raya", "61.12.01.2001"),
            ("Soengai Raja", UNKNOWN),
            ("Sungai Raya Dlm", "61.12.01.2016"),
        ),
        *(("Tj. Saleh", "61.12.09.2011"), ("Tanjong Saleh", "61.12.09.2011")),
        ("Tlk Pakedai 2", "61.12.08.2003"),
        *(("Rasau Jaya 9", UNKNOWN), ("Rasau Jaya", UNKNOWN)),
    ],
)
def test_numerals_abbreviations_and_old_spellings_name_the_same_village(places, written, code):
    assert found(places(KUBU_RAYA).find(written, "")) == code


def test_a_regency_may_have_a_district_of_its_own_name(places):
    known = places(invented.SIJUNJUNG)
    assert found(known.find("Unggan, Sumpur Kudus, Sijunjung", "")) == "13.03.09.2003"


@pytest.mark.parametrize(
    ("written", "district", "expected"),
    [
        *(("SUKOREJO", "", AMBIGUOUS), ("Sukorjo", "", AMBIGUOUS), ("BAKALAN", "", AMBIGUOUS)),
        *(("SUKOREJO", "Malo", "35.22.17.2015"), ("Soekoredjo", "MALO", "35.22.17.2015")),
        *(("Suko Rejo, Kec. Malo", "", "35.22.17.2015"), ("Sukorejo Malo", "", "35.22.17.2015")),
        ("Sukorjo", "Malo", "35.22.17.2015"),
    ],
)
def test_of_several_villages_of_a_name_the_district_tells_which(
    places, written, district, expected
):
    assert found(places(BOJONEGORO).find(written, district)) == expected


FORMS = (
    *("{name}", "DESA {upper}", "Ds. {name}", "[{short}] {name}", "{code} {name}", "3. {name}"),
    *("{name}, {district}", "{name} Kec. {district}", "{name} - {district}", "{name} ({district})"),
)


@pytest.mark.parametrize("regency", [invented.TRENGGALEK, BOJONEGORO, KUBU_RAYA, "13.03", "11.08"])
def test_no_form_of_a_name_leads_to_another_village(places, regency):
    """In every form each village is found or told, and with its district nearly always found."""
    names = dict(Area.objects.within(regency).values_list("code", "name"))
    known, missed = places(regency), 0
    villages = [code for code in names if areas.level(code) == areas.VILLAGE]
    for code in random.Random(1).sample(villages, 60):
        name, district = names[code], names[code[:8]]
        for form in FORMS:
            written = form.format(
                name=name, upper=name.upper(), district=district, code=code, short=code[-4:]
            )
            assert known.find(written, "").code in (code, None), written
            assert known.find(written, district).code in (code, None), (written, district)
            missed += known.find(written, district).code is None
    assert missed <= len(FORMS)


def test_no_text_raises(places):
    known = places(invented.TRENGGALEK)

    @given(st.text(max_size=40), st.text("abkec. /()-1,", max_size=20))
    def check(village, district):
        assert found(known.find(village, district))

    check()


def test_a_name_with_its_district_behind_does_not_change_later_answers():
    with scope.whole_country("test"):
        places = Places("35.22")
        before = places.candidates("Kauman", "Bojonegoro")
        places.find("Kauman, Bojonegoro", "")
        assert places.candidates("Kauman", "Bojonegoro") == before == {"35.22.15.2008"}


def test_a_village_that_somebody_answered_does_not_differ_from_itself():
    person = Person("Lembar", 2, {"nik": "", "name": "SITI", "village": "Bogoran"}, "", "")
    with scope.whole_country("test"):
        plain = Checker(invented.TRENGGALEK).stage(1, person)
        answers = {villages.written("Bogoran", ""): invented.SENDEN}
        answered = Checker(invented.TRENGGALEK, answers).stage(1, person)
    assert (plain.village_id, answered.village_id) == ("35.03.07.2002", invented.SENDEN)
    assert "village.differs" not in answered.codes


def test_a_label_stays_with_a_name_that_is_a_label_itself(places):
    assert found(places("35.03").find("DS. Dukuh Kecamatan Watulimo", "")) == "35.03.08.2003"


def test_the_beginning_of_a_name_means_the_only_village_that_has_it(places):
    sijunjung = places("13.03")
    assert sijunjung.beginning("Nagari Tanjung Bonai Aur Selata") == "tanjung bonai aur selatan"
    assert sijunjung.beginning("Tanjung") == ""
    assert sijunjung.beginning("Nagari Antah Berantah") == ""
