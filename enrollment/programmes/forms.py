"""The form of a programme, and the calculator beside it."""

import re
from datetime import date
from itertools import zip_longest

from django import forms
from django.utils import timezone

from enrollment.asking import AsksAboutDays, AsksOnce
from enrollment.months import MONTHS
from enrollment.numbers import AsksAboutLeaps, RupiahField, WholeField, form_field
from enrollment.programmes import actions, losses, quotas, registries, regulations, rules, turns
from enrollment.programmes.funds import funds_of, wadah_of
from enrollment.programmes.models import Component, Fund, LegalBasis, Payer, PremiumSubsidy, Quota
from enrollment.programmes.quotas import MOST_PEOPLE
from enrollment.programmes.rules import ProgrammeError, people_reached
from enrollment.workers.models import Occupation
from villages.refusals import Refusal

FIELD_OF = {"component": "components", "months": "months", "segment": "segment", "income": "wage",
            "tariff": "start"}  # fmt: skip
"""The field beside which a ProgrammeError is shown, by the first part of its code."""
PRICED = ("year", "fund", "segment", "components", "start", "months", "wage")
"""The fields that are needed to compute a premium."""


NPP = re.compile(r"[A-Z0-9]{4,20}")
TURNS = tuple(f"turn_{number}" for number in range(1, turns.MOST + 1))
"""The fields of the order of the waiting list."""
MONTHS_ASKED = {"year", "start", "months"}
PLACES_ASKED = {"village_quota", "ceiling", "months", "wage", "components", "segment"}
"""The fields of which a change makes the form ask about months and about places."""


