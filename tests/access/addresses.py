"""Every address of the portal and how to call it on the rows of one place.

Every address must be declared here, or tests/access/test_access.py fails. `of(rows)` gives the
address's arguments for a place; it is None where the page does not belong to a row.
"""

from dataclasses import dataclass, field

from tests import people


@dataclass(frozen=True)
class Address:
    of: object = None
    data: dict = field(default_factory=dict)
    fixed: dict = field(default_factory=dict)
    """Arguments of an address that belongs to no row."""
    public: bool = False
    regency_wide: bool = False
    """The row belongs to a regency, and all of its villages may see it."""
    ends_session: bool = False
    """Ends the session: left out of the walk, since every call after it would be anonymous."""


PUBLIC = Address(public=True)
OPEN = Address()


def on(regency_wide=False, **arguments):
    """The address of a row; `arguments`: name → dotted path from the place's rows."""

    def of(rows):
        return {name: _dig(rows, path) for name, path in arguments.items()}

    return Address(of=of, regency_wide=regency_wide)


def _dig(rows, path):
    for step in path.split("."):
        rows = getattr(rows, step)
    return rows


WORKER = on(public_id="worker.public_id")
RECHECK = on(pk="recheck.pk")
IMPORT = on(pk="upload.pk")
PROGRAMME = on(pk="subsidy.pk", regency_wide=True)
LATER = on(pk="later.pk", regency_wide=True)
BASIS = on(pk="subsidy.pk", basis="basis.pk", regency_wide=True)
PROPOSAL = on(pk="proposal.pk")
LEAVING = on(public_id="leaving.public_id")
BULK = on(pk="bulk.pk")
PAPER = on(pk="paper.pk")
DECREE = on(pk="decree.pk", regency_wide=True)
ACCOUNT = on(pk="maker.user_id")
OFFICE = on(public_id="maker.public_id")
BATCH = on(pk="batch.pk")
ANSWERS = on(pk="answers.pk")
AGENCY = on(pk="agency.pk", regency_wide=True)

BEHIND = {"nik": people.nik(900), "name": "BUDI", "kk": "", "phone": "", "mother_name": "",
          "birth_date": "", "version": "palsu"}  # fmt: skip
"""A form of a person that somebody else seems to have changed meanwhile."""

