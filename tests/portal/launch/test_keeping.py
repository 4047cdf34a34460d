"""What dies is started again, after pauses that grow and are forgotten after a calm time."""

from pathlib import Path

import pytest

from portal.launch import keeping
from portal.launch.embedded import ServiceError


class Part:
    """A part that a test lets die, and of which it says why it does not start."""

    name, log = "The part", Path("part.log")
    living, obstacle, starts = False, None, 0

    def alive(self):
        return self.living

    def start(self):
        self.starts += 1
        if self.obstacle:
            raise self.obstacle
        self.living = True


@pytest.fixture
def part():
    return Part()


@pytest.fixture
def kept(part):
    return keeping.Kept(part, now=0)


def test_what_lives_is_left_alone(part, kept):
    part.living = True
    assert kept.look(10) == ""
    assert part.starts == 0


@pytest.mark.parametrize(
    "obstacle", [ServiceError("no room\nSee there"), OSError(28, "No space left on device")]
)
def test_pauses_grow_up_to_a_minute_while_it_does_not_start(part, kept, obstacle):
    part.obstacle, pauses, now = obstacle, [], 0
    assert kept.look(now) == "The part has ended; it is started again in 1 s. See part.log"
    while len(pauses) < 8:
        tries = part.starts
        while part.starts == tries:
            sentence = kept.look(now := now + 1)
        assert "The part did not start (" in sentence
        assert "\n" not in sentence
        pauses.append(kept.due - now)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]
    part.obstacle = None
    assert kept.look(now + 60) == "The part is started again."


def test_a_pause_is_short_again_after_a_calm_time(part, kept):
    die(part, kept, 0)
    die(part, kept, 10)
    assert kept.pause == 4
    die(part, kept, 11 + keeping.CALM + 2)
    assert kept.pause == 2


def die(part, kept, now):
    part.living = False
    kept.look(now)
    assert kept.look(kept.due) == "The part is started again."


def test_a_sentence_that_cannot_be_written_is_printed(part, capsys, tmp_path):
    keeping.Keeper([part], log=tmp_path / "no such folder" / "run.log").look()
    assert "The part has ended" in capsys.readouterr().out
