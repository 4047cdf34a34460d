"""The tables in docs/ say what the code does."""

from django.conf import settings

from enrollment.leavings.rules import ACTS
from enrollment.proposals.verbs import VERBS, State
from portal import tables
from villages.models import Role
from villages.permissions import MAY

DOCS = settings.BASE_DIR / "docs"


def test_every_document_has_its_tables_as_the_code_has_them():
    found = {path.name: path.read_text() for path in tables.documents(DOCS)}
    assert found.keys() == {"langkah.md", "permissions.md"}
    for name, text in found.items():
        assert tables.written(text) == text, f"{name}: run bin/manage write_tables"


def test_a_table_that_has_been_edited_by_hand_is_noticed():
    text = (DOCS / "panduan/langkah.md").read_text()
    edited = text.replace("| **Verifikasi** | **Diajukan** |", "| **Verifikasi** | **Draf** |")
    assert edited != text
    assert tables.written(edited) == text


def test_the_tables_name_every_step_state_role_and_permission():
    steps, by_role, leavings, permissions = (make() for make in tables.TABLES.values())
    for verb in VERBS.values():
        assert f"**{verb.label or verb.history}**" in steps
    for state in set(State) - {State.LEFT}:
        assert f"**{state.label}**" in steps
    assert State.LEFT not in {verb.to for verb in VERBS.values()}, "only a leaving leads there"
    for act in ACTS:
        assert f"| **{act.name}** |" in leavings
    assert "### DPMD" in by_role and f"| **{State.CHECKING.label}** |" in by_role
    for permission in MAY:
        assert f"`{permission}`" in permissions
    assert all(role.label in permissions for role in Role)
