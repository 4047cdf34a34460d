from datetime import date

import pytest

from enrollment.leavings.rules import (
    Clocks,
    claim_in_words,
    impossible_day,
    last_kept,
    months_in_a_row,
)

YEAR = (date(2026, 1, 1), date(2027, 1, 1))
MAY = date(2026, 5, 15)


@pytest.mark.parametrize(
    ("on", "today", "last"),
    [
        (date(2026, 5, 3), MAY, date(2026, 5, 1)),  # the month of the leaving is the last one
        (date(2026, 2, 20), MAY, date(2026, 4, 1)),  # told late: April has been paid to BPJS
        (date(2026, 4, 30), MAY, date(2026, 4, 1)),
        (date(2025, 11, 9), MAY, date(2026, 4, 1)),
        (date(2025, 11, 9), date(2025, 12, 20), None),  # before the first month
        (date(2026, 12, 31), date(2027, 3, 1), date(2026, 12, 1)),  # after the last one
    ],
)
def test_the_month_of_the_leaving_and_those_already_paid_stay(on, today, last):
    assert last_kept(YEAR, reason="died", on=on, today=today) == last


def test_whom_bpjs_refused_was_never_paid_for():
    assert last_kept(YEAR, reason="moved", on=MAY, today=MAY) == date(2026, 5, 1)
    assert last_kept(YEAR, reason="refused", on=MAY, today=MAY) is None


def test_a_day_that_cannot_be_is_named():
    assert impossible_day(MAY, today=MAY, born=date(1980, 1, 1)) == ""
    assert "masa depan" in impossible_day(date(2026, 5, 16), today=MAY, born=None)
    assert "lahir" in impossible_day(date(1979, 1, 1), today=MAY, born=date(1980, 1, 1))


def test_months_in_a_row_end_at_the_first_gap():
    covers = [(date(2025, 1, 1), date(2025, 3, 1)), (date(2025, 4, 1), date(2026, 6, 1))]
    assert months_in_a_row(date(2026, 5, 1), covers) == 14
    assert months_in_a_row(date(2025, 2, 1), covers) == 2
    assert months_in_a_row(date(2025, 3, 1), covers) == 0
    assert months_in_a_row(date(2026, 5, 1), [(None, None)]) == 36


class TestClocks:
    """Three months of grace after the last paid one; from the fourth everything begins anew."""

    def test_until_when_the_membership_goes_on(self):
        said = " ".join(Clocks(last=date(2026, 5, 1), paid=5).sentences())
        assert "Menurut keputusan 5 bulan berturut-turut dari 36 bulan" in said
        assert "paling lambat untuk Agustus 2026" in said
        assert "Mulai September 2026 ia peserta baru" in said
        assert "Rp10.000.000, bukan Rp42.000.000: berkurang Rp32.000.000" in said
        assert "tidak dapat kembali" not in said

    def test_who_has_the_right_to_a_scholarship_loses_it(self):
        said = Clocks(last=date(2026, 5, 1), paid=36).sentences()[0]
        assert "hak beasiswa untuk dua anak berakhir" in said

    def test_nobody_of_65_comes_back(self):
        assert not Clocks(last=date(2026, 5, 1), paid=5, age=64).sentences()[3:]
        assert "tidak dapat kembali" in Clocks(last=date(2026, 5, 1), paid=5, age=65).sentences()[3]

    def test_nothing_is_lost_where_nothing_was_paid(self):
        assert len(Clocks(last=None, paid=0).sentences()) == 1


def test_what_the_heirs_are_due():
    assert "Rp10.000.000" in claim_in_words(3)  # the month of the death is not a whole one
    assert "Rp42.000.000" in claim_in_words(4)
    assert "tidak ada santunan" in claim_in_words(0)
    assert claim_in_words(4).startswith("Bila BPJS sudah menerima iurannya")
