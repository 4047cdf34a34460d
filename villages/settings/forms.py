"""The forms of /pengaturan/ about accounts, offices, areas and the regency's profile."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from enrollment.asking import AsksAboutDays
from villages.access import accounts_of, seen_by, username_taken
from villages.accounts.forms import AccountName
from villages.models import Agency, Area, Office, Regency, Role, User
from villages.offices import LONGEST_TERM

USERNAME = "Untuk masuk: huruf kecil, angka, titik, tanda hubung; misalnya siti.rahma."
TAKEN = "Nama pengguna ini sudah dipakai. Pilih yang lain."
NEW, KNOWN = "baru", "ada"


class DayField(forms.DateField):
    """A day, chosen in the browser or typed as day-month-year."""

    def __init__(self, **options):
        super().__init__(
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": "Tanggal tidak terbaca. Contoh: 17-08-2026."},
            **options,
        )


class AreaChoice(forms.ModelChoiceField):
    """Many villages of a regency have the same name: the code tells them apart."""

    def label_from_instance(self, area):
        return f"{area.name} ({area.code})"


def roles_of(profile):
    """The roles as the regency calls them: wali nagari, not kepala desa."""
    own = {}
    if profile:
        own = {
            Role.VILLAGE_HEAD: profile.village_head_word.capitalize(),
            Role.VILLAGE_OPERATOR: f"Operator {profile.village_word}",
        }
    return [(role.value, own.get(role, role.label)) for role in Role]


class NameIsFree:
    """Refuses a username that is taken, also by an account that this admin cannot see."""

    def clean_username(self):
        parent = getattr(super(), "clean_username", None)
        username = parent() if parent else self.cleaned_data["username"]
        if username != self.instance.username and username_taken(username):
            raise ValidationError(TAKEN)
        return username


class AccountForm(NameIsFree, forms.ModelForm):
    """Who an account belongs to. Passwords are made by their owners, with a code."""

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "is_active"]
        field_classes = {"username": AccountName}
        labels = {"first_name": "Nama", "last_name": "Nama belakang", "email": "Alamat surel",
                  "is_active": "Akun dapat dipakai untuk masuk"}  # fmt: skip
        help_texts = {"username": USERNAME, "is_active": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        if self.instance._state.adding:
            del self.fields["is_active"]
            self.instance.set_unusable_password()


class OfficeForm(AsksAboutDays, forms.ModelForm):
    """An office for an account: role, place and days."""

    days, far = ("starts_on", "ends_on"), LONGEST_TERM

    class Meta:
        model = Office
        fields = ["role", "area", "agency", "starts_on", "ends_on"]
        field_classes = {"area": AreaChoice, "starts_on": DayField, "ends_on": DayField}
        labels = {"starts_on": "Mulai", "ends_on": "Sampai"}
        help_texts = {"agency": "Hanya untuk peran OPD pengusul."}

    def __init__(self, *args, office, profile, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Pilih…"), *roles_of(profile)]
        self.fields["area"].queryset = seen_by(Area.objects.filter(current=True), office)
        self.fields["agency"].queryset = seen_by(Agency.objects.all(), office)
        self.fields["area"].empty_label = "Pilih…"
        self.fields["agency"].empty_label = "–"

    def clean(self):
        values = super().clean()
        self.ask_about_days()
        return values


class TermForm(AsksAboutDays, forms.ModelForm):
    """The days of an office that is there already; its holder and place never change."""

    days, far = ("starts_on", "ends_on"), LONGEST_TERM

    class Meta:
        model = Office
        fields = ["starts_on", "ends_on"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        labels = {"starts_on": "Mulai", "ends_on": "Sampai"}
        help_texts = {"ends_on": "Hari terakhir. Sesudah itu aksesnya tertutup."}

    def clean(self):
        values = super().clean()
        self.ask_about_days()
        return values


class HandOverForm(forms.Form):
    """Who takes over an office, and from which day on."""

    holder = forms.ChoiceField(
        label="Penggantinya",
        choices=[(NEW, "belum punya akun: buatkan"), (KNOWN, "sudah punya akun")],
        initial=NEW,
        widget=forms.RadioSelect,
    )
    username = AccountName(
        label="Nama pengguna penggantinya",
        max_length=150,
        help_text=USERNAME,
        widget=forms.TextInput(attrs={"list": "daftar-akun", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Nama penggantinya",
        required=False,
        max_length=150,
        help_text="Diisi bila akunnya baru dibuat.",
    )
    on = DayField(
        label="Mulai",
        initial=timezone.localdate,
        help_text="Jabatan yang lama berakhir sehari sebelumnya.",
    )

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.office, self.account = office, None

    def clean(self):
        given = super().clean()
        if "holder" in given and "username" in given:
            find = {KNOWN: self._known, NEW: self._new}[given["holder"]]
            self.account = find(given["username"], given.get("name", ""))
        return given

    def _known(self, username, name):
        account = accounts_of(self.office).filter(username=username).first()
        if account is None:
            self.add_error("username", "Akun itu tidak ada di sini. Periksa ejaannya.")
        elif not account.is_active:
            self.add_error("username", "Akun itu dinonaktifkan. Aktifkan dahulu.")
        return account

    def _new(self, username, name):
        if not name:
            self.add_error("name", "Isi nama orangnya: akunnya dibuat sekarang.")
        if username_taken(username):
            self.add_error("username", TAKEN)
            return None
        account = User(
            username=username, first_name=name, area_id=self.office and self.office.area_id
        )
        account.set_unusable_password()
        try:
            account.full_clean()
        except ValidationError as wrong:
            self.add_error("username", wrong.messages[0])
        return account


class AreaForm(forms.ModelForm):
    class Meta:
        model = Area
        fields = ["name", "current"]
        labels = {"current": "Masih berlaku"}
        help_texts = {"current": "Hapus centangnya bila wilayah ini digabung. Orangnya tetap ada."}


class AgencyForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = ["regency", "name"]
        help_texts = {"name": "Misalnya Dinas Pertanian dan Pangan."}

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        if office:
            del self.fields["regency"]
            self.instance.regency_id = office.area_id
        else:
            self.fields["regency"].queryset = Area.objects.filter(pk__in=Regency.objects.all())

    def _get_validation_exclusions(self):
        """The regency is checked too, though it is not asked: a name may be taken in it."""
        return super()._get_validation_exclusions() - {"regency"}


class ProfileForm(forms.ModelForm):
    """What a regency calls its villages, who signs, and who does the verifying."""

    class Meta:
        model = Regency
        fields = [
            "village_word", "village_head_word", "bupati_title", "bupati_name", "labour_office",
            "decree_city", "second_factor",
        ]  # fmt: skip
        labels = {"second_factor": "Verifikasi dua langkah untuk semua"}
        help_texts = {
            "village_word": "Huruf kecil, misalnya desa, nagari, atau gampong.",
            "village_head_word": "Misalnya kepala desa, wali nagari, atau keuchik.",
            "bupati_name": "Dengan gelar, persis seperti pada naskah: Drs. H. Sutrisno, M.Si.",
        }
