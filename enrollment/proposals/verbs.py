"""The verbs for people on a list: one row for each verb. No database, no clock.

Everything about a verb is read from here: who may take it and where it leads (`decisions`),
its button (`lists`), its name in the history (`overview`), and the table in
docs/panduan/langkah.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import TextChoices

from enrollment.formats import angka
from villages.permissions import CHECKERS, PROPOSERS
from villages.refusals import Refusal


class State(TextChoices):
    """How far one person on a list has come."""

    DRAFT = "draft", "Draf"
    CHECKING = "checking", "Diperiksa kecamatan/DPMD"
    SUBMITTED = "submitted", "Diajukan"
    VERIFIED = "verified", "Diverifikasi"
    COSIGNED = "cosigned", "Disetujui sebagian"
    APPROVED = "approved", "Disetujui"
    RETURNED = "returned", "Dikembalikan"
    REJECTED = "rejected", "Ditolak"
    WAITING = "waiting", "Daftar tunggu"
    LEFT = "left", "Keluar"


LONGEST_REASON = 1_000
"""Letters; each person of a list repeats it."""

NOT_LISTED = ""
"""The state before somebody is put on a list, and after they are taken off it."""

HOLDS_PLACE = frozenset(
    {State.CHECKING, State.SUBMITTED, State.VERIFIED, State.COSIGNED, State.APPROVED}
)
"""The states in which a person holds one of the village's places (Quota.used)."""

OUTSIDE = frozenset({State.DRAFT, State.RETURNED, State.REJECTED})
"""The states in which others of a family do not count the person as handed in."""

HOLDS_MONEY = frozenset({State.APPROVED, State.LEFT})
"""The states in which money of the programme is committed for a person (Entry.cost): for all months
of the person, or for those until they left."""

ENDED = frozenset({State.REJECTED, State.LEFT})
"""The states in which a row is over, so that the person may be put on a list again."""

SIGNED: Mapping[str, tuple[str, ...]] = {
    State.DRAFT: (),
    State.CHECKING: ("submitted_by",),
    State.SUBMITTED: ("submitted_by",),
    State.WAITING: ("submitted_by",),
    State.RETURNED: ("submitted_by",),
    State.REJECTED: ("submitted_by",),
    State.VERIFIED: ("submitted_by", "verified_by"),
    State.COSIGNED: ("submitted_by", "verified_by"),
    State.APPROVED: ("submitted_by", "verified_by", "approved_by"),
    State.LEFT: ("submitted_by", "verified_by", "approved_by"),
}
"""State → the columns of an entry whose signatures stand in it; the others are emptied. Those of
approvers before the last one are rows of their own (Cosignature)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A row of the table.

    `may` maps a permission (villages.permissions) to the states from which it allows the verb;
    `to` is the state after it. `done` follows a number of people in messages, `history` is the
    line in the history of one person.
    """

    name: str
    may: Mapping[str, Collection[str]]
    to: str
    done: str
    history: str = ""
    signs: str = ""
    """The column of an entry that stores who took the verb."""
    not_by: Collection[str] = ()
    """Roles: whoever took any step with a person in one of them may not take this verb with them,
    whatever office they hold by now."""
    only_eligible: bool = False
    """People with a finding stay in their present state."""
    needs_reason: bool = False
    own_list: bool = False
    """Reaches only people on the office's own list."""
    own_decision: bool = False
    """Reaches only people whose last step the same person took, in the same role."""
    own_signature: bool = False
    """Reaches only people who are approved in part, also by this person."""
    partly: str = ""
    """The state of those for whom others have to approve, too (`signing.parts`)."""
    otherwise: str = ""
    """The state of those for whom no place is free: then places are won one by one, while the
    verb is applied, and not reserved for everybody or nobody."""
    undoes: str = ""
    """The name of the verb that it takes back."""
    unchecked: str = ""
    """The state of those on a list that the kecamatan or the DPMD checks first, until it has passed
    them on; empty where the verb does not bring anybody to the Dinas."""
    chosen: bool = True
    """Has a button for the people ticked on a page."""

    label: str = ""
    icon: str = ""
    tone: str = ""
    """The colour of the button: good is the primary one, refused cannot be undone."""
    question: str = ""
    """The confirmation dialog: question, then `explanation`, and `answer` on its button."""
    explanation: str = ""
    answer: str = ""
    said: str = ""
    """The reason that somebody has written already, on a page that is shown once more."""

    @property
    def is_primary(self) -> bool:
        """Whether its button is the primary one."""
        return self.tone == "good"

    @property
    def is_of_a_desk(self) -> bool:
        """Whether somebody who looks at one person after another takes it: not with their own
        list, and not to take something back."""
        return self.chosen and not self.own_list and not self.undoes

    @property
    def reserves(self) -> bool:
        """Whether places or money must be reserved before the verb is applied."""
        if self.otherwise:
            return False
        comes_from_outside = any(set(states) - HOLDS_PLACE for states in self.may.values())
        return self.to in HOLDS_MONEY or (self.to in HOLDS_PLACE and comes_from_outside)

    @property
    def permission(self) -> str:
        """The one permission that a verb of the proposer's own list asks for."""
        (permission,) = self.may
        return permission

    def origins(self, permissions: Collection[str]) -> set[str]:
        """The states from which somebody who holds `permissions` may take the verb."""
        return {
            state
            for permission, states in self.may.items()
            if permission in permissions
            for state in states
        }

    def checked_reason(self, reason: str) -> str:
        """The reason without blanks round it; Refusal when the verb needs one and has none."""
        reason = reason.replace("\0", "").strip()  # PostgreSQL keeps no NUL
        if self.needs_reason and not reason:
            raise Refusal(f"Tulis alasannya: usulan yang {self.done} harus disertai alasan.")
        if len(reason) > LONGEST_REASON:
            raise Refusal(
                f"Alasan paling panjang {angka(LONGEST_REASON)} huruf; ini {angka(len(reason))}. "
                "Persingkat dahulu."
            )
        return reason


