"""The text for the remaining time of a job."""

from datetime import timedelta

import pytest

from enrollment.jobs.rules import time_left


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (4000, 160_000, 3, ""),  # too early to tell
        (0, 160_000, 30, ""),
        (4000, None, 30, ""),
        (150_000, 157_000, 60, "kurang dari 1 menit lagi"),
        (157_000, 157_000, 60, "kurang dari 1 menit lagi"),
        (160_000, 157_000, 60, "kurang dari 1 menit lagi"),  # the total was a guess
        (4000, 8000, 60, "sekitar 1 menit lagi"),
        (4000, 8000, 95, "sekitar 2 menit lagi"),
        (40_000, 160_000, 60, "sekitar 3 menit lagi"),
        (1000, 160_000, 60, "sekitar 3 jam lagi"),
    ],
)
def test_time_left(done, total, seconds, said):
    assert time_left(done, total, timedelta(seconds=seconds)) == said
