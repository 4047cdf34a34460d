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
    result.stdout.fnmatch_lines(["Left out by --fast: 1 browser tests and 2 slow tests."])
