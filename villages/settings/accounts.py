"""Pages of accounts and the offices they hold.

An admin of a regency manages its accounts, and never a superuser's; the platform manages all.
Nobody chooses a password for somebody else: an admin makes a one-time code.
"""

from django.contrib import messages
from django.db.models import Value
from django.db.models.functions import Concat, Upper
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from enrollment.paging import PRINT, listed
from enrollment.standing import Standing
from villages import duties, offices
from villages.access import accounts_of, require_or_platform, seen_by
from villages.accounts import links
from villages.accounts.factor.proof import asks_code
from villages.models import Office, User
from villages.refusals import Refusal
from villages.resources import OfficeResource
from villages.settings.filters import AccountFilter
from villages.settings.forms import KNOWN, AccountForm, HandOverForm, OfficeForm, TermForm
from villages.settings.uploads import Table

ASKS = ["GET", "HEAD", "POST"]
MANAGE = offices.MANAGE
WHOLE = (PRINT,)
"""As what all rows of a list may be asked for; django-import-export makes its workbook."""
BROKEN = Standing("attention", "Jabatan rangkap", mark="triangle-alert")
"""Of an account whose offices one person may not hold at one time."""
SORTS = {"nama": [Upper(Concat("first_name", Value(" "), "last_name")), "username"]}
"""As the list shows them, and not by their log-ins, which nobody knows by heart."""
MOST_OFFERED = 1_000
"""Usernames that the browser offers while one is typed."""


@require_safe
def account_list(request):
    """Accounts with the offices they hold today."""
    require_or_platform(request, MANAGE)
    accounts = accounts_of(request.office).order_by("username")
    found = AccountFilter(request.GET, queryset=accounts, profile=request.regency)
    page = listed(found.qs, request.GET, sorts=SORTS, usual="nama", whole=WHOLE)
    held = Office.objects.held_on(timezone.localdate()).filter(user__in=[a.pk for a in page])
    titles, offices_of, pairs = {}, {}, _pairs(request)
    for office in held.select_related("area", "agency"):
        titles.setdefault(office.user_id, []).append(title_of(office, request))
        offices_of.setdefault(office.user_id, []).append(office)
    for account in page:
        account.titles = titles.get(account.pk, [])
        broken = any(duties.in_words(offices_of.get(account.pk, []), pairs))
        account.standing = BROKEN if broken else standing_of(account, account.titles)
    return render(request, "settings/accounts.html", {"page": page, "filter": found})


def _pairs(request):
    """The pairs that count where the admin works; for the platform only its own."""
    return duties.pairs_of(request.office.area_id if request.office else "")


def title_of(office, request):
    return request.regency.title_of(office) if request.regency else str(office)


def standing_of(account, titles):
    if not account.is_active:
        return Standing("plain", "Dinonaktifkan", mark="lock")
    if not (titles or account.is_superuser):
        return Standing("attention", "Tanpa jabatan")
    if not account.has_usable_password():
        return Standing("attention", "Belum membuat kata sandi", mark="key-round")
    return Standing("good", "Aktif")


@require_safe
def account_detail(request, pk):
    """One account: its offices, and everything that can be done with it."""
    account = _account(request, pk)
    today = timezone.localdate()
    held = seen_by(Office.objects.filter(user=account), request.office)
    rows = [
        {
            "office": office,
            "title": title_of(office, request),
            "standing": term_standing(office, today),
            "goes_on": office.ends_on is None or office.ends_on >= today,
        }
        for office in held.select_related("area", "agency").order_by("-starts_on", "-pk")
    ]
    titles = [row["title"] for row in rows if row["office"].is_held_on(today)]
    goes_on = [row["office"] for row in rows if row["goes_on"]]
    page = {
        "account": account,
        "rows": rows,
        "standing": standing_of(account, titles),
        "broken": list(duties.in_words(goes_on, _pairs(request))),
    }
    return render(request, "settings/account.html", page)


def term_standing(office, today):
    if office.is_held_on(today):
        return Standing("good", "Dipegang sekarang")
    if office.starts_on > today:
        return Standing("moving", "Belum mulai", mark="clock")
    return Standing("plain", "Berakhir", mark="lock")


@require_http_methods(ASKS)
@asks_code
def account_new(request):
    """A new account with, if it is known already, its first office. Next comes its code."""
    require_or_platform(request, MANAGE)
    account = User(area_id=request.office.area_id if request.office else None)
    form = AccountForm(request.POST or None, instance=account)
    first = OfficeForm(
        request.POST or None, office=request.office, profile=request.regency,
        instance=Office(user=account), prefix="jabatan", empty_permitted=True,
        use_required_attribute=False,
    )  # fmt: skip
    if form.is_valid() and _first_is_valid(first) and _made(form, first, request):
        return redirect("account_code", pk=form.instance.pk)
    return render(request, "settings/account_new.html", {"form": form, "first": first})


