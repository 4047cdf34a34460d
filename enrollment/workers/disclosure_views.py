"""Who saw whose data, and since when: after a data breach this must be answered within hours."""

from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from enrollment.paging import PRINT, listed
from enrollment.workbooks.cells import XLSX
from enrollment.workers import disclosures, search
from enrollment.workers.checks.nik import check_nik
from enrollment.workers.disclosure_report import disclosures_workbook
from enrollment.workers.models import Disclosure, Worker
from villages.access import require
from villages.models import User
from villages.refusals import Refusal

MOST_ROWS = 20_000
"""Writing more rows into a workbook takes longer than a browser waits."""


class DateField(forms.DateField):
    def __init__(self, label):
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(
            label=label, required=False, widget=picker, input_formats=["%Y-%m-%d", "%d-%m-%Y"]
        )


class DisclosureFilter(forms.Form):
    """What to look for. `q` is a NIK and only ever posted; `orang`, an id, appears in the URL."""

    q = forms.CharField(
        label="NIK: siapa yang melihat datanya?", required=False, widget=search.UnsavedTextInput
    )
    orang = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sejak = DateField("Sejak tanggal")
    sampai = DateField("Sampai tanggal")
    oleh = forms.CharField(label="Nama pengguna", required=False, max_length=150)
    jenis = forms.ChoiceField(
        label="Jenis", required=False, choices=[("", "Semua"), *Disclosure.Kind.choices]
    )

    def filter(self, rows, worker):
        """The disclosures that are asked for; `worker` is the person asked about, or None."""
        asked = self.cleaned_data
        if asked.get("orang"):
            rows = rows.filter(disclosures.about(worker)) if worker else rows.none()
        if asked.get("sejak"):
            rows = rows.filter(at__gte=_start_of(asked["sejak"]))
        if asked.get("sampai"):
            rows = rows.filter(at__lt=_start_of(asked["sampai"] + timedelta(days=1)))
        if asked.get("oleh"):
            rows = rows.filter(user__in=_users_named(asked["oleh"]))
        if asked.get("jenis"):
            rows = rows.filter(kind=asked["jenis"])
        return rows

    def elsewhere(self, worker):
        """What other regencies showed of the person asked about, in the days asked for."""
        asked = self.cleaned_data
        if worker is None or asked.get("oleh"):
            return []
        since, until = asked.get("sejak"), asked.get("sampai")
        rows = disclosures.elsewhere(
            worker, since and _start_of(since), until and _start_of(until + timedelta(days=1))
        )
        return [row for row in rows if asked.get("jenis") in ("", None, row.kind)]


def _users_named(text):
    """Accounts whose name or user name contains every word of `text`."""
    users = User.objects.annotate(full=Concat("first_name", Value(" "), "last_name"))
    for word in text.split():
        users = users.filter(Q(full__icontains=word) | Q(username__icontains=word))
    return users.values("pk")


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


@require_http_methods(["GET", "HEAD", "POST"])
def disclosure_list(request):
    require(request, "disclosure.view")
    if request.method == "POST":
        return _search(request)
    return search.redirect_without_nik(request) or _page(request, request.GET.dict())


def _search(request):
    """Replace the NIK that was typed by the person's id, which may appear in a URL. If nobody has
    it, it stays in its field, where a wrong digit is corrected."""
    asked = request.POST.dict()
    nik = asked.pop("q", "")
    if nik.strip():
        asked.pop("orang", None)
        try:
            found = search.person_by_nik(request.office, nik) or _once_known(nik)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return _page(request, asked | {"q": nik})
        if found is None:
            messages.error(request, "Tidak ada orang dengan NIK itu di wilayah Anda.")
            return _page(request, asked | {"q": nik})
        asked["orang"] = str(found.public_id)
    return search.redirect_with(request, asked)


def _once_known(text):
    nik, _ = check_nik(text)
    return disclosures.last_known(nik=nik) if nik else None


def _page(request, values):
    """The page with what was filled in; its links do not repeat a NIK, which nobody has."""
    form, worker, rows = _asked(request, values)
    if unknown := bool(values.get("q")):
        rows = rows.none()
    asked = {name: values[name] for name in form.fields if name != "q" and values.get(name)}
    page = listed(rows, {**values, "q": ""}, whole=(PRINT,))
    _describe(request, page)
    download = f"{reverse('disclosure_download')}?{urlencode(asked)}"
    context = {
        "form": form, "page": page, "sifted": unknown or asked, "worker": worker,
        "download": download,
    }  # fmt: skip
    context["elsewhere"] = form.elsewhere(worker)
    return render(request, "workers/disclosures.html", context)


@require_safe
def disclosure_download(request):
    """The same records as a workbook, for whoever must answer for a breach."""
    require(request, "disclosure.view")
    form, worker, rows = _asked(request, request.GET)
    rows = list(rows[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        messages.error(request, "Terlalu banyak untuk satu berkas. Batasi tanggalnya dahulu.")
        return redirect("disclosure_list")
    _describe(request, rows)
    disclosures.record(
        by=request.office, kind=Disclosure.Kind.EXPORT, area=request.office.area_id,
        subject="disclosure:list", people=len({row.worker_id for row in rows if row.worker_id}),
    )  # fmt: skip
    answer = HttpResponse(content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="catatan-akses.xlsx"'
    disclosures_workbook(worker, rows, form.elsewhere(worker), answer)
    return answer


def _asked(request, values):
    """The form, the person asked about if any, and the disclosures asked for."""
    form = DisclosureFilter(values)
    form.is_valid()
    people = Worker.objects.visible_to(request.office).select_related("area")
    orang = form.cleaned_data.get("orang")
    worker = None
    if orang:
        worker = people.filter(public_id=orang).first() or disclosures.last_known(public_id=orang)
    rows = Disclosure.objects.visible_to(request.office)
    rows = rows.select_related("worker", "office__area", "office__agency", "area")
    return form, worker, form.filter(rows, worker)


def _describe(request, rows):
    """Give each row `who`, `title` and `what`."""
    names = disclosures.names_of({row.user_id for row in rows})
    for row in rows:
        row.who = names.get(row.user_id, "Akun di luar wilayah Anda")
        row.title = _title(request.regency, row)
        row.what = disclosures.title_of(row.subject)


def _title(regency, row):
    """The office in which it was seen. Offices of other regencies are not visible here."""
    if row.office:
        return regency.title_of(row.office)
    return "Jabatan di kabupaten lain" if row.office_id else "Pengelola sistem"
