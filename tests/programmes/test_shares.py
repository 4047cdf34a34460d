"""A total divided in proportion to people: to the last place, and never less for more people."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.programmes.shares import divided
from villages.refusals import Refusal

PEOPLE = st.dictionaries(
    st.from_regex(r"35\.03\.[0-9]{2}", fullmatch=True), st.integers(0, 5_000), min_size=1
).filter(lambda people: any(people.values()))
TOTAL = st.integers(0, 200_000)


@given(TOTAL, PEOPLE)
def test_the_shares_add_up_to_the_total(total, people):
    assert sum(divided(total, people).values()) == total


@given(TOTAL, PEOPLE)
def test_more_people_never_get_less_and_alike_differ_by_one_at_most(total, people):
    shares = divided(total, people)
    for one, other in combinations(people, 2):
        few, many = sorted((one, other), key=people.__getitem__)
        if people[few] == people[many]:
            assert abs(shares[few] - shares[many]) <= 1
        else:
            assert shares[few] <= shares[many]


@given(TOTAL, PEOPLE)
def test_a_village_with_nobody_gets_no_place(total, people):
    shares = divided(total, people)
    assert all(shares[code] == 0 for code, count in people.items() if not count)


@given(TOTAL, PEOPLE)
def test_each_share_is_within_one_place_of_the_exact_one(total, people):
    everybody = sum(people.values())
    for code, share in divided(total, people).items():
        assert abs(share * everybody - total * people[code]) < everybody


def test_sijunjung_divides_6200_among_62_alike():
    nagari = {f"13.03.{number:02}": 105 for number in range(62)}
    assert set(divided(6_200, nagari).values()) == {100}


def test_the_places_left_over_go_to_the_largest_remainders_then_to_the_first_code():
    assert divided(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert divided(5, {"a": 6, "b": 5, "c": 1}) == {"a": 3, "b": 2, "c": 0}


def test_nobody_at_all_is_refused_in_words():
    with pytest.raises(Refusal, match="tidak dapat dibagi"):
        divided(10, {"a": 0, "b": 0})