PICK = Verb(
    name="pick",
    may={"proposal.make": {NOT_LISTED}},
    to=State.DRAFT,
    done="masuk daftar",
    history="Dimasukkan ke daftar",
    own_list=True,
    chosen=False,
    label="Tambah orang",
    icon="user-plus",
)
SUBMIT = Verb(
    name="submit",
    may={"proposal.submit": {State.DRAFT, State.RETURNED}},
    to=State.SUBMITTED,
    otherwise=State.WAITING,
    unchecked=State.CHECKING,
    done="diajukan ke Dinas",
    history="Diajukan",
    signs="submitted_by",
    only_eligible=True,
    own_list=True,
    chosen=False,
    label="Ajukan ke Dinas",
    icon="send",
    tone="good",
    explanation="Sesudah diajukan, orang-orang ini diverifikasi Dinas; yang perlu diperbaiki "
    "dikembalikan kepada Anda.",
    answer="Ya, ajukan",
)
SUBMIT_TO_BE_CHECKED = replace(
    SUBMIT,
    label="Ajukan",
    explanation="Sesudah diajukan, orang-orang ini diperiksa dahulu, baru diteruskan ke Dinas; "
    "yang perlu diperbaiki dikembalikan kepada Anda.",
)
"""How handing in looks where somebody checks the list before the Dinas."""
QUEUE = Verb(
    name="queue",
    may=SUBMIT.may,
    to=State.WAITING,
    done="masuk daftar tunggu",
    history="Daftar tunggu",
    signs="submitted_by",
    only_eligible=True,
    own_list=True,
    chosen=False,
)
"""What SUBMIT becomes for people whose village's quota is full."""
PASS = Verb(
    name="pass",
    may={"proposal.check": {State.CHECKING}},
    to=State.SUBMITTED,
    done="diteruskan ke Dinas",
    history="Diteruskan ke Dinas",
    not_by=PROPOSERS,
    only_eligible=True,
    label="Teruskan ke Dinas",
    icon="forward",
    tone="good",
)
"""Kecamatan and DPMD take their verbs only with people on lists that go by them."""
VERIFY = Verb(
    name="verify",
    may={"proposal.verify": {State.SUBMITTED}},
    to=State.VERIFIED,
    done="diverifikasi",
    history="Diverifikasi",
    signs="verified_by",
    not_by=PROPOSERS | CHECKERS,
    only_eligible=True,
    label="Verifikasi",
    icon="check",
    tone="good",
)
APPROVE = Verb(
    name="approve",
    may={"proposal.approve": {State.VERIFIED, State.COSIGNED}},
    to=State.APPROVED,
    partly=State.COSIGNED,
    done="disetujui",
    history="Disetujui",
    signs="approved_by",
    not_by=PROPOSERS | CHECKERS,
    only_eligible=True,
    label="Setujui",
    icon="stamp",
    tone="good",
)
COSIGN = Verb(
    name="cosign",
    may=APPROVE.may,
    to=State.COSIGNED,
    done="disetujui sebagian",
    history="Disetujui sebagian",
    not_by=APPROVE.not_by,
    only_eligible=True,
    chosen=False,
)
"""What APPROVE becomes for people whom more approvers have to sign for."""
ADMIT = Verb(
    name="admit",
    may={"proposal.verify": {State.WAITING}},
    to=State.SUBMITTED,
    unchecked=State.CHECKING,
    done="diambil dari daftar tunggu",
    history="Diambil dari daftar tunggu",
    label="Ambil dari daftar tunggu",
    icon="user-plus",
    tone="plain",
)
UNADMIT = Verb(
    name="unadmit",
    undoes=ADMIT.name,
    may={"proposal.verify": {State.CHECKING, State.SUBMITTED}},
    to=State.WAITING,
    done="kembali ke daftar tunggu",
    history="Kembali ke daftar tunggu",
    own_decision=True,
    label="Batalkan pengambilan",
    icon="rotate-ccw",
    tone="plain",
    question="Batalkan pengambilan dari daftar tunggu?",
    explanation="Ia menunggu lagi dengan nomornya yang lama, dan tempatnya bebas. Hanya yang Anda "
    "ambil sendiri, selama belum ada yang memutuskan tentangnya.",
    answer="Ya, kembali ke daftar tunggu",
)
REPLACE = Verb(
    name="replace",
    may={"proposal.replace": {State.WAITING}},
    to=State.SUBMITTED,
    unchecked=State.CHECKING,
    done="diajukan sebagai pengganti",
    history="Diajukan sebagai pengganti",
    signs="submitted_by",
    own_list=True,
    chosen=False,
    label="Ajukan penggantinya",
    icon="user-plus",
    tone="plain",
)
"""The village takes a place that came free for who is next; who that is follows from the order."""
UNPASS = Verb(
    name="unpass",
    undoes=PASS.name,
    may={"proposal.check": {State.SUBMITTED}},
    to=State.CHECKING,
    done="ditarik lagi untuk diperiksa",
    history="Ditarik lagi untuk diperiksa",
    own_decision=True,
    label="Tarik lagi untuk diperiksa",
    icon="rotate-ccw",
    tone="plain",
    question="Tarik lagi yang sudah Anda teruskan?",
    explanation="Kembali ke pemeriksaan Anda; tempatnya tetap. Hanya yang Anda teruskan sendiri "
    "dan belum diverifikasi Dinas.",
    answer="Ya, tarik lagi",
)
UNVERIFY = Verb(
    name="unverify",
    undoes=VERIFY.name,
    may={"proposal.verify": {State.VERIFIED}},
    to=State.SUBMITTED,
    done="batal diverifikasi",
    history="Verifikasi dibatalkan",
    label="Batalkan verifikasi",
    icon="rotate-ccw",
    tone="plain",
    question="Batalkan verifikasinya?",
    explanation="Kembali ke Diajukan dan menunggu verifikasi lagi; tempatnya tetap. Pengusul tidak "
    "perlu berbuat apa-apa.",
    answer="Ya, batalkan verifikasi",
)
UNAPPROVE = Verb(
    name="unapprove",
    undoes=APPROVE.name,
    may={"proposal.approve": {State.APPROVED}},
    to=State.VERIFIED,
    done="batal disetujui",
    history="Persetujuan dibatalkan",
    label="Batalkan persetujuan",
    icon="rotate-ccw",
    tone="plain",
    question="Batalkan persetujuannya?",
    explanation="Kembali ke Diverifikasi dan menunggu persetujuan lagi; tempatnya tetap, dananya "
    "bebas. Yang sudah ada di keputusan atau rancangannya tidak ikut.",
    answer="Ya, batalkan persetujuan",
)
"""Possible until a decree or its draft names the person, as with RETURN."""
UNSIGN = Verb(
    name="unsign",
    undoes=COSIGN.name,
    may={"proposal.approve": {State.COSIGNED}},
    to=State.VERIFIED,
    done="batal disetujui sebagian",
    history="Persetujuan sebagian dibatalkan",
    own_signature=True,
    label="Tarik persetujuan Anda",
    icon="rotate-ccw",
    tone="plain",
    question="Tarik persetujuan Anda?",
    explanation="Kembali ke Diverifikasi; tempatnya tetap. Bila penyetuju lain sudah ikut "
    "menandatangani, tanda tangannya lepas juga dan diminta lagi.",
    answer="Ya, tarik persetujuan",
)
"""All signatures go: none stands on a person about whom another approver has second thoughts."""
REMOVE = Verb(
    name="remove",
    may={"proposal.make": {State.DRAFT}},
    to=NOT_LISTED,
    done="dikeluarkan dari daftar",
    own_list=True,
    label="Keluarkan",
    icon="user-minus",
    tone="attention",
    question="Keluarkan dari daftar?",
    explanation="Hanya yang masih draf yang keluar. Datanya sebagai pekerja tetap ada.",
    answer="Ya, keluarkan",
)
RETURN = Verb(
    name="return",
    may={
        "proposal.check": {State.CHECKING},
        "proposal.verify": {State.SUBMITTED},
        "proposal.approve": {State.VERIFIED, State.COSIGNED, State.APPROVED},
    },
    to=State.RETURNED,
    done="dikembalikan",
    history="Dikembalikan",
    needs_reason=True,
    label="Kembalikan",
    icon="undo-2",
    tone="attention",
    question="Kembalikan kepada pengusul?",
    answer="Kembalikan",
)
"""An approval can be taken back until a decree names the person; the database enforces this."""
REJECT = Verb(
    name="reject",
    may={
        "proposal.verify": {State.SUBMITTED, State.WAITING},
        "proposal.approve": {State.VERIFIED, State.COSIGNED, State.APPROVED},
    },
    to=State.REJECTED,
    done="ditolak",
    history="Ditolak",
    needs_reason=True,
    label="Tolak",
    icon="x",
    tone="refused",
    question="Tolak usulannya?",
    answer="Ya, tolak",
)
RECALL = Verb(
    name="recall",
    undoes=RETURN.name,
    may={
        "proposal.check": {State.RETURNED},
        "proposal.verify": {State.RETURNED},
        "proposal.approve": {State.RETURNED},
    },
    to=State.SUBMITTED,
    otherwise=State.WAITING,
    unchecked=State.CHECKING,
    done="batal dikembalikan",
    history="Pengembalian dibatalkan",
    own_decision=True,
    label="Batalkan pengembalian",
    icon="rotate-ccw",
    tone="plain",
    question="Batalkan pengembalian Anda?",
    explanation="Hanya selama pengusul belum menandainya sudah diperbaiki atau mengajukannya lagi. "
    "Diperiksa lagi bila masih ada tempat di wilayahnya; bila tidak, masuk daftar tunggu.",
    answer="Ya, batalkan pengembalian",
)
RECALL_QUEUE = Verb(
    name="recall_q",
    may=RECALL.may,
    to=State.WAITING,
    done="masuk daftar tunggu",
    history="Pengembalian dibatalkan, masuk daftar tunggu",
    own_decision=True,
    chosen=False,
)
"""What RECALL becomes for people whose village's quota is full by now."""
REOPEN = Verb(
    name="reopen",
    undoes=REJECT.name,
    may={"proposal.verify": {State.REJECTED}, "proposal.approve": {State.REJECTED}},
    to=State.SUBMITTED,
    otherwise=State.WAITING,
    unchecked=State.CHECKING,
    done="dibuka kembali",
    history="Dibuka kembali",
    only_eligible=True,
    own_decision=True,
    label="Buka kembali",
    icon="rotate-ccw",
    tone="plain",
    question="Buka kembali yang Anda tolak?",
    explanation="Kembali ke Diajukan bila masih ada tempat di wilayahnya; bila tidak, masuk daftar "
    "tunggu dengan nomor baru.",
    answer="Ya, buka kembali",
)
REQUEUE = Verb(
    name="requeue",
    may=REOPEN.may,
    to=State.WAITING,
    done="masuk daftar tunggu",
    history="Dibuka kembali ke daftar tunggu",
    only_eligible=True,
    own_decision=True,
    chosen=False,
)
"""What REOPEN becomes for people whose village's quota is full, or who had waited."""
WITHDRAW = Verb(
    name="withdraw",
    may={"proposal.submit": {State.RETURNED, State.WAITING}},
    to=State.REJECTED,
    done="ditarik",
    history="Ditarik oleh pengusul",
    needs_reason=True,
    own_list=True,
    label="Tarik",
    icon="x",
    tone="refused",
    question="Tarik dari usulan?",
    explanation="Orang yang ditarik tidak diproses lagi, dan dapat diusulkan lagi kemudian.",
    answer="Ya, tarik",
)

