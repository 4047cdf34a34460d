"""What root starts is served by an account without rights."""

import os

import pytest

from portal.launch import users

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def test_whoever_is_not_root_stays_who_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert users.unprivileged(tmp_path) is None


@as_root
def test_root_becomes_the_owner_of_the_data(tmp_path):
    os.chown(tmp_path, 12345, 54321)
    assert users.unprivileged(tmp_path) == (12345, 54321)


@as_root
@pytest.mark.parametrize("home", ["", "missing"])
def test_root_becomes_the_system_user_where_the_data_is_roots_or_new(tmp_path, home):
    found = users.unprivileged(tmp_path / home)
    assert found
    assert found.uid == users.system_user().pw_uid != 0


@as_root
def test_a_folder_is_handed_over_with_all_that_lies_in_it(tmp_path):
    outside = tmp_path / "outside"
    outside.touch()
    (folder := tmp_path / "uploads" / "2026").mkdir(parents=True)
    (folder / "a.xlsx").touch()
    (folder / "link").symlink_to(outside)
    users.Account(12345, 12345).own(tmp_path / "uploads")
    for path in (tmp_path / "uploads", folder, folder / "a.xlsx"):
        assert path.stat().st_uid == 12345
    assert outside.stat().st_uid == 0, "a link led out of the folder"


@as_root
def test_a_closed_folder_is_passed_through_but_not_listed(tmp_path):
    (closed := tmp_path / "closed").mkdir(mode=0o700)
    users.let_through(closed / "file")
    assert closed.stat().st_mode & 0o777 == 0o701
