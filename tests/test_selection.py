"""What a run leaves out, and that it says so."""

import pytest

from tests import selection

pytest_plugins = ["pytester"]

TESTS = """
    import pytest

    @pytest.fixture
    def chromium(): ...

    @pytest.fixture
    def page_at(chromium): ...

    @pytest.fixture
    def queue_worker(): ...

    def test_short(): ...

    @pytest.mark.slow
    def test_marked_as_slow(): ...

    @pytest.mark.slow
    @pytest.mark.every
    def test_long(): ...

    def test_in_a_browser(page_at): ...

    def test_through_the_queue(queue_worker): ...
"""
WITH_SELECTION = ["-p", "tests.selection", "-p", "no:django", "-p", "no:xdist"]


@pytest.fixture(autouse=True)
def not_every(monkeypatch):
    """Whatever the run of these tests is asked for."""
    monkeypatch.setattr(selection, "EVERY", False)


def test_with_every_the_long_ones_run_too_and_nothing_is_said(pytester, monkeypatch):
    monkeypatch.setattr(selection, "EVERY", True)
    pytester.makepyfile(TESTS)
    result = pytester.runpytest(*WITH_SELECTION)
    result.assert_outcomes(passed=5)
    assert "Left out" not in result.stdout.str()


def test_without_it_they_do_not_and_this_is_said(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest(*WITH_SELECTION)
    result.stdout.fnmatch_lines(["Left out without EVERY=1: 1 long tests; *"])


def test_all_tests_run_the_slow_ones_first(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest(*WITH_SELECTION, "-v")
    result.assert_outcomes(passed=4, deselected=1)
    ran = [line.split("::")[1].split()[0] for line in result.outlines if "PASSED" in line]
    assert ran[-1] == "test_short"


def test_fast_runs_the_short_ones_and_says_what_it_left_out(pytester):
    pytester.makepyfile(TESTS)
    result = pytester.runpytest(*WITH_SELECTION, "--fast", "-v")
    result.assert_outcomes(passed=1, deselected=4)
    result.stdout.fnmatch_lines(["*::test_short PASSED*"])
    result.stdout.fnmatch_lines(
        [
            "Left out by --fast: 1 browser tests, 2 slow tests and 0 others *",
            "A run without --fast finds out which these are.",
        ]
    )


OF_ALL_LENGTHS = """
    import time
    import pytest

    @pytest.mark.parametrize("seconds", [0.02, 0.01, 0.2, 0.03, 0.1])
    def test_takes(seconds):
        time.sleep(seconds)
"""


def test_fast_leaves_out_the_dear_ones_that_an_earlier_run_has_found(pytester):
    pytester.makepyfile(OF_ALL_LENGTHS)
    pytester.runpytest(*WITH_SELECTION).assert_outcomes(passed=5)
    for _ in range(2):  # a fast run does not change what is left out
        result = pytester.runpytest(*WITH_SELECTION, "--fast", "-v")
        result.assert_outcomes(passed=3, deselected=2)
        ran = [line.split("[")[1].split("]")[0] for line in result.outlines if "PASSED" in line]
        assert ran == ["0.02", "0.01", "0.03"]
        result.stdout.fnmatch_lines(["*0 slow tests and 2 others *"])
        result.stdout.no_fnmatch_line("A run without --fast*")


def test_fast_runs_what_is_new(pytester):
    pytester.makepyfile(OF_ALL_LENGTHS)
    pytester.runpytest(*WITH_SELECTION)
    pytester.makepyfile(test_new="def test_new(): __import__('time').sleep(0.3)")
    pytester.runpytest(*WITH_SELECTION, "--fast").assert_outcomes(passed=4, deselected=2)
