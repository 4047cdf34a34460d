"""The embedded PostgreSQL takes as much of the machine as helps, and little of a small one."""

from contextlib import closing

import pytest

from portal.launch import database, environment
from portal.launch.embedded import sizing


def megabytes(memory, disk, name):
    return int(sizing.settings(memory, disk)[name].removesuffix("MB"))


def test_a_small_machine_keeps_what_it_has_for_others():
    assert megabytes(512, 2_000, "shared_buffers") == 128
    assert megabytes(512, 2_000, "max_wal_size") == 256


def test_a_large_machine_is_used_up_to_a_limit():
    assert megabytes(16_384, 200_000, "shared_buffers") == 4096
    assert megabytes(2**20, 10**7, "shared_buffers") == 8192
    assert megabytes(2**20, 10**7, "max_wal_size") == 8192


@pytest.mark.parametrize("name", ["shared_buffers", "effective_cache_size", "max_wal_size"])
def test_settings_never_shrink_on_a_larger_machine(name):
    sizes = [megabytes(2**power, 2**power, name) for power in range(9, 22)]
    assert sizes == sorted(sizes)


def test_a_containers_limit_counts_as_its_memory(tmp_path, monkeypatch):
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(sizing, "CGROUP", limit)
    limit.write_text("max\n")
    whole = sizing.of_this_machine(tmp_path)["shared_buffers"]
    limit.write_text(str(600 * 2**20))
    assert sizing.of_this_machine(tmp_path)["shared_buffers"] == "150MB" != whole


@pytest.mark.slow
@pytest.mark.every
def test_postgresql_starts_with_them(data_folder, monkeypatch):
    for given in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(given)
    monkeypatch.setattr(sizing, "_memory", lambda: 2**30)
    with (
        environment.ready(data_folder) as variables,
        closing(database.connect(variables["DATABASE_URL"])) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SHOW shared_buffers")
        assert cursor.fetchone() == ("256MB",)
