"""Pages for revoking a decree: what it would change is said before it is done."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from enrollment.decrees import rights
from enrollment.decrees.models import Decree
from enrollment.decrees.revoking import actions
from enrollment.decrees.revoking.forms import RevokeForm
from enrollment.workbooks import scans
from villages.accounts.factor.proof import asks_code
from villages.refusals import Refusal

TYPES = {scans.ENDINGS[kind]: scans.TYPES[kind] for kind in scans.Kind}


@asks_code
@require_http_methods(["GET", "HEAD", "POST"])
def decree_revoke(request, pk):
    """Say what revoking would change, and begin it."""
    rows = Decree.objects.select_related("programme")
    decree = rights.fetch(request, rows, may="decree.make", pk=pk)
    if decree.is_amendment or not decree.is_issued:
        messages.error(request, actions.NOT_REVOKED)
        return redirect("decree_detail", pk=pk)
    form = RevokeForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            actions.revoke(
                decree, by=request.office, number=values["number"], day=values["date"],
                reason=values["reason"], file=values["file"],
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("date" if "Tanggal" in str(refusal) else None, str(refusal))
        else:
            messages.success(request, "Keputusan sedang dicabut. Halaman ini boleh ditutup.")
            return redirect("decree_detail", pk=pk)
    context = {
        "decree": decree, "form": form, "outlook": actions.outlook(decree),
        "accept": scans.ACCEPTED,
    }  # fmt: skip
    return render(request, "revoking/revoke.html", context)


@require_GET
def decree_revocation_file(request, pk):
    """The document by which a decree was revoked, as it was."""
    rows = Decree.objects.select_related("revocation")
    decree = rights.fetch(request, rows, may="annex.full", pk=pk)
    revocation = getattr(decree, "revocation", None)
    if revocation is None:
        messages.error(request, "Keputusan ini tidak dicabut.")
        return redirect("decree_detail", pk=pk)
    return FileResponse(
        revocation.file.open("rb"),
        as_attachment=True,
        filename=f"pencabutan-{slugify(decree.number.replace('/', '-'))}.{revocation.ending}",
        content_type=TYPES[revocation.ending],
    )