DECLARED = {
    "login": PUBLIC,
    "logout": Address(ends_session=True),
    "first_password": PUBLIC,
    "account": OPEN,
    "sessions_end": OPEN,
    "kept_forms": OPEN,
    "kept_form_drop": OPEN,
    "session_state": PUBLIC,
    "login_code": PUBLIC,
    "factor_set_up": OPEN,
    "factor_off": OPEN,
    "recovery_codes": OPEN,
    "reset_list": OPEN,
    "reset_ask": OPEN,
    "reset_confirm": OPEN,
    "password_change": OPEN,
    "health": PUBLIC,
    "public_check": PUBLIC,
    "public_decree": Address(public=True, fixed={"code": "ACDEF34679"}),
    "home": OPEN,
    "change_list": OPEN,
    "act_as": OPEN,
    "worker_list": OPEN,
    "worker_new": OPEN,
    "worker_from_nik": Address(data={"nik": people.nik(900)}),
    "worker_detail": WORKER,
    "worker_unmask": WORKER,
    "worker_edit": Address(of=WORKER.of, data=BEHIND),
    "worker_end": WORKER,
    "worker_reopen": WORKER,
    "recheck_list": OPEN,
    "recheck_new": OPEN,
    "recheck_detail": RECHECK,
    "recheck_progress": RECHECK,
    "recheck_download": RECHECK,
    "disclosure_list": OPEN,
    "disclosure_download": OPEN,
    "import_list": OPEN,
    "import_new": OPEN,
    "import_template": OPEN,
    "import_detail": IMPORT,
    "import_columns": IMPORT,
    "import_rows": IMPORT,
    "import_differences": IMPORT,
    "import_difference": Address(
        of=on(pk="upload.pk", position="differing").of, data={"choice": "keep"}
    ),
    "import_undo": IMPORT,
    "import_take": IMPORT,
    "import_discard": IMPORT,
    "import_release": IMPORT,
    "import_returned": IMPORT,
    "import_mend": Address(of=IMPORT.of, data={"baris": "1"}),
    "import_take_mended": IMPORT,
    "import_row_mend": Address(
        of=on(pk="upload.pk", position="faulty").of, data={"seen": "palsu", "sel-name": "BUDI"}
    ),
    "list_check": OPEN,
    "leaving_list": OPEN,
    "leaving_due": OPEN,
    "leaving_new": on(entry="entry.public_id"),
    "leaving_detail": LEAVING,
    "leaving_file": LEAVING,
    "leaving_approve": LEAVING,
    "leaving_refuse": LEAVING,
    "leaving_take_back": LEAVING,
    "leaving_document": LEAVING,
    "duplicate_list": OPEN,
    "duplicate_decide": on(public_id="duplicate.public_id"),
    "duplicate_undo": on(public_id="duplicate.public_id"),
    "duplicate_told": OPEN,
    "duplicate_answers": OPEN,
    "settings": OPEN,
    "account_list": OPEN,
    "account_new": OPEN,
    "account_upload": OPEN,
    "account_confirm": OPEN,
    "account_download": OPEN,
    "account_detail": ACCOUNT,
    "account_edit": ACCOUNT,
    "account_code": ACCOUNT,
    "office_give": ACCOUNT,
    "office_term": OFFICE,
    "office_hand_over": OFFICE,
    "area_list": OPEN,
    "area_upload": OPEN,
    "area_confirm": OPEN,
    "area_download": OPEN,
    "area_detail": on(code="area"),
    "agency_list": OPEN,
    "agency_new": OPEN,
    "agency_edit": AGENCY,
    "agency_delete": AGENCY,
    "profile_edit": OPEN,
    "role_pairs": OPEN,
    "role_pair_remove": on(pk="pair.pk", regency_wide=True),
    "limit_edit": OPEN,
    "illness_question": OPEN,
    "freezes": OPEN,
    "approval_bands": OPEN,
    "approval_bands_suggested": OPEN,
    "approval_band_remove": on(pk="band.pk", regency_wide=True),
    "reason_list": OPEN,
    "reason_remove": on(pk="reason.pk", regency_wide=True),
    "freeze_end": on(pk="freeze.pk", regency_wide=True),
    "retention_list": OPEN,
    "tariff_list": OPEN,
    "discount_list": OPEN,
    "fund_list": OPEN,
    "sector_list": OPEN,
    "occupation_list": OPEN,
    "guide_list": OPEN,
    "guide": Address(fixed={"name": "admin"}),
    "programme_list": OPEN,
    "programme_new": OPEN,
    "programme_calculate": OPEN,
    "programme_detail": PROGRAMME,
    "programme_edit": PROGRAMME,
    "wave_new": PROGRAMME,
    "programme_schedule": PROGRAMME,
    "statement_rule": PROGRAMME,
    "programme_routes": PROGRAMME,
    "schedule_extend": PROGRAMME,
    "renewal": LATER,
    "renewal_link": LATER,
    "renewal_unlink": LATER,
    "renewal_begin": LATER,
    "renewal_take": LATER,
    "reverification": PROGRAMME,
    "reverification_rule": PROGRAMME,
    "renewal_gap": PROGRAMME,
    "renewal_gap_people": PROGRAMME,
    "renewal_notes": PROGRAMME,
    "self_pay_text": OPEN,
    "programme_budget": PROGRAMME,
    "legal_bases": PROGRAMME,
    "basis_change": BASIS,
    "basis_up": BASIS,
    "basis_remove": BASIS,
    "payer_change": PROGRAMME,
    "programme_open": PROGRAMME,
    "programme_close": PROGRAMME,
    "quota_list": PROGRAMME,
    "quota_bulk": PROGRAMME,
    "quota_upload": OPEN,
    "quota_confirm": OPEN,
    "quota_download": OPEN,
    "quota_change": on(pk="subsidy.pk", area="area"),
    "proposal_list": OPEN,
    "proposal_start": on(programme="subsidy.pk", regency_wide=True),
    "proposal_detail": PROPOSAL,
    "proposal_pick": PROPOSAL,
    "proposal_submit": PROPOSAL,
    "proposal_replace": PROPOSAL,
    "proposal_act": PROPOSAL,
    "proposal_desk": PROPOSAL,
    "paper_list": PROPOSAL,
    "paper_make": PROPOSAL,
    "paper_detail": PAPER,
    "paper_statement": PAPER,
    "paper_minutes": PAPER,
    "paper_people": PAPER,
    "paper_sheet": Address(of=lambda rows: {"pk": rows.paper.pk, "size": "a4"}),
    "paper_scan": PAPER,
    "scan_download": on(pk="scan.pk"),
    "paper_rule": PROGRAMME,
    "bulk_detail": BULK,
    "entry_detail": on(public_id="entry.public_id"),
    "entry_repair": on(public_id="entry.public_id"),
    "submission_list": PROGRAMME,
    "programme_people": PROGRAMME,
    "programme_act": PROGRAMME,
    "programme_desk": PROGRAMME,
    "reprice": PROGRAMME,
    "decree_list": OPEN,
    "decree_new": OPEN,
    "decree_detail": DECREE,
    "decree_change": DECREE,
    "decree_refresh": DECREE,
    "decree_paid": DECREE,
    "decree_left_out": DECREE,
    "decree_issue": DECREE,
    "decree_discard": DECREE,
    "decree_review": DECREE,
    "decree_freeze": DECREE,
    "decree_stop": DECREE,
    "decree_open_again": DECREE,
    "decree_send": DECREE,
    "decree_receive": DECREE,
    "amendment_new": DECREE,
    "amendment_changes": DECREE,
    "list_in_force": DECREE,
    "jdih_package": DECREE,
    "village_counts": DECREE,
    "registration": DECREE,
    "registration_people": DECREE,
    "registration_defaults": DECREE,
    "registration_refused": DECREE,
    "batch_detail": BATCH,
    "batch_withdraw": BATCH,
    "batch_file": Address(of=on(pk="batch.pk", part="row_number").of),
    "answers_upload": BATCH,
    "answers_detail": ANSWERS,
    "answers_explain": ANSWERS,
    "answers_settle": Address(of=ANSWERS.of, data={"row": "2", "key": "ZZZZZZ-000001"}),
    "answers_take": ANSWERS,
    "answers_take_back": ANSWERS,
    "decree_revoke": DECREE,
    "decree_revocation_file": DECREE,
    "decree_file": on(pk="decree_file.pk", regency_wide=True),
    "who_decides": PROGRAMME,
    "village_budget": on(pk="own.pk", regency_wide=True),
    "signatory_list": OPEN,
    "signatory_new": OPEN,
    "signatory_change": on(pk="signatory.pk", regency_wide=True),
    "annex_progress": DECREE,
    "annex_again": DECREE,
    "decree_register": DECREE,
    "registration_undo": DECREE,
    "annex_full": DECREE,
    "annex_masked": DECREE,
    "annex_pdfs": DECREE,
    "annex_word_full": DECREE,
    "annex_word_masked": DECREE,
    "decree_letter": DECREE,
    "letter_template": OPEN,
    "letter_template_file": OPEN,
    "letter_template_default": OPEN,
    "letter_template_preview": OPEN,
    "letter_template_back": OPEN,
    "annex_arrangement": OPEN,
    "annex_arrangement_shown": OPEN,
    "annex_arrangement_back": OPEN,
    "annex_pdf_full": on(pk="pdf_full.pk", regency_wide=True),
    "annex_pdf_masked": on(pk="pdf_masked.pk", regency_wide=True),
}
