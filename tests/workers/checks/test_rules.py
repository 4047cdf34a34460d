"""The check of a person that the form, the import and the command line share."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.fields.definitions import Kind
from enrollment.fields.person import FIELD, FIELDS
from enrollment.workers.checks.findings import Finding
from enrollment.workers.checks.rules import LONGEST, check_person
from enrollment.workers.checks.values import occupation_index
from tests.seeds import OCCUPATIONS

TODAY = date(2026, 11, 21)
RULES = {
    "today": TODAY,
    "districts": {"352215"},
    "occupations": occupation_index(OCCUPATIONS),
}
COMPLETE = {
    "nik": "3522151708750001",
    "kk": "3522150101100001",
    "name": "SLAMET RIYADI",
    "birth_place": "Bojonegoro",
    "birth_date": "17-08-1975",
    "sex": "L",
    "address": "JL. MELATI NO. 1",
    "hamlet": "DUSUN KRAJAN",
    "rt": "002",
    "rw": "001",
    "occupation": "PETANI",
    "income": 1000000.0,
    "workplace": "Sawah Krajan",
    "work": "menanam padi",
    "work_said_by": "SUNARTO",
    "work_said_on": "01-11-2026",
    "phone": "081234567890",
    "mother_name": "SITI AMINAH",
    "source": "DTSEN",
    "decile": 3.0,
    "status": "Hidup",
    "position": "Ketua RT 002",
    "term_start": "01-01-2023",
    "term_end": "31-12-2028",
}
GAPS = ["birth_date", "sex", "address", "rt", "occupation", "mother_name"]


def check(**cells):
    return check_person({**COMPLETE, **cells}, **RULES)


def codes(**cells):
    return check(**cells).codes


def test_a_complete_person_has_no_findings():
    person = check()
    assert person.findings == [] and person.taken and person.complete
    assert asdict(person) == {
        **COMPLETE,
        "birth_date": date(1975, 8, 17),
        "occupation": "farmer",
        "occupation_text": "PETANI",
        "income": 1_000_000,
        "decile": 3,
        "work_said_on": date(2026, 11, 1),
        "term_start": date(2023, 1, 1),
        "term_end": date(2028, 12, 31),
        "findings": [],
    }
    assert set(COMPLETE) == set(FIELD)


def test_nik_and_name_are_enough_to_be_saved():
    person = check_person({"nik": COMPLETE["nik"], "name": "SLAMET"}, **RULES)
    assert person.codes == [f"{field}.missing" for field in GAPS]
    assert person.taken and not person.complete


def test_an_empty_person_cannot_be_saved():
    person = check_person({}, **RULES)
    assert not person.taken
    assert person.codes == ["nik.missing", "name.missing", *(f"{field}.missing" for field in GAPS)]


@pytest.mark.parametrize("empty", ["", None, "-", "  "])
@pytest.mark.parametrize("field", GAPS)
def test_an_empty_required_field_gives_its_gap_only(field, empty):
    assert codes(**{field: empty}) == [f"{field}.missing"]


@pytest.mark.parametrize("field", [name for name in FIELD if name not in (*GAPS, "nik", "name")])
def test_the_other_fields_may_stay_empty(field):
    assert codes(**{field: ""}) == [] == codes(**{field: "-"})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"nik": "352215170875001"}, "nik.format"),
        ({"nik": 3522151708750010.0}, "nik.excel_damaged"),
        ({"nik": "3522153213750001"}, "nik.date"),
        ({"nik": "3522151708750000"}, "nik.serial"),
        ({"nik": "1111111111111111"}, "nik.placeholder"),
        ({"nik": "9999991708750001"}, "nik.region_unknown"),
        ({"name": "123"}, "name.missing"),
        ({"birth_date": "31-02-1980"}, "birth_date.invalid"),
        ({"birth_date": "tidak tahu"}, "birth_date.invalid"),
        ({"birth_date": "22-11-2026"}, "birth_date.invalid"),
        ({"birth_date": date(1906, 11, 20)}, "birth_date.invalid"),
        ({"birth_date": 1975}, "birth_date.invalid"),
        ({"birth_date": "18-08-1975"}, "nik.birth_date_mismatch"),
        ({"birth_date": "17-08-1976"}, "nik.birth_date_mismatch"),
        ({"sex": "P"}, "nik.sex_mismatch"),
        ({"sex": "?"}, "sex.unknown"),
        ({"kk": "3522150101"}, "kk.format"),
        ({"kk": 3522150101100010.0}, "kk.excel_damaged"),
        ({"phone": "0812"}, "phone.format"),
        ({"occupation": "Pawang hujan"}, "occupation.unmapped"),
        ({"status": "Meninggal"}, "person.ended"),
        ({"status": "x" * 90 + ", meninggal"}, "person.ended"),
        ({"status": "KK meninggal"}, "status.unclear"),
        ({"name": "SLAMET (ALM)"}, "person.ended"),
        ({"name": "SLAMET BIN KARTO (ALM)"}, "status.unclear"),
        ({"rt": "Krajan"}, "rt.unread"),
        ({"rw": "Krajan"}, "rt.unread"),
        ({"income": "lumayan"}, "income.unread"),
        ({"income": -1}, "income.unread"),
        ({"decile": "12"}, "decile.unread"),
        ({"work_said_on": "besok"}, "work_said_on.unread"),
        ({"work_said_on": "3 Mei 2027"}, "work_said_on.unread"),
        ({"work_said_on": date(2026, 11, 22)}, "work_said_on.unread"),
        ({"work_said_on": "16-08-1975"}, "work_said_on.unread"),
        ({"term_start": "dahulu"}, "term_start.unread"),
        ({"term_end": "seterusnya"}, "term_end.unread"),
        ({"term_end": "31-12-2022"}, "term_end.early"),
    ],
)
def test_each_mistake_gives_exactly_one_finding(cells, expected):
    person = check(**cells)
    assert person.codes == [expected]
    assert person.taken == (person.findings[0].severity != "error")
    assert person.complete == (person.findings[0].severity == "warning")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_what_somebody_wrote_is_stored_or_a_finding_tells_that_it_is_not(field):
    """Whatever the kind of a field: nothing is left out without a word."""
    person = check(**{field.name: "entahlah ???"})
    told = {found.field for found in person.findings}
    if field.kind is Kind.TEXT and field.name not in ("nik", "sex"):
        assert getattr(person, field.column).upper() == "ENTAHLAH ???"[: field.longest]
    else:
        assert getattr(person, field.name) in ("", None) and told == {field.name}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize("empty", [None, "", "  ", "-"])
def test_an_empty_cell_is_no_unread_one(field, empty):
    assert not [code for code in codes(**{field.name: empty}) if "unread" in code]


def test_the_day_of_birth_and_today_are_days_of_a_statement():
    for day in (date(1975, 8, 17), TODAY):
        assert (check(work_said_on=day).work_said_on, codes(work_said_on=day)) == (day, [])
    unborn = check(birth_date="", work_said_on="03-05-1930")
    assert (unborn.work_said_on, unborn.codes) == (date(1930, 5, 3), ["birth_date.missing"])


def test_the_format_error_of_a_nik_says_what_is_there_instead():
    assert check(nik="350307580767O797").findings == [
        Finding("nik.format", "nik", {"digits": 15, "letter": " dan huruf O di tempat ke-13"})
    ]


def test_an_ill_formed_nik_is_dropped_and_not_compared_with_other_fields():
    person = check(nik="3522153213750001", birth_date="01-01-1990", sex="P")
    assert (person.nik, person.codes) == ("", ["nik.date"])


def test_the_century_is_taken_from_the_birth_date():
    assert codes(birth_date="17-08-1975") == []
    assert codes(nik="3522151708050001", birth_date="17-08-2005") == []
    assert codes(nik="3522152902000001", birth_date="29-02-2000") == []


@pytest.mark.parametrize(
    ("place", "cell", "read"),
    [
        ("", "BOJONEGORO, 17-08-1975", ("BOJONEGORO", date(1975, 8, 17))),
        ("Tuban", "BOJONEGORO, 17-08-1975", ("Tuban", date(1975, 8, 17))),
        ("BOJONEGORO, 17-08-1975", "", ("BOJONEGORO", date(1975, 8, 17))),
        ("", "BOJONEGORO,", ("BOJONEGORO", None)),
        ("Jalan 12", "", ("Jalan 12", None)),
        ("", "0000-00-00", ("", None)),
        ("", datetime(1975, 8, 17), ("", date(1975, 8, 17))),
        ("", 27623.0, ("", date(1975, 8, 17))),
        ("", "17-08-1975 Bojonegoro", ("Bojonegoro", date(1975, 8, 17))),
        ("17-08-1975", "Bojonegoro", ("Bojonegoro", date(1975, 8, 17))),
        ("", "BOJONEGORO, 00-00-0000", ("BOJONEGORO", None)),
        ("", "BOJONEGORO, -", ("BOJONEGORO", None)),
        ("", "8/17/1975", ("", date(1975, 8, 17))),
    ],
)
def test_place_and_date_of_birth_are_read_from_one_column_or_two(place, cell, read):
    person = check(birth_place=place, birth_date=cell)
    assert (person.birth_place, person.birth_date) == read
    assert person.codes == ([] if read[1] else ["birth_date.missing"])


@pytest.mark.parametrize(
    ("rt", "rw", "address", "read"),
    [
        ("005/004", "", "X", ("005", "004")),
        ("", "005/004", "X", ("005", "004")),
        ("005", "4", "X", ("005", "004")),
        ("005/004", "003", "X", ("005", "003")),
        (5.0, "-", "X", ("005", "")),
        ("", "", "DUSUN A RT 5 RW 4", ("005", "004")),
        ("", "003", "DUSUN A RT 5", ("005", "003")),
        ("", "003", "X", ("", "003")),
        ("005", "", "DUSUN A RT 005 RW 004", ("005", "004")),
        ("005", "", "DUSUN A RT 006 RW 004", ("005", "")),  # of somebody else's house
    ],
)
def test_rt_and_rw_are_read_from_either_column_or_the_address(rt, rw, address, read):
    person = check(rt=rt, rw=rw, address=address)
    assert (person.rt, person.rw) == read
    assert person.codes == ([] if person.rt else ["rt.missing"])


def test_rt_and_rw_may_stand_with_the_hamlet():
    person = check(rt="", rw="", hamlet="KRAJAN RT 05/02")
    assert (person.rt, person.rw, person.codes) == ("005", "002", [])


cells = (
    st.text(max_size=40)
    | st.text("0123456789 -/.,'ELPRTW", max_size=24)
    | st.floats()
    | st.integers()
    | st.booleans()
    | st.none()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.sampled_from(["x" * 40_000, "-" * 40_000, "1" * 40_000, "RT 1 " * 9_000, " " * 40_000])
)


@given(st.dictionaries(st.sampled_from(list(FIELD)), cells))
def test_every_cell_is_checked_without_an_exception_and_can_be_stored(raw):
    person = check_person(raw, **RULES)
    stored = asdict(person)
    for field, longest in {**LONGEST, "rt": 10, "rw": 10, "nik": 16}.items():
        assert len(stored[field] or "") <= longest
    for text in filter(lambda value: isinstance(value, str), stored.values()):
        assert "\x00" not in text
        text.encode()
    assert person.sex in ("", "L", "P")
    assert person.decile in (None, *range(1, 11))
    assert person.income is None or 0 <= person.income < 2**63
    assert all(finding.message for finding in person.findings)


spelled = st.fixed_dictionaries(
    {"nik": st.just(COMPLETE["nik"]), "name": st.just("SLAMET")},
    optional={
        "kk": st.sampled_from(["'3522 1501 0110 0001", 3522150101100001.0, "123", "belum ada"]),
        "birth_date": st.sampled_from(["BOJONEGORO, 17-8-75", 27623.0, date(1990, 1, 1)]),
        "sex": st.sampled_from(["Laki-laki", 2.0]),
        "address": st.sampled_from(["Dusun  A RT 5/4", " JL. B "]),
        "rt": st.sampled_from([6.0, "005/004", "III", "-"]),
        "rw": st.sampled_from(["2", "-", "RW 03"]),
        "occupation": st.sampled_from(["petani", 19.0, "Pawang hujan"]),
        "income": st.sampled_from(["Rp 1.250.000", 800000.0]),
        "phone": st.sampled_from(["+62 812 3456 7890", 81234567890.0, "0812"]),
        "mother_name": st.sampled_from([" SITI ", "-"]),
        "decile": st.sampled_from(["Desil 3", 3.0]),
        "status": st.sampled_from(["Hidup", "Pindah"]),
    },
)


@given(spelled)
def test_checking_the_stored_values_gives_the_same_result(raw):
    """Registered people are checked again by the same rules, from the stored values."""
    first = check_person(raw, **RULES)
    again = check_person(asdict(first) | {"occupation": first.occupation_text}, **RULES)
    assert again == first


def test_a_birth_date_may_be_today_and_not_tomorrow():
    nik = "3522152111260001"
    assert codes(nik=nik, birth_date=TODAY, work_said_on="") == []
    assert codes(nik=nik, birth_date=TODAY + timedelta(days=1)) == ["birth_date.invalid"]