class ProgrammeForm(AsksAboutLeaps, forms.ModelForm):
    """A premium subsidy. Validation sets the premium on the instance, from the dated tariff."""

    components = forms.MultipleChoiceField(
        label="Program jaminan",
        choices=Component.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="JKK dan JKM wajib; JHT boleh ditambahkan; JP hanya untuk penerima upah.",
    )
    start = forms.TypedChoiceField(
        label="Bulan pertama", coerce=int, choices=list(enumerate(MONTHS, start=1))
    )
    wage = RupiahField(
        label="Penghasilan atau upah sebulan",
        min_value=0,
        help_text="BPU: penghasilan yang dilaporkan, paling kecil 1.000.000. PPU: upah.",
    )
    ceiling = RupiahField(label="Pagu anggaran", min_value=1)
    occupations = forms.ModelMultipleChoiceField(
        label="Hanya untuk pekerjaan",
        queryset=Occupation.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kosongkan bila untuk semua pekerjaan.",
    )
    required_registry = forms.CharField(
        label="Wajib tercatat di data acuan",
        required=False,
        max_length=registries.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Satu tiap baris, misalnya DTSEN desil 1–4, 2026-I. Cukup tercatat di salah "
        "satunya. Kosongkan bila tidak disyaratkan.",
    )
    year = WholeField(label="Tahun anggaran", grouped=False, min_value=2015, max_value=2100)
    months = WholeField(label="Lama perlindungan", min_value=1, max_value=12)
    people = WholeField(
        label="Rencana jumlah orang",
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text="Hanya untuk menghitung, tidak disimpan.",
    )

    leaping = (
        "ceiling", "village_quota", "wage", "months", "minimum_age", "maximum_age", "family_limit",
    )  # fmt: skip

    class Meta:
        model = PremiumSubsidy
        formfield_callback = form_field
        fields = [
            "name", "year", "wave_name", "source", "fund", "category", "segment", "components",
            "start", "months", "wage", "ceiling", "village_quota", "minimum_age", "maximum_age",
            "occupations", "required_registry", "family_limit", "consent_required",
        ]  # fmt: skip
        labels = {
            "minimum_age": "Usia paling muda",
            "maximum_age": "Belum berumur",
            "family_limit": "Paling banyak dari satu KK",
            "consent_required": "Persetujuan pemakaian data wajib sudah dicatat",
        }
        help_texts = {
            "name": "Tanpa tahun; tahunnya ditambahkan sendiri.",
            "maximum_age": "Dihitung pada hari pertama perlindungan. Yang melanjutkan kepesertaan "
            "tidak dibatasi.",
            "family_limit": "Kosongkan bila tanpa batas.",
        }
        widgets = {"segment": forms.RadioSelect}

    def __init__(self, *args, village_word, villages, **kwargs):
        """`villages` is a function that counts the villages of the regency."""
        super().__init__(*args, **kwargs)
        self.village_word, self.villages = village_word, villages
        self.fields["fund"].choices = [("", "Pilih…"), *funds_of(village_word).items()]
        quota = self.fields["village_quota"]
        quota.label = f"Kuota tiap {village_word}"
        quota.help_text = "Kosongkan bila tanpa batas. Pengecualian diatur sesudah program dibuka."
        if self.instance.first_month:
            self.initial.setdefault("start", self.instance.first_month.month)
        self._ask_for_the_order()
        for name in self._unasked():
            del self.fields[name]

    def _ask_for_the_order(self):
        """A choice for each criterion of the waiting list, the most important first."""
        for name, chosen in zip_longest(TURNS, self.instance.waiting_order):
            self.fields[name] = forms.ChoiceField(
                label="Lebih dahulu" if name == TURNS[0] else "Bila sama",
                choices=[("", turns.ARRIVAL), *turns.Turn.choices],
                required=False,
            )
            self.initial[name] = chosen or ""

    @property
    def turns(self):
        return [self[name] for name in TURNS]

    @property
    def order_is_used(self):
        return any(field.value() or field.errors for field in self.turns)

    def _unasked(self):
        """A programme of one wave has no words for it; the other waves have the first one's name,
        and all have its year."""
        programme = self.instance
        if not programme.wave_name:
            return ("wave_name", "source")
        self.fields["wave_name"].required = True
        return ("year",) if programme.wave == 1 else ("name", "year")

    def clean_required_registry(self):
        try:
            return registries.written(registries.read(self.cleaned_data["required_registry"]))
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self):
        values = super().clean()
        youngest, limit = values.get("minimum_age"), values.get("maximum_age")
        if youngest is not None and limit is not None and limit <= youngest:
            self.add_error("maximum_age", actions.SENTENCES["subsidy_ages_in_order"])
        try:
            self.instance.waiting_order = turns.checked([values.get(name) for name in TURNS])
        except Refusal as refusal:
            self.add_error(TURNS[0], str(refusal))
        if self._can_price(values):
            self._price(values)
        if "save" in self.data:
            self.ask(self.leaps(self.initial if self.is_change else {}) | self._doubts(values))
        return values

    def _can_price(self, values):
        return all(name in values for name in PRICED if name in self.fields)

    @property
    def is_change(self):
        return not self.instance._state.adding

    @property
    def fund_notes(self):
        """What is to be known of funds before one is chosen: (its name, the note)."""
        noted = Fund.objects.exclude(note="")
        return [(fund.called(self.village_word), fund.note) for fund in noted]

    @property
    def limits_are_used(self):
        """Whether who may be proposed is limited otherwise than usual, or something is wrong."""
        return self._is_used(
            "village_quota", "minimum_age", "maximum_age", "occupations", "required_registry",
            "family_limit", "consent_required",
        )  # fmt: skip

    def _is_used(self, *names):
        usual = {name: PremiumSubsidy._meta.get_field(name).get_default() for name in names}
        return any(
            self[name].errors or str(self[name].value() or "") != str(usual[name] or "")
            for name in names
        )

    def _doubts(self, values):
        """Questions about months and places that are unlikely; of a change, if it is about them."""
        programme, found = self.instance, {}
        if not self.errors and self._touches(MONTHS_ASKED):
            found["start"] = rules.doubt_about_months(
                programme.first_month, programme.months, timezone.localdate()
            )
        if not self.errors and self._touches(PLACES_ASKED):
            reached = people_reached(values["ceiling"], programme.cost_a_person)
            found["ceiling"] = rules.doubt_about_ceiling(reached)
            found["village_quota"] = rules.doubt_about_places(
                values["village_quota"], self.villages(), reached, self.village_word
            )
        return {name: question for name, question in found.items() if question}

    def _touches(self, names):
        return not self.is_change or bool(names & set(self.changed_data))

    def _price(self, values):
        for name in set(PRICED) & values.keys() - {"start"}:
            setattr(self.instance, name, values[name])
        self.instance.first_month = date(self.instance.year, values["start"], 1)
        try:
            actions.price(self.instance)
        except ProgrammeError as wrong:
            field = FIELD_OF.get(wrong.code.partition(".")[0])
            self.add_error(field, forms.ValidationError(str(wrong), code=wrong.code))

    def calculation(self):
        """The result for the values typed so far, as a dict; None without a premium."""
        self.is_valid()
        values = self.cleaned_data
        if not self._can_price(values):
            return None
        programme = self.instance
        a_person = programme.cost_a_person
        ceiling, people = values.get("ceiling"), values.get("people")
        reached = people_reached(ceiling, a_person) if ceiling else None
        return {
            "programme": programme,
            "people": people,
            "total": None if people is None else people * a_person,
            "ceiling": ceiling,
            "reached": reached,
            "has_people": people is not None,
            "has_ceiling": reached is not None,
            "too_many": reached is not None and (people or 0) > reached,
        }

    def wrong_to_calculate(self):
        """The errors of the fields that the premium depends on."""
        names = ("components", "start", "months", "wage")
        return [error for name in names for error in self[name].errors]