VERBS = {
    verb.name: verb
    for verb in (
        *(PICK, SUBMIT, QUEUE, PASS, VERIFY, APPROVE, COSIGN, ADMIT, REPLACE),
        *(UNPASS, UNADMIT, UNVERIFY, UNSIGN, UNAPPROVE, RECALL, RECALL_QUEUE, REOPEN, REQUEUE),
        *(REMOVE, RETURN, REJECT, WITHDRAW),
    )
}
"""All verbs, in the order of their buttons."""

LEAVE = Verb(
    name="leave",
    may={"duplicate.decide": set(State) - ENDED},
    to=State.REJECTED,
    done="keluar dari daftar",
    needs_reason=True,
    chosen=False,
)
"""What ends a person's place on a list when the Dinas decides that another village names them. Not
in the table: nobody takes it by itself."""
BACK = Verb(
    name="back",
    may={"duplicate.decide": {State.REJECTED}},
    to=State.SUBMITTED,
    otherwise=State.WAITING,
    unchecked=State.CHECKING,
    done="kembali ke daftar",
    chosen=False,
)
"""What undoes LEAVE."""
DEPART = Verb(
    name="depart",
    may={"leaving.decide": {State.APPROVED}},
    to=State.LEFT,
    done="keluar dari program",
    chosen=False,
)
"""What ends the months of an approved person who leaves the programme. Not in the table either: the
room of leavings takes it, and the database asks for an approved leaving."""


