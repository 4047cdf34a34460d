"""The page of roles that one person may not hold at one time."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from villages import duties
from villages.access import require
from villages.models import RolePair
from villages.offices import MANAGE
from villages.settings.forms import roles_of


class RolePairForm(forms.ModelForm):
    class Meta:
        model = RolePair
        fields = ["first", "second", "reason"]
        help_texts = {"reason": "Terbaca bila jabatannya ditolak."}

    def __init__(self, *args, profile, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].choices = [("", "Pilih…"), *roles_of(profile)]

    def _get_validation_exclusions(self):
        """The regency is checked too, though it is not asked."""
        return super()._get_validation_exclusions() - {"regency"}


@require_http_methods(["GET", "HEAD", "POST"])
def role_pairs(request):
    """All pairs that count here, and a new one of the regency."""
    require(request, MANAGE)
    own = RolePair(regency_id=request.office.area_id)
    form = RolePairForm(request.POST or None, instance=own, profile=request.regency)
    if form.is_valid():
        form.save()
        messages.success(request, "Tersimpan. Yang sudah merangkapnya terlihat di Akun.")
        return redirect("role_pairs")
    named = dict(roles_of(request.regency))
    rows = [
        {"pair": pair, "first": named[pair.first], "second": named[pair.second],
         "may_remove": pair.regency_id is not None}
        for pair in duties.pairs_of(request.office.area_id)
    ]  # fmt: skip
    may_remove = any(row["may_remove"] for row in rows)
    context = {"form": form, "rows": rows, "may_remove": may_remove}
    return render(request, "settings/role_pairs.html", context)


@require_POST
def role_pair_remove(request, pk):
    """One of the regency's own; those of the platform stay."""
    require(request, MANAGE)
    pair = RolePair.objects.visible_to(request.office).filter(pk=pk).first()
    if pair is None:
        raise Http404
    pair.delete()
    messages.success(request, f"{pair} boleh dirangkap lagi.")
    return redirect("role_pairs")