def _made(form, first, request):
    if first.has_changed():
        return _saved(first, request)
    form.save()
    return True


def _first_is_valid(first):
    """The first office may be left out as a whole; its first day alone is filled in already."""
    if set(first.changed_data) <= {"starts_on"}:
        first.changed_data.clear()
        first._errors = {}
        return True
    return first.is_valid()


@require_http_methods(ASKS)
@asks_code
def account_edit(request, pk):
    account = _account(request, pk)
    form = AccountForm(request.POST or None, instance=account)
    if form.is_valid():
        form.save()
        messages.success(request, f"Akun {account.username} tersimpan.")
        return redirect("account_detail", pk=pk)
    return render(request, "settings/account_edit.html", {"form": form, "account": account})


@require_http_methods(ASKS)
@asks_code
def account_code(request, pk):
    """Make a one-time code for an account and show it, this once."""
    account = _account(request, pk)
    page = {"account": account, "url": reverse("account_detail", args=[pk])}
    if request.method == "POST":
        page["code"] = links.make(account, by=request.office)
        page["link"] = request.build_absolute_uri(reverse("first_password"))
        page["filled_in"] = f"{page['link']}#{account.username}/{page['code']}"
        held = Office.objects.filter(user=account).held_on(timezone.localdate())
        page["without_office"] = not (account.is_superuser or held.exists())
    return render(request, "registration/password_link.html", page)


@require_http_methods(ASKS)
@asks_code
def office_give(request, pk):
    """Give an account an office."""
    account = _account(request, pk)
    form = OfficeForm(
        request.POST or None, office=request.office, profile=request.regency,
        instance=Office(user=account),
    )  # fmt: skip
    if form.is_valid() and _saved(form, request):
        messages.success(request, f"{account} kini: {title_of(form.instance, request)}.")
        return redirect("account_detail", pk=pk)
    return render(request, "settings/office_give.html", {"form": form, "account": account})


@require_http_methods(ASKS)
@asks_code
def office_term(request, public_id):
    """Change the days of an office, most often its last one."""
    office = _office(request, public_id)
    form = TermForm(request.POST or None, instance=office)
    if form.is_valid() and _saved(form, request):
        messages.success(request, f"Masa jabatan {title_of(office, request)} tersimpan.")
        return redirect("account_detail", pk=office.user_id)
    page = {"form": form, "office": office, "title": title_of(office, request)}
    return render(request, "settings/office_term.html", page)


def _saved(form, request):
    try:
        offices.give(form.instance, by=request.office)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_http_methods(ASKS)
@asks_code
def office_hand_over(request, public_id):
    """Hand an office over from one person to another, in one act."""
    office = _office(request, public_id)
    form = HandOverForm(request.POST or None, office=request.office)
    if form.is_valid() and _handed_over(form, office, request):
        is_known = form.cleaned_data["holder"] == KNOWN
        messages.success(
            request,
            f"{title_of(office, request)} diserahkan dari {office.user} kepada {form.account}.",
        )
        return redirect("account_detail" if is_known else "account_code", pk=form.account.pk)
    names = accounts_of(request.office).filter(is_active=True).order_by("username")
    page = {
        "form": form,
        "office": office,
        "title": title_of(office, request),
        "usernames": names.values_list("username", flat=True)[:MOST_OFFERED],
    }
    return render(request, "settings/hand_over.html", page)


def _handed_over(form, office, request):
    on = form.cleaned_data["on"]
    try:
        offices.hand_over(office, to=form.account, on=on, by=request.office)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _account(request, pk):
    require_or_platform(request, MANAGE)
    account = accounts_of(request.office).filter(pk=pk).first()
    if account is None:
        raise Http404
    return account


def _office(request, public_id):
    """An office of an account that the admin manages."""
    require_or_platform(request, MANAGE)
    rows = seen_by(Office.objects.all(), request.office).select_related("user", "area", "agency")
    office = rows.filter(public_id=public_id, user__in=accounts_of(request.office)).first()
    if office is None:
        raise Http404
    return office


def _of_download(request):
    rows = seen_by(Office.objects.filter(user__in=accounts_of(request.office)), request.office)
    return rows.select_related("user", "area", "agency").order_by("user__username", "pk")


TABLE = Table(
    "account", "Unggah akun dan jabatan", OfficeResource, _of_download, "account_list",
    "Akun",
    guard=asks_code,
)  # fmt: skip
