"""Who saw whose data, and since when: after a data breach this must be answered within hours."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enrollment.workers import disclosures, search
from enrollment.workers.checks.nik import check_nik
from enrollment.workers.models import Disclosure, Worker
from villages.access import require
from villages.models import User

ROWS_A_PAGE = 25


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
    return search.redirect_without_nik(request) or _page(request)


def _search(request):
    """Replace the NIK that was typed by the person's id, which may appear in a URL."""
    asked = request.POST.dict()
    nik = asked.pop("q", "")
    if nik.strip():
        asked.pop("orang", None)
        found = search.person_by_nik(request.office, nik) or _removed(nik)
        if found is None:
            messages.error(request, "Tidak ada orang dengan NIK itu di wilayah Anda.")
            return search.redirect_with(request, asked)
        asked["orang"] = str(found.public_id)
    return search.redirect_with(request, asked)


def _removed(text):
    nik, _ = check_nik(text)
    return disclosures.removed(nik=nik) if nik else None


def _page(request):
    form = DisclosureFilter(request.GET)
    form.is_valid()
    people = Worker.objects.visible_to(request.office).select_related("area")
    orang = form.cleaned_data.get("orang")
    worker = None
    if orang:
        worker = people.filter(public_id=orang).first() or disclosures.removed(public_id=orang)
    rows = Disclosure.objects.visible_to(request.office)
    rows = rows.select_related("worker", "office__area", "office__agency", "area")
    page = Paginator(form.filter(rows, worker), ROWS_A_PAGE).get_page(request.GET.get("page"))
    _describe(request, page)
    asked = [name for name in form.fields if request.GET.get(name)]
    return render(
        request,
        "workers/disclosures.html",
        {"form": form, "page": page, "asked": asked, "worker": worker},
    )


def _describe(request, page):
    """Give each row `who`, `title` and `what`.

    Accounts of another area cannot be seen from here. A join would hide their disclosures too, so
    accounts are looked up separately.
    """
    names = {
        user.pk: str(user) for user in User.objects.filter(pk__in={row.user_id for row in page})
    }
    for row in page:
        row.who = names.get(row.user_id, "Akun di luar wilayah Anda")
        row.title = request.regency.title_of(row.office) if row.office else "Pengelola sistem"
        row.what = disclosures.title_of(row.subject)
