"""Which roles may do which verb. `ScopedQuerySet.visible_to` says on which rows."""

from villages.models import Role

VILLAGE = {Role.VILLAGE_OPERATOR, Role.VILLAGE_HEAD}
PROPOSERS = VILLAGE | {Role.AGENCY}
DINAS = {Role.VERIFIER, Role.APPROVER}
REGENCY = DINAS | {Role.REGENCY_ADMIN}
CHECKERS = {Role.DISTRICT, Role.DPMD}
"""Those who look at lists before the Dinas does."""
EVERYBODY = set(Role)

MAY = {
    "worker.view": EVERYBODY - {Role.BPJS, Role.DPMD},
    "worker.unmask": PROPOSERS | REGENCY,
    "worker.enter": PROPOSERS | {Role.REGENCY_ADMIN},
    "worker.change": PROPOSERS | {Role.REGENCY_ADMIN},
    "worker.end": PROPOSERS | {Role.REGENCY_ADMIN},
    "worker.reopen": {Role.REGENCY_ADMIN},
    "import.view": PROPOSERS | REGENCY | {Role.AUDITOR},
    "import.make": PROPOSERS | {Role.REGENCY_ADMIN},
    "import.release": REGENCY,
    "import.undo": PROPOSERS | {Role.REGENCY_ADMIN},
    "recheck.view": REGENCY | {Role.AUDITOR},
    "recheck.make": REGENCY,
    "leaving.view": VILLAGE | REGENCY | {Role.AUDITOR},
    "leaving.prepare": VILLAGE | DINAS,
    "leaving.file": {Role.VILLAGE_HEAD} | DINAS,
    "leaving.decide": {Role.APPROVER},
    "duplicate.view": REGENCY | {Role.AUDITOR},
    "duplicate.decide": DINAS,
    "duplicate.answers": PROPOSERS,
    "programme.view": EVERYBODY,
    "programme.make": {Role.REGENCY_ADMIN},
    "proposal.view": EVERYBODY - {Role.BPJS},
    "proposal.make": PROPOSERS,
    "proposal.submit": {Role.VILLAGE_HEAD, Role.AGENCY},
    "proposal.replace": {Role.VILLAGE_HEAD},
    "paper.view": VILLAGE | REGENCY | {Role.AUDITOR},
    "paper.make": {Role.VILLAGE_HEAD},
    "paper.scan": VILLAGE,
    "proposal.check": CHECKERS,
    "proposal.verify": {Role.VERIFIER},
    "proposal.approve": {Role.APPROVER},
    "submissions.view": REGENCY | {Role.DISTRICT, Role.AUDITOR},
    "renewal.people_view": EVERYBODY - {Role.BPJS, Role.DPMD},
    "renewal.view": REGENCY | {Role.AUDITOR},
    "renewal.make": REGENCY,
    "renewal.begin": {Role.REGENCY_ADMIN},
    "reverification.view": VILLAGE | REGENCY | {Role.AUDITOR},
    "reverification.make": {Role.VILLAGE_HEAD},
    "decree.view": EVERYBODY - {Role.VILLAGE_OPERATOR, Role.AGENCY, Role.DPMD},
    "decree.draft": REGENCY | {Role.AUDITOR},
    "decree.make": {Role.REGENCY_ADMIN},
    "decree.register": {Role.BPJS},
    "village_decree.make": {Role.VILLAGE_HEAD},
    "registration.view": REGENCY | {Role.BPJS, Role.AUDITOR},
    "registration.make": {Role.REGENCY_ADMIN, Role.BPJS},
    "registration.answer": {Role.REGENCY_ADMIN, Role.BPJS},
    "annex.masked": EVERYBODY - {Role.VILLAGE_OPERATOR, Role.AGENCY, Role.DPMD},
    "annex.full": REGENCY | {Role.BPJS},
    "disclosure.view": {Role.REGENCY_ADMIN, Role.AUDITOR},
    "history.view": {Role.REGENCY_ADMIN, Role.AUDITOR},
    "settings.change": {Role.REGENCY_ADMIN},
    "factor_reset.ask": {Role.REGENCY_ADMIN},
    "factor_reset.confirm": {Role.REGENCY_ADMIN, Role.APPROVER},
}


def held_by(role: str) -> set[str]:
    """Everything that a role may do."""
    return {permission for permission, roles in MAY.items() if role in roles}
