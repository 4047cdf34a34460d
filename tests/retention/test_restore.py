"""A backup as docs/operations.md makes it, restored into a fresh database and a fresh folder, gives
the files of a signed decree byte for byte."""

import hashlib
import os
import subprocess
import tarfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings

from enrollment.decrees.rules import snapshot_sha256
from enrollment.decrees.signing.models import DecreeFile
from enrollment.retention import intact
from portal.launch import database, embedded
from tests import databases, people
from tests.decrees import drafts, signing
from villages import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
OPERATIONS = databases.BASE / "docs/operations.md"


@pytest.fixture
def decree(uploads):
    """Sent, back with a signature, and issued; its annexes are written."""
    subsidy = drafts.programme()
    drafts.approve(subsidy, *(people.worker(number) for number in range(3)))
    issued = drafts.issue(signing.signed(signing.unnumbered(subsidy)))
    drafts.printed(issued)
    return issued


@pytest.fixture
def superuser():
    """Row security hides rows from all others, so a backup is made as superuser."""
    server = embedded.Postgres(Path(settings.PORTAL_DATA), throwaway=True)
    if str(server.socket_folder) not in unquote(os.environ["DATABASE_OWNER_URL"]):
        pytest.skip("The superuser of this PostgreSQL is not known here.")
    return server.url


@pytest.fixture
def restored(decree, superuser, uploads, tmp_path, database_name):
    """The name of the restored database and the folder of the restored files."""
    dump, name, folder = tmp_path / "portal.dump", f"{database_name}_restored", tmp_path / "files"
    pg("pg_dump", f"--dbname={databases.at(superuser, database_name)}", f"--file={dump}")
    pack = BytesIO()
    with tarfile.open(fileobj=pack, mode="w") as tar:
        tar.add(uploads, "uploads")
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}"')
    pg("pg_restore", f"--dbname={databases.at(superuser, name)}", str(dump), custom=False)
    pack.seek(0)
    with tarfile.open(fileobj=pack) as tar:
        tar.extractall(folder, filter="data")
    yield name, folder / "uploads"
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


def pg(program, *arguments, custom=True):
    form = ["--format=custom"] if custom else []
    subprocess.run([embedded.postgres.BINARIES / program, *form, *arguments], check=True)


def kept_files():
    """Kind → SHA-256 and bytes of what went out and came back."""
    with scope.whole_country("tests"):
        return {row.kind: (row.sha256, row.file.read()) for row in DecreeFile.objects.all()}


def asked(superuser, name, question):
    """Its answer in the restored database."""
    there = database.connect(databases.at(superuser, name))
    with closing(there), there.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def files_there(superuser, name, folder):
    """The same from the restored database and the restored folder."""
    rows = asked(superuser, name, "SELECT kind, sha256, file FROM enrollment_decreefile")
    return {kind: (sha256, (folder / file).read_bytes()) for kind, sha256, file in rows}


def manage(monkeypatch, name, folder, *command):
    monkeypatch.setenv("PORTAL_UPLOADS", str(folder))
    return databases.manage(name, *command)


def test_a_restored_backup_gives_the_same_bytes_and_hashes(
    decree, superuser, restored, monkeypatch, tmp_path
):
    name, folder = restored
    before, after = kept_files(), files_there(superuser, name, folder)
    assert set(before) == {"sent", "signed"}
    assert after == before
    assert after["signed"][1].startswith(after["sent"][1]), "signed behind our bytes"
    for sha256, content in after.values():
        assert hashlib.sha256(content).hexdigest() == sha256
    # The restored portal itself finds every file whole, and gives the annex that it gave before.
    checked = manage(monkeypatch, name, folder, "check_files")
    assert (checked.returncode, "files are what was kept" in checked.stdout) == (0, True)
    out = tmp_path / "annex.xlsx"
    order = ("export_annex", decree.number, "--by", "rini", "--output", str(out))
    given = manage(monkeypatch, name, folder, *order)
    assert given.returncode == 0, given.stderr
    with scope.whole_country("tests"):
        assert out.read_bytes() == decree.annexes.get(version="full").file.read()
        seal = snapshot_sha256(decree.entries.order_by("position"), decree.header)
    assert asked(superuser, name, "SELECT sha256 FROM enrollment_decree") == [(seal,)]


def test_a_damaged_byte_and_a_lost_file_are_noticed(decree, restored, monkeypatch):
    name, folder = restored
    with scope.whole_country("tests"):
        signed = decree.files.get(kind="signed").file.name
        sent = decree.files.filter(kind="sent").first().file.name
    content = bytearray((folder / signed).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / signed).write_bytes(content)
    (folder / sent).unlink()
    checked = manage(monkeypatch, name, folder, "check_files")
    assert checked.returncode != 0
    assert f"{signed} has other bytes than were kept" in checked.stdout
    assert f"{sent} is missing" in checked.stdout
    assert "2 of" in checked.stderr


@pytest.mark.every
def test_the_files_are_those_of_every_table_that_keeps_a_hash():
    assert {model.__name__ for model in intact.sealed_models()} >= {
        *("AnnexPdf", "DecreeAnnex", "DecreeFile", "DecreeRevocation", "LetterTemplate"),
        "PaperScan",
    }


def test_the_guide_for_operators_says_so():
    words = OPERATIONS.read_text()
    assert "pg_dump --username=postgres --format=custom" in words
    assert "check_files" in words.partition("Restore into an empty installation")[2]
