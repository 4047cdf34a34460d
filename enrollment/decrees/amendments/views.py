"""Pages of what changes a decree: a new amendment, its lists, and the list in force."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from enrollment.decrees import actions, amending, rights
from enrollment.decrees.amendments.forms import InForceForm
from enrollment.decrees.amendments.words import first_words
from enrollment.decrees.forms import DecreeForm
from enrollment.decrees.models import Decree, DecreeChange, DecreeEntry
from enrollment.decrees.rules import change_words
from enrollment.decrees.selection import PERSON
from enrollment.fields.person import FIELD
from enrollment.jobs import planning
from enrollment.paging import listed
from enrollment.workers import search
from enrollment.workers.listing import show_people
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_new(request, pk):
    """Draft an amendment of an issued decree."""
    base = _fetch(request, pk, may="decree.make")
    if base.is_amendment or not base.is_issued:
        messages.error(request, actions.NOT_AMENDED)
        return redirect("decree_detail", pk=pk)
    form = DecreeForm(request.POST or None, programme=base.programme, initial=first_words(base))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_amendment(by=request.office, base=base, **form.words)
        except Refusal as refusal:
            field = "number" if str(refusal) in actions.NUMBERS_TAKEN else None
            form.add_error(field, str(refusal))
        else:
            messages.success(request, "Rancangan perubahan dibuat. Periksa daftarnya.")
            return redirect("decree_detail", pk=made.pk)
    return render(request, "amendments/new.html", {"form": form, "base": base})


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_changes(request, pk):
    """Who goes and who is corrected by an amendment, with their numbers in the list."""
    decree, asked = _fetch(request, pk, may="decree.view"), search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    earlier = amending.before(decree) if decree.is_amendment else []
    rows = decree.changes.visible_to(request.office).select_related("row")
    kind = asked.values.get("jenis", "")
    if kind in DecreeChange.Kind.values:
        rows = rows.filter(kind=kind)
    here = reverse("amendment_changes", args=[pk])
    page = listed(rows.order_by("position"), asked.values, posted=asked.posted, path=here)
    _describe(page, decree, earlier)
    context = {"decree": decree, "page": page, "kind": kind}
    return show_people(request, "amendments/changes.html", context, subject=f"decree:{pk}")


def _describe(page, decree, earlier):
    """Number each change, and say what was corrected."""
    old, new = amending.numbering(earlier), amending.numbering([*earlier, decree])
    amending.correct([change.row for change in page], earlier)
    for change in page:
        gone = change.kind == DecreeChange.Kind.OUT
        change.number = (old if gone else new).number(change.row.decree_id, change.row.position)
        corrected = [] if gone else [
            _within_a_line(FIELD[name].label) for name in PERSON
            if getattr(change, name) != getattr(change.row, name)
        ]  # fmt: skip
        kind = change.get_kind_display()
        change.what = f"{kind}: {', '.join(corrected)}" if corrected else kind


def _within_a_line(label):
    """`nomor KK`, but `RT`."""
    return label if label.isupper() else label[0].lower() + label[1:]


@require_http_methods(["GET", "HEAD", "POST"])
def list_in_force(request, pk):
    """The chain of a decree and its amendments, and the list that they make together on a day."""
    decree, asked = _fetch(request, pk, may="decree.view"), search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    if not decree.is_published:
        messages.error(request, "Daftar ini belum berlaku: keputusannya belum terbit.")
        return redirect("decree_detail", pk=pk)
    form = InForceForm(asked.values, districts=())
    day = form.day
    chain = amending.on(decree, day)
    rows = amending.in_force(chain).visible_to(request.office)
    here, numbers = reverse("list_in_force", args=[pk]), amending.numbering(chain)
    words = form.chosen.get("q", "")
    everybody = not words and rights.may(request.office, "annex.full", decree)
    with planning.reading_whole_tables():  # who goes out is taken out of all who stood before
        page = listed(
            _named(rows, chain, words), asked.values, posted=asked.posted, path=here,
            total=numbers.people if everybody else None, sifted=bool(words),
        )  # fmt: skip
        amending.correct(list(page), chain)
    for person in page:
        person.number = numbers.number(person.decree_id, person.position)
    context = {
        "decree": decree, "page": page, "filter": form, "day": day, "here": here,
        "people": numbers.people, "links": _links(decree),
    }  # fmt: skip
    return show_people(request, "amendments/in_force.html", context, subject=f"decree:{pk}")


def _named(rows, chain, words):
    """Those who are or once were called so."""
    if not words:
        return rows
    corrected = DecreeChange.objects.filter(decree__in=chain, kind=DecreeChange.Kind.CORRECTED)
    named = DecreeEntry.objects.filter(decree__in=chain)  # who has gone out is not in `rows`
    either = Q(pk__in=search.named(named, words).order_by().values("pk"))
    return rows.filter(either | Q(pk__in=search.named(corrected, words).order_by().values("row")))


def _links(decree):
    """Each decree of the chain with its numbers, and how many are in force after it."""
    chain = list(amending.chain_of(decree))
    for one in chain:
        balance = amending.balance_of(one) if one.is_amendment else None
        one.words = change_words(one.ordinal) if one.ordinal else "Keputusan pertama"
        one.out = balance["out"][0] if balance else 0
        one.corrected = balance["corrected"] if balance else 0
        one.after = balance["after"][0] if balance else one.people
    return chain


def _fetch(request, pk, *, may):
    rows = Decree.objects.select_related("programme", "signatory", "amends", "village")
    return rights.fetch(request, rows, may=may, pk=pk)
