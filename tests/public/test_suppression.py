"""No small count can be had from what is published: an attacker subtracts whatever can be."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrollment.public.publishing.suppression import SMALL, hidden

SINGLE = {"A": {"a1": 3}}
TABLES = st.dictionaries(
    st.sampled_from("ABCDEFG"),
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1),
    min_size=1,
)


def published(table):
    """What everybody reads: village counts, sums of kecamatan, sum of all; None where hidden. The
    sum of all is on the public page of the decree, whatever the table says."""
    found = hidden(table)
    villages = {
        (district, village): None if village in found.villages[district] else people
        for district, inside in table.items()
        for village, people in inside.items()
    }
    sums = {
        district: None if district in found.districts else sum(inside.values())
        for district, inside in table.items()
    }
    return villages, sums, sum(sum(inside.values()) for inside in table.values())


def bounds(table, *, naive=False):
    """The least and the most that each hidden village can have, by tightening all equations until
    nothing changes any more. A hidden village has somebody. `naive`: only small ones are hidden."""
    villages, sums, whole = published(table)
    if naive:
        villages = {(d, v): None if 0 < table[d][v] < SMALL else table[d][v] for d, v in villages}
        sums = {d: sum(inside.values()) for d, inside in table.items()}
        whole = sum(sums.values())
    most = 10**6
    known = {("v", *key): (n, n) if n is not None else (1, most) for key, n in villages.items()}
    known |= {("d", d): (n, n) if n is not None else (0, most) for d, n in sums.items()}
    known["all"] = (whole, whole) if whole is not None else (0, most)
    equations = [(("d", d), [("v", d, v) for v in inside]) for d, inside in table.items()]
    equations.append(("all", [("d", d) for d in table]))
    changed = True
    while changed:
        before = dict(known)
        for total, parts in equations:
            low, high = (sum(known[part][end] for part in parts) for end in (0, 1))
            known[total] = (max(known[total][0], low), min(known[total][1], high))
            for part in parts:
                rest_low, rest_high = low - known[part][0], high - known[part][1]
                least = max(known[part][0], known[total][0] - rest_high)
                greatest = min(known[part][1], known[total][1] - rest_low)
                known[part] = (least, greatest)
                low, high = (sum(known[one][end] for one in parts) for end in (0, 1))
        changed = known != before
    return {key[1:]: known[key] for key in known if key[0] == "v" and villages[key[1:]] is None}


def test_without_hiding_more_a_small_count_is_had_by_subtraction():
    """There is something to protect: the control loses."""
    table = {"A": {"a": 3, "b": 20, "c": 30}, "B": {"d": 12}}
    assert bounds(table, naive=True) == {("A", "a"): (3, 3)}
    assert bounds(table)["A", "a"] != (3, 3)


@given(TABLES)
@settings(max_examples=300, deadline=None)
def test_no_small_count_can_be_computed(table):
    found = hidden(table)
    if found.whole:  # no village is named at all
        return
    for (district, village), (least, most) in bounds(table).items():
        assert least == 1
        assert most > SMALL  # it may as well be no small one
        assert least <= table[district][village] <= most
    for district, inside in table.items():
        for village, people in inside.items():
            if 0 < people < SMALL:
                assert village in found.villages[district]


@given(TABLES)
@settings(max_examples=100, deadline=None)
def test_neither_can_the_sum_of_a_small_kecamatan(table):
    found = hidden(table)
    for district, inside in table.items():
        if 0 < sum(inside.values()) < SMALL:
            assert district in found.districts


def test_nothing_is_hidden_without_need():
    table = {"A": {"a": 5, "b": 20, "zero": 0}, "B": {"d": 12}}
    found = hidden(table)
    assert not any(found.villages.values())
    assert not found.districts
    assert not found.whole


def test_of_very_few_people_nothing_is_told():
    found = hidden(SINGLE)
    assert found.whole
    assert found.districts == {"A"}
    assert found.villages == {"A": {"a1"}}


@pytest.mark.parametrize("seed", range(3))
def test_most_of_a_regency_is_still_told(seed):
    picked = random.Random(seed)
    table = {
        f"K{d}": {f"D{v}": min(picked.randint(1, 60), 60) for v in range(12)} for d in range(15)
    }
    found = hidden(table)
    concealed = sum(len(names) for names in found.villages.values())
    assert concealed < 0.2 * 15 * 12
    assert not found.whole
