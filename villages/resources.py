"""Areas, and accounts with their offices, as rows of a workbook."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from import_export.fields import Field
from import_export.widgets import CharWidget, DateWidget, ForeignKeyWidget

from enrollment.asking import doubt_about_day
from enrollment.formats import angka, tanggal
from villages import areas
from villages.access import accounts_of, seen_by, username_taken
from villages.models import Agency, Area, Office, Role, User
from villages.offices import LONGEST_TERM
from villages.transfers import ReadsAhead, ScopedResource


class AreaWidget(ReadsAhead, ForeignKeyWidget):
    """An area by its code, as long as the office may see it."""

    def __init__(self):
        super().__init__(Area, "code")
        self.known = {}

    def read_ahead(self, values):
        self.known = seen_by(Area.objects.all(), self.office).in_bulk({_code(v) for v in values})

    def clean(self, value, row=None, **kwargs):
        code = _code(value)
        area = self.known.get(code)
        if area is None:
            raise ValueError(f"Kode wilayah “{code}” tidak ada di wilayah Anda.")
        return area

    def render(self, value, obj=None, **kwargs):
        return value.pk if value else ""


def _code(value):
    return str(value or "").strip()


class WordsWidget(CharWidget):
    """Text that may not be empty."""

    def __init__(self, what):
        super().__init__()
        self.what = what

    def clean(self, value, row=None, **kwargs):
        text = str("" if value is None else value).strip()
        if not text:
            raise ValueError(f"{self.what} belum diisi.")
        return text


class ChoiceWidget(CharWidget):
    """One of a field's choices, by its stored value or by the word that people read."""

    def __init__(self, choices, what):
        super().__init__()
        self.choices, self.what = choices, what

    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip()
        for stored, word in self.choices:
            if text.casefold() in (stored.casefold(), word.casefold()):
                return stored
        words = ", ".join(word for _, word in self.choices)
        raise ValueError(f"{self.what} “{text}” tidak dikenal. Pilih salah satu: {words}.")

    def render(self, value, obj=None, **kwargs):
        return dict(self.choices).get(value, "")


class DayWidget(DateWidget):
    """A date cell, `2026-01-31` or `31-01-2026`; empty is no date."""

    def __init__(self):
        super().__init__("%Y-%m-%d")
        self.formats = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, datetime):
            return value.date()
        try:
            return super().clean(value, row, **kwargs)
        except ValueError:
            raise ValueError(f"Tanggal “{value}” tidak terbaca. Contoh: 2026-01-31.") from None


class AgencyWidget(ForeignKeyWidget):
    """A proposing office (OPD) by its name, in the regency of the row's area; empty is none."""

    def __init__(self):
        super().__init__(Agency, "name")

    def clean(self, value, row=None, **kwargs):
        name = str(value or "").strip()
        if not name:
            return None
        regency = areas.at_level(str(row["kode_wilayah"] or "").strip(), areas.REGENCY)
        agency = Agency.objects.filter(regency=regency, name__iexact=name).first()
        if agency is None:
            raise ValueError(f"OPD “{name}” belum ada. Tambahkan dahulu di OPD pengusul.")
        return agency


class AccountWidget(ForeignKeyWidget):
    """An account by its username; only accounts that the office manages."""

    def __init__(self):
        super().__init__(User, "username")

    def clean(self, value, row=None, **kwargs):
        account = accounts_of(self.office).filter(username=str(value or "").strip()).first()
        if account is None:
            raise ValueError("Nama pengguna belum diisi.")
        return account


class AreaResource(ScopedResource):
    """Names of areas; an unknown code is added (a village that split off)."""

    code = Field("code", "kode")
    name = Field("name", "nama", WordsWidget("Nama wilayah"))
    kind = Field("kind", "jenis", ChoiceWidget(Area.Kind.choices, "Jenis"))

    class Meta(ScopedResource.Meta):
        model = Area
        import_id_fields = ["code"]
        fields = ["code", "name", "kind"]

    def before_import_row(self, row, **kwargs):
        code = row["kode"] = str(row["kode"] or "").strip()
        if not areas.is_code(code):
            raise ValidationError(
                {"kode": f"“{code}” bukan kode Kemendagri. Contoh: 35.22.15.2001."}
            )
        if self.office and not areas.lies_in(code, self.office.area_id):
            raise ValidationError({"kode": f"{code} di luar {self.office.area}."})

    def after_init_instance(self, instance, new, row, **kwargs):
        instance.level = areas.level(row["kode"])
        above = row["kode"].rpartition(".")[0]
        if new and above and not Area.objects.filter(pk=above).exists():
            raise ValidationError(
                {"kode": f"{above}, wilayah di atasnya, belum ada. Tulis barisnya lebih dahulu."}
            )


class OfficeResource(ScopedResource):
    """Accounts and the offices they hold, one office per row.

    A new account is created without a password; its owner sets one with a code. Passwords are never
    read from a workbook nor written to one.
    """

    user = Field("user", "nama_pengguna", AccountWidget())
    name = Field("user__first_name", "nama", readonly=True)
    role = Field("role", "peran", ChoiceWidget(Role.choices, "Peran"))
    area = Field("area", "kode_wilayah", AreaWidget())
    agency = Field("agency", "opd", AgencyWidget())
    starts_on = Field("starts_on", "mulai", DayWidget())
    ends_on = Field("ends_on", "sampai", DayWidget())

    class Meta(ScopedResource.Meta):
        model = Office
        import_id_fields = ["user", "role", "area", "starts_on"]
        fields = ["user", "name", "role", "area", "agency", "starts_on", "ends_on"]

    def before_import(self, dataset, **kwargs):
        self.far = []
        super().before_import(dataset, **kwargs)

    def before_save_instance(self, instance, row, **kwargs):
        today = timezone.localdate()
        days = (instance.starts_on, instance.ends_on)
        if any(doubt_about_day(day, today, LONGEST_TERM) for day in days):
            self.far.append(instance)

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        if self.far:
            first = self.far[0]
            self.doubts = [
                f"{angka(len(self.far))} jabatan mulai atau berakhir lebih dari {LONGEST_TERM} "
                f"tahun dari sekarang, misalnya {first.user.username}: mulai "
                f"{tanggal(first.starts_on)}, sampai {tanggal(first.ends_on)}."
            ]

    def before_import_row(self, row, **kwargs):
        row["mulai"] = row["mulai"] or timezone.localdate()
        username = User.normalize_username(str(row["nama_pengguna"] or "").strip())
        row["nama_pengguna"] = username
        if not username or accounts_of(self.office).filter(username=username).exists():
            return
        if username_taken(username):
            raise ValidationError(
                {"nama_pengguna": f"“{username}” sudah dipakai orang lain. Pilih nama lain."}
            )
        self._make_account(username, row)

    def _make_account(self, username, row):
        code = str(row["kode_wilayah"] or "").strip()
        manager = self.office.area_id if self.office else areas.at_level(code, areas.REGENCY)
        account = User(
            username=username,
            first_name=str(row.get("nama") or ""),
            area=Area.objects.filter(pk=manager).first(),
        )
        account.set_unusable_password()
        try:
            account.full_clean()
        except ValidationError as wrong:
            raise ValidationError({"nama_pengguna": wrong.messages}) from None
        account.save()
