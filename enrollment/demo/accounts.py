"""Accounts: a head for every village that has people, and at least one for each other role."""

from base64 import b64encode
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from enrollment.demo import regencies
from enrollment.models import Worker
from villages import areas, scope
from villages.accounts.factor import actions as second_factor
from villages.models import Agency, Area, Office, Regency, Role, User

PASSWORD = "lindungdesa-demo"  # noqa: S105 printed by bin/run, and refused in production
SALT = "demoLindungDesaDemo1"
SALT_STORED = b64encode(SALT.encode()).decode().rstrip("=")
"""As Argon2 writes it beside the hash: the demo's accounts are known by it."""

TWO_STEPS = "penyetuju.trenggalek"
"""The account that has a second factor."""
ASKS = " (and a code: bin/manage demo_code)"

_REGENCY_ROLES = (
    ("dpmd", Role.DPMD),
    ("verifikator", Role.VERIFIER),
    ("penyetuju", Role.APPROVER),
    ("admin", Role.REGENCY_ADMIN),
    ("auditor", Role.AUDITOR),
)
_HEAD = {"lurah": "lurah", "wali nagari": "wali"}
_BRANCHES = {
    "bpjs.jatim": (regencies.TRENGGALEK, regencies.BOJONEGORO, regencies.JEMBER),
    "bpjs.kalbar": (regencies.KUBU_RAYA,),
    "bpjs.sumbar": (regencies.SIJUNJUNG,),
}


def are_here() -> bool:
    """Whether an account still has the demo's password."""
    with scope.whole_country("Can strangers log in?"):
        return User.objects.filter(password__contains=f"${SALT_STORED}$").exists()


class Staff:
    """Makes the accounts of one regency; all have one password, so it is hashed once."""

    hashed = None

    def __init__(self, demo, today):
        self.demo, self.today = demo, today
        self.regency = Regency.objects.select_related("area").get(pk=demo.code)
        self.dice = Random(f"staff {demo.code}")  # noqa: S311 the same names every time
        Staff.hashed = Staff.hashed or make_password(PASSWORD, SALT)
        self.taken = set(User.objects.values_list("username", flat=True))

    def hire(self):
        """Save accounts and offices."""
        codes = Worker.objects.within(self.demo.code).values("area_id")
        villages = Area.objects.filter(pk__in=codes)
        self._save([*self._heads(villages), *self._others(), *self._agents()])

    def _heads(self, villages):
        for village in villages:
            if village.pk == regencies.TIMAHAN:
                continue  # the head of Bogoran acts for it too: see second_offices
            word = _HEAD.get(self.regency.head_word(village), "kades")
            yield self._user(f"{word}.{slugify(village.name)}"), Role.VILLAGE_HEAD, village.pk, None

    def _others(self):
        for village in [code for code in self.demo.kept if code != regencies.TIMAHAN]:
            name = slugify(Area.objects.get(pk=village).name)
            yield self._user(f"operator.{name}"), Role.VILLAGE_OPERATOR, village, None
        for district in sorted({code[:8] for code in self.demo.kept}):
            name = slugify(Area.objects.get(pk=district).name)
            yield self._user(f"camat.{name}"), Role.DISTRICT, district, None
        for word, role in _REGENCY_ROLES:
            yield self._user(f"{word}.{self.demo.slug}"), role, self.demo.code, None
        if self.demo.code == regencies.SIJUNJUNG:  # where two have to approve
            yield self._user(f"penyetuju2.{self.demo.slug}"), Role.APPROVER, self.demo.code, None

    def _agents(self):
        for agency in Agency.objects.within(self.demo.code):
            sector = slugify(agency.name).split("-")[1]
            user = self._user(f"opd.{sector}.{self.demo.slug}")
            yield user, Role.AGENCY, self.demo.code, agency

    def _user(self, username):
        if username in self.taken:
            username = f"{username}.{len(self.taken)}"
        self.taken.add(username)
        name = self.demo.people_names.of(self.dice.choice("LLP"), self.dice).title()
        return User(
            username=username, first_name=name, password=self.hashed, area_id=self.demo.code,
            last_login=timezone.now() - timedelta(hours=7 + 31 * (len(self.taken) % 23)),
        )  # fmt: skip

    def _save(self, hired):
        User.objects.bulk_create(user for user, *_ in hired)
        Office.objects.bulk_create(
            Office(user=user, role=role, area_id=area, agency=agency, starts_on=since(self.today))
            for user, role, area, agency in hired
        )


