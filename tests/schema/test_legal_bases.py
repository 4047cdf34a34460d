"""The regulation of a programme becomes its first legal basis, with its history, and goes back."""

import pytest

from tests import databases

pytestmark = [pytest.mark.usefixtures("django_db_setup"), pytest.mark.slow, pytest.mark.every]
BEFORE = "0030_repricing"
EVERYTHING = "SET portal.low = ''; SET portal.high = '~'; SET portal.agency = ''"
PROGRAMME = """
INSERT INTO enrollment_premiumsubsidy (
    id, regency_id, name, year, wave, wave_name, source, fund, category, segment, components,
    wage, first_month, months, prices, ceiling, committed, minimum_age, maximum_age,
    required_registry, consent_required, legal_basis_number, legal_basis_title, state
) VALUES (
    gen_random_uuid(), '35.03', %s, 2026, 1, '', 'murni', 'apbd', 'rentan', 'BPU', '{JKK,JKM}',
    1000000, '2026-01-01', 12, '{}', 1, 0, 17, 65, '', false, %s, %s, 'open'
)
"""
CHANGED = "UPDATE enrollment_premiumsubsidy SET {} WHERE name = 'Nelayan'"
BASES = """
SELECT p.name, b.position, b.kind, b.number, b.date::text, b.title
FROM enrollment_legalbasis b JOIN enrollment_premiumsubsidy p ON p.id = b.programme_id
"""
HISTORY = """
SELECT e.pgh_label, e.number, e.date::text FROM enrollment_legalbasisevent e ORDER BY e.pgh_id
"""


@pytest.fixture
def before(database_name):
    name = f"{database_name}_bases"
    databases.clone(name)
    migrate(name, BEFORE)
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute(EVERYTHING)
        yield name, cursor
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


def migrate(name, *target):
    result = databases.manage(name, "migrate", "--verbosity=0", "enrollment", *target)
    assert result.returncode == 0, result.stderr


def test_number_date_and_title_are_carried_over_with_what_the_history_says(before):
    name, cursor = before
    cursor.execute(PROGRAMME, ["Nelayan", "", ""])
    cursor.execute(PROGRAMME, ["Petani", "", ""])
    for change in (
        "legal_basis_number = '5 Tahun 2024'",
        "ceiling = 2",  # nothing about the regulation
        "legal_basis_date = '2024-03-05', legal_basis_title = 'Nelayan'",
    ):
        cursor.execute(CHANGED.format(change))
    cursor.connection.commit()
    migrate(name)
    cursor.execute(BASES)
    carried = [("Nelayan", 1, "perbup", "5 Tahun 2024", "2024-03-05", "Nelayan")]
    assert cursor.fetchall() == carried
    cursor.execute(HISTORY)
    assert cursor.fetchall() == [
        ("insert", "5 Tahun 2024", None),
        ("update", "5 Tahun 2024", "2024-03-05"),
    ]
    cursor.connection.commit()
    migrate(name, BEFORE)
    cursor.execute(
        "SELECT name, legal_basis_number, legal_basis_date::text, legal_basis_title"
        " FROM enrollment_premiumsubsidy ORDER BY name"
    )
    assert cursor.fetchall() == [
        ("Nelayan", "5 Tahun 2024", "2024-03-05", "Nelayan"),
        ("Petani", "", None, ""),
    ]
