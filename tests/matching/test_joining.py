"""Which line an answer is about; what is doubtful is left to a person."""

import pytest

from enrollment.matching.joining import How, Lines, Names, Problem

SITI = Names("K7QF2A-000001", "", "3503070101800001", "SITI AMINAH", "1980-01-01")
BUDI = Names("K7QF2A-000002", "11112222333", "3503070101800002", "BUDI, S.", "1980-01-01")
TWIN = Names("K7QF2A-000003", "", "3503070101800003", "Siti Aminah", "1980-01-01")
LINES = Lines([(1, SITI), (2, BUDI)])


@pytest.mark.parametrize(
    ("answer", "line", "how"),
    [
        (Names(key="k7qf2a-000001"), 1, How.KEY),
        (Names(kpj="11112222333"), 2, How.KPJ),
        (Names(nik="3503070101800001"), 1, How.NIK),
        (Names(name="budi s", born="1980-01-01"), 2, How.NAME),
        (Names(key="K7QF2A-000001", nik="3503070101800009", name="Siti Aminah"), 1, How.KEY),
        (Names(key="17", nik="3503070101800002"), 2, How.NIK),
        (Names(key="K7QF2A-000001", kpj="12121212121", name="Siti  Aminah"), 1, How.KEY),
    ],
)
def test_is_found(answer, line, how):
    assert LINES.find(answer) == (line, how)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Names(nik="3503070101809999"), Problem.UNKNOWN),
        (Names(), Problem.UNKNOWN),
        (Names(name="Siti Aminah"), Problem.UNKNOWN),
        (Names(key="K7QF2A-000001", nik="3503070101800002"), Problem.DIFFERENT),
        (Names(key="K7QF2A-000001", nik="3503070101807777", name="TARNO"), Problem.DIFFERENT),
        (Names(key="K7QF2A-000001", name="TARNO"), Problem.DIFFERENT),
        (Names(key="XXXXXX-000001", nik="3503070101800002"), Problem.DIFFERENT),
        (Names(kpj="11112222333", nik="3503070101800001"), Problem.DIFFERENT),
        (Names(nik="3503070101809999", name="BUDI S", born="1980-01-01"), Problem.DIFFERENT),
    ],
)
def test_is_left_to_a_person(answer, problem):
    assert LINES.find(answer) == (None, problem)


def test_two_of_one_name_and_birth_date_are_never_guessed():
    lines = Lines([(1, SITI), (3, TWIN)])
    assert lines.find(Names(name="SITI AMINAH", born="1980-01-01")) == (None, Problem.SEVERAL)
    assert lines.find(Names(nik=TWIN.nik, name="SITI AMINAH")) == (3, How.NIK)