def since(today):
    """When the terms of the demo's offices began: before everything else in the demo."""
    return date(min(today.year, 2026) - 4, 1, 1)


def second_offices(demos, today):
    """BPJS branches that serve several regencies, and a village head who also acts for the
    neighbouring village."""
    here = {demo.code for demo in demos}
    for username, branch in _BRANCHES.items():
        codes = [code for code in branch if code in here]
        if not codes:
            continue
        user = User.objects.create(
            username=username,
            first_name="Petugas BPJS Ketenagakerjaan",
            password=Staff.hashed,
            area_id=codes[0] if len(codes) == 1 else None,  # else the platform manages it
        )
        for code in codes:
            Office.objects.create(user=user, role=Role.BPJS, area_id=code, starts_on=since(today))
    for head in Office.objects.filter(role=Role.VILLAGE_HEAD, area_id=regencies.BOGORAN):
        Office.objects.create(
            user=head.user, role=head.role, area_id=regencies.TIMAHAN, starts_on=since(today)
        )


def give_second_factor():
    """To one account, so that log-in in two steps can be seen."""
    user = User.objects.filter(username=TWO_STEPS).first()
    if user:
        second_factor.pending(user)
        second_factor.turn_on(user, code_now(), address=None)


def code_now():
    """The code that the phone of this account's owner would show, as yet unused; None when the
    second factor has been removed."""
    with scope.identity(username=TWO_STEPS):
        user = User.objects.filter(username=TWO_STEPS).first()
    with scope.identity(user_id=user.pk if user else ""):
        device = TOTPDevice.objects.first()
    if device is None:
        return None
    app = TOTP(device.bin_key, drift=device.drift)
    app.drift += max(0, device.last_t + 1 - app.t())
    return f"{app.token():06d}"


def printed(demos):
    """The log-ins as `bin/run` prints them: every role of Trenggalek, the main ones elsewhere."""
    lines = [f"Demo log-ins, all with the password {PASSWORD}"]
    for demo in demos:
        lines += ["", str(Area.objects.get(pk=demo.code))]
        lines += [
            f"  {username:<32}{titles}{ASKS if username == TWO_STEPS else ''}"
            for username, titles in _of_interest(demo)
        ]
    return "\n".join(lines) + "\n"


_MAIN = {Role.VILLAGE_HEAD, Role.VERIFIER, Role.APPROVER, Role.REGENCY_ADMIN, Role.BPJS}


def _of_interest(demo):
    """(username, titles) in the order of `Role`, for the regency's own offices and those in its
    `kept` villages."""
    regency = Regency.objects.select_related("area").get(pk=demo.code)
    offices = Office.objects.within(demo.code).select_related("user", "area", "agency")
    offices = offices.held_on(timezone.localdate()).exclude(
        user__password__startswith="!"  # noqa: S106 whoever has none yet
    )
    titles_of = {}
    for office in sorted(offices, key=lambda office: list(Role).index(office.role)):
        minor = areas.level(office.area_id) == areas.VILLAGE and office.area_id not in demo.kept
        if not minor and (demo.code == regencies.TRENGGALEK or office.role in _MAIN):
            titles_of.setdefault(office.user.username, []).append(regency.title_of(office))
    return [(username, ", ".join(titles)) for username, titles in titles_of.items()]
