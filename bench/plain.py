"""The limit of a decision: the plain SQL of the same effect, by the application's login."""

from django.db import connection, transaction

from enrollment.proposals.models import Entry
from villages import scope

STEP = """
INSERT INTO enrollment_step
    (entry_id, area_id, from_state, to_state, office_id, name, role, at, reason)
SELECT id, area_id, state, %(to)s, %(office)s, 'Bench', %(role)s, now(), %(reason)s
FROM enrollment_entry WHERE id = ANY(%(entries)s)
"""
ENTRY = """
UPDATE enrollment_entry
SET state = %(to)s, {signed} cost = %(cost)s, reason = %(reason)s, changed_at = now()
WHERE id = ANY(%(entries)s)
"""
MONEY = "UPDATE enrollment_premiumsubsidy SET committed = committed + %(spent)s WHERE id = %(of)s"
COSIGN = """
INSERT INTO enrollment_cosignature (entry_id, area_id, user_id, office_id, name, at)
SELECT id, area_id, %(user)s, %(office)s, 'Bench', now()
FROM enrollment_entry WHERE id = ANY(%(entries)s)
"""


def decide(entries, verb, office, *, programme=None, cost=0, reason="", partly=False):
    """One transaction: a step for each of these ids, and the new state with its signature;
    `partly`: others have to sign, too."""
    values = {
        "to": str(verb.partly if partly else verb.to), "office": office.pk, "role": office.role,
        "user": office.user_id, "entries": list(entries), "cost": cost, "reason": reason,
    }  # fmt: skip
    signs = verb.signs and not partly
    signed = f"{Entry._meta.get_field(verb.signs).column} = %(user)s," if signs else ""
    with scope.enter(office), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STEP, values)
        if partly:
            cursor.execute(COSIGN, values)
        cursor.execute(ENTRY.format(signed=signed), values)
        if cost:
            cursor.execute(MONEY, {"spent": cost * len(values["entries"]), "of": programme})
