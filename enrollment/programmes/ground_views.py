"""The pages of a programme's legal bases and of its payer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from enrollment.programmes import grounds
from enrollment.programmes.forms import LegalBasisForm, PayerForm
from enrollment.programmes.models import LegalBasis, PremiumSubsidy
from villages import access
from villages.refusals import Refusal

asking = require_http_methods(["GET", "HEAD", "POST"])


@asking
def legal_bases(request, pk):
    """On which regulations a programme rests, as its decree will cite them; one more is added."""
    programme = _fetch(request, pk)
    form = LegalBasisForm(request.POST or None)
    if form.is_valid() and _saved(
        form, lambda: grounds.add(form.instance, to=programme, by=request.office)
    ):
        messages.success(request, "Dasar hukum ditambahkan.")
        return redirect("legal_bases", pk=pk)
    rows = list(programme.legal_bases.all())
    for row in rows:
        row.cited = row.citation(request.regency)
        row.is_first = row == rows[0]
    context = {"programme": programme, "bases": rows, "form": form}
    return render(request, "programmes/legal_bases.html", context)


@asking
def basis_change(request, pk, basis):
    programme, row = _fetch_basis(request, pk, basis)
    cited = row.citation(request.regency)
    form = LegalBasisForm(request.POST or None, instance=row)
    if form.is_valid() and _saved(form, lambda: grounds.change(row, by=request.office)):
        messages.success(request, "Dasar hukum tersimpan.")
        return redirect("legal_bases", pk=pk)
    context = {"programme": programme, "basis": basis, "cited": cited, "form": form}
    return render(request, "programmes/legal_basis.html", context)


@require_POST
def basis_up(request, pk, basis):
    _, row = _fetch_basis(request, pk, basis)
    grounds.move_up(row, by=request.office)
    return redirect("legal_bases", pk=pk)


@require_POST
def basis_remove(request, pk, basis):
    _, row = _fetch_basis(request, pk, basis)
    grounds.remove(row, by=request.office)
    messages.success(request, "Dasar hukum dihapus.")
    return redirect("legal_bases", pk=pk)


@asking
def payer_change(request, pk):
    """Who pays: the wadah at BPJS, the agreement, the lines of the budget."""
    programme = _fetch(request, pk)
    form = PayerForm(
        request.POST or None, instance=grounds.payer_of(programme),
        village_word=request.regency.village_word,
    )  # fmt: skip
    if form.is_valid() and _saved(
        form, lambda: grounds.save_payer(form.instance, by=request.office)
    ):
        messages.success(request, "Dana dan perjanjian tersimpan.")
        return redirect("programme_detail", pk=pk)
    return render(request, "programmes/payer.html", {"programme": programme, "form": form})


def _saved(form, save):
    """Whether `save` was not refused; the reason is said in the form."""
    try:
        save()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _fetch(request, pk):
    return access.fetch(request, PremiumSubsidy.objects.all(), may="programme.make", pk=pk)


def _fetch_basis(request, pk, basis):
    """A legal basis and its programme; 404 if the programme has no such one."""
    programme = _fetch(request, pk)
    row = LegalBasis.objects.filter(programme=programme, pk=basis).first()
    if row is None:
        raise Http404
    row.programme = programme
    return programme, row