def day_of(label):
    """A day that may still be unknown."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Tanggal tidak terbaca. Contoh: 17-08-2026."},
    )


class LegalBasisForm(AsksOnce, forms.ModelForm):
    """A regulation on which a programme rests; a day that is unlikely is asked about."""

    date = day_of("Tanggal")

    class Meta:
        model = LegalBasis
        fields = ["kind", "number", "date", "title"]
        help_texts = {
            "number": "Misalnya 12 Tahun 2024. Untuk surat edaran dan lainnya tulis lengkap: Surat "
            "Edaran Menteri Dalam Negeri Nomor 842.2/5193/SJ.",
            "title": "Judulnya, tanpa kata “tentang”.",
        }
        error_messages = {"number": {"required": "Isi nomor peraturannya."}}
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def clean(self):
        values = super().clean()
        day, today = values.get("date"), timezone.localdate()
        doubt = regulations.doubt_about_day(day, today) if "date" in self.changed_data else ""
        self.ask({"date": doubt} if doubt else {})
        return values

    def clean_number(self):
        return " ".join(self.cleaned_data["number"].split())

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())


SUBACTIVITIES = {
    "2.07.05.2.02.0005": "Pengembangan Pelaksanaan Jaminan Sosial Tenaga Kerja",
}
ACCOUNTS = {
    "5.1.02.02.02.0006": "Iuran JKK bagi non-ASN",
    "5.1.02.02.02.0007": "Iuran JKM bagi non-ASN",
    "5.1.06.01.01.0001": "Bantuan sosial uang kepada individu",
}
"""Codes of the budget that regencies have used, suggested beside the field; others do as well."""


LONGEST_AGREEMENT = 5
"""Years for which an agreement with BPJS is made at most, as far as known; a day farther away is
asked about."""


class PayerForm(AsksAboutDays, forms.ModelForm):
    """Who pays: the wadah at BPJS, the agreement, the lines of the budget."""

    days, far = ("agreement_from", "agreement_until"), LONGEST_AGREEMENT

    agreement_from = day_of("PKS berlaku sejak")
    agreement_until = day_of("PKS berlaku sampai")
    suggested = {"subactivity": SUBACTIVITIES, "accounts": ACCOUNTS}

    class Meta:
        model = Payer
        fields = [
            "kind", "npp", "agreement_number", "agreement_from", "agreement_until", "refund",
            "subactivity", "accounts", "budget_number",
        ]  # fmt: skip
        labels = {
            "refund": "Iuran dikembalikan bila orangnya ditolak atau keluar?",
            "budget_number": "Nomor DPA",
            "agreement_number": "Nomor PKS",
        }
        help_texts = {
            "kind": "Kode yang dipakai BPJS Ketenagakerjaan. Tanyakan ke cabang bila ragu.",
            "npp": "Nomor pendaftaran wadah di BPJS Ketenagakerjaan.",
            "refund": "Lihat pasal pengembalian iuran di PKS.",
            "accounts": "Lebih dari satu: pisahkan dengan koma.",
        }
        widgets = {
            "refund": forms.RadioSelect,
            "subactivity": forms.TextInput(attrs={"list": "saran-subactivity"}),
            "accounts": forms.TextInput(attrs={"list": "saran-accounts"}),
        }

    def __init__(self, *args, village_word, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Belum tahu"), *wadah_of(village_word).items()]

    def clean_npp(self):
        npp = "".join(self.cleaned_data["npp"].split()).upper()
        if npp and not NPP.fullmatch(npp):
            raise forms.ValidationError(
                "NPP terdiri atas 4 sampai 20 huruf dan angka. Salin dari surat BPJS."
            )
        return npp

    def clean(self):
        values = super().clean()
        self.ask_about_days()
        return values


def quota_field(label):
    return WholeField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text="Kosongkan bila tanpa batas.",
    )


class BulkQuotaForm(forms.Form):
    """The quotas of many villages by a rule: of those that were ticked, or of all that the filters
    leave. The same for each, or shares of a total in proportion to people."""

    SAME, PEOPLE, REGISTRY = "sama", "pekerja", "registri"
    ALL, TICKED = "semua", "dicentang"
    rule = forms.ChoiceField(
        label="Cara membagi",
        choices=[
            (SAME, "sama untuk setiap wilayah"),
            (PEOPLE, "menurut banyaknya pekerja terdaftar"),
            (REGISTRY, "menurut banyaknya orang di satu data acuan"),
        ],
        widget=forms.RadioSelect,
        initial=SAME,
        required=False,
    )
    people = quota_field("Kuota baru")
    people.help_text = (
        "Kuota tiap wilayah, kosong bila tanpa batas. Bila dibagi menurut orang: jumlah seluruhnya."
    )
    registry = forms.ChoiceField(
        label="Data acuan", required=False, help_text="Bila dibagi menurut satu data acuan."
    )
    whom = forms.ChoiceField(
        label="Untuk",
        choices=[(TICKED, "yang dicentang di bawah"), (ALL, "semua yang sesuai saringan")],
        widget=forms.RadioSelect,
        initial=TICKED,
    )

    def __init__(self, *args, registries=(), **kwargs):
        super().__init__(*args, **kwargs)
        if registries:
            named = ((name, name) for name in registries)
            self.fields["registry"].choices = [("", "Pilih…"), *named]
        else:
            del self.fields["registry"]
            self.fields["rule"].choices = self.fields["rule"].choices[:-1]

    def clean(self):
        values = super().clean()
        rule = values["rule"] = values.get("rule") or self.SAME
        if rule != self.SAME and "people" in values and values["people"] is None:
            self.add_error("people", "Isi jumlah seluruhnya yang akan dibagi.")
        if rule == self.REGISTRY and "registry" in values and not values["registry"]:
            self.add_error("registry", "Pilih data acuannya.")
        return values

    @property
    def divides(self):
        """Whether the number is a total to be divided."""
        return self.cleaned_data["rule"] != self.SAME


class LossForm(forms.Form):
    """How many to propose so that enough remain: people wanted, and how many of a hundred stay."""

    wanted = WholeField(
        label="Yang harus terlindungi",
        min_value=1,
        max_value=10_000_000,
        help_text="Biasanya sebanyak yang dibayar pagunya.",
    )
    percent = forms.CharField(
        label="Perkiraan diterima",
        max_length=6,
        help_text="Dalam persen, misalnya 85,02.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def clean_percent(self):
        try:
            return losses.read_percent(self.cleaned_data["percent"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


class QuotaForm(AsksAboutLeaps, forms.ModelForm):
    """The quota of one village; more places than there is money for are asked about."""

    leaping = ("people",)
    people = quota_field("Kuota")

    class Meta:
        model = Quota
        fields = ["people"]

    def clean(self):
        values = super().clean()
        self.ask(self.leaps(self.initial) or self._beyond_the_money(values.get("people")))
        return values

    def _beyond_the_money(self, people):
        quota = Quota.objects.select_related("programme").get(pk=self.instance.pk)
        plan = {quota.area_id: people}
        beyond = people and quotas.beyond_the_money(quota.programme, plan)
        if not beyond or people <= (quota.people or 0):
            return {}
        told = quotas.in_words_beyond(*beyond)
        return {"people": f"{told[0].upper()}{told[1:]}?"}