def for_chosen(states: Collection[str], permissions: Collection[str]) -> list[Verb]:
    """The verbs with a button that `permissions` allow with people in one of `states`."""
    return [
        verb for verb in VERBS.values() if verb.chosen and verb.origins(permissions) & set(states)
    ]


def waiting_for(permissions: Collection[str]) -> set[str]:
    """The states in which people wait for somebody with `permissions`: from them the step with the
    primary button leads on."""
    leading = [verb for verb in VERBS.values() if verb.is_of_a_desk and verb.is_primary]
    return {state for verb in leading for state in verb.origins(permissions)}


def of_a_desk(state: str, permissions: Collection[str]) -> list[Verb]:
    """What `permissions` may decide about one person in `state`."""
    return [verb for verb in for_chosen({state}, permissions) if verb.is_of_a_desk]


def undoing(state: str, permissions: Collection[str]) -> list[Verb]:
    """The verbs with which `permissions` may take back what has led to `state`."""
    return [verb for verb in for_chosen({state}, permissions) if verb.undoes]


def taken(start: str, to: str, permissions: Collection[str]) -> Verb | None:
    """The verb with which `permissions` move a person from state `start` to `to`, or None."""
    for verb in VERBS.values():
        if to in (verb.to, verb.unchecked or verb.to) and start in verb.origins(permissions):
            return verb
    return None
