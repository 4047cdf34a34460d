"""Pages for sending a list to be signed and for what comes back."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from enrollment.decrees import actions as decrees
from enrollment.decrees import rights
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.annexes.models import AnnexPdf, Version
from enrollment.decrees.models import Decree
from enrollment.decrees.moving import NO_SIGNATORY
from enrollment.decrees.signing import actions
from enrollment.decrees.signing.forms import ReceiveForm, SendForm
from enrollment.decrees.signing.models import DecreeFile, DecreeReceiving
from enrollment.workbooks import scans
from enrollment.workbooks.cells import XLSX
from villages import access
from villages.accounts.factor.proof import asks_code
from villages.refusals import Refusal

TYPES = {"xlsx": XLSX} | {scans.ENDINGS[kind]: scans.TYPES[kind] for kind in scans.Kind}
NAMES = {DecreeFile.Kind.SENT: "terkirim", DecreeFile.Kind.SIGNED: "bertanda-tangan"}
OF_FIELD = {
    **dict.fromkeys((*decrees.NUMBERS_TAKEN, actions.NO_NUMBER), "number"),
    NO_SIGNATORY: "signatory",
}
"""Refusals that belong to a field of the form."""


@require_http_methods(["GET", "HEAD", "POST"])
def decree_send(request, pk):
    """Have the PDF made that goes out to be signed, and say that it went out (htmx asks for its
    progress). The whole document can be added once the PDF is there."""
    decree = _fetch(request, pk)
    if not decree.is_ready:
        return _back(request, pk, actions.NOT_READY)
    pdfs = list(AnnexPdf.objects.of(decree).filter(version=Version.FULL))
    context = {"decree": decree, "annexes": pdfs, "busy": any(pdf.busy for pdf in pdfs)}
    if request.htmx:
        return render(request, "decrees/sending.html", context)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None,)
    form = SendForm(
        *sent, instance=annexes.look_of(decree.regency_id),
        may_add_file=decree.named <= annexes.SMALL or any(pdf.done for pdf in pdfs),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            return _send(request, decree, form)
        except Refusal as refusal:
            form.add_error("file" if form.cleaned_data.get("file") else None, str(refusal))
    return render(request, "decrees/send.html", {**context, "form": form})


def _send(request, decree, form):
    annex = actions.prepare(decree, by=request.office, **form.look)
    if not annex.done:
        messages.success(request, "PDF sedang dibuat. Sesudah selesai, tekan Kirim sekali lagi.")
        return redirect("decree_send", pk=decree.pk)
    actions.send(decree, by=request.office, annex=annex, file=form.cleaned_data.get("file"))
    messages.success(
        request, "Tercatat: terkirim. Unduh PDF-nya di bawah, lalu mintakan tanda tangan."
    )
    return redirect("decree_detail", pk=decree.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_receive(request, pk):
    """Upload the signed file, and type what it bears."""
    decree = _fetch(request, pk)
    if not decree.waits_for_people:
        return _back(request, pk, actions.NOT_OUT)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    kept = {"number": decree.number, "date": decree.date, "signatory": decree.signatory_id}
    form = ReceiveForm(*sent, decree=decree, today=timezone.localdate(), initial=kept)
    if sent and form.is_valid():
        values = form.cleaned_data
        try:
            signed = actions.begin_to_receive(
                decree, values["file"], number=values["number"], day=values["date"],
                signatory=values["signatory"], by=request.office,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(OF_FIELD.get(str(refusal), "file"), str(refusal))
        else:
            messages.success(request, _told(signed))
            return redirect("decree_detail", pk=pk)
    context = {"decree": decree, "form": form, "accept": scans.ACCEPTED}
    return render(request, "decrees/receive.html", context)


def _told(signed):
    if isinstance(signed, DecreeReceiving):
        return "Berkasnya sedang diperiksa, lalu disimpan. Halaman ini boleh ditutup."
    return f"Berkas tersimpan. {signed.proved}"


@asks_code
@require_GET
def decree_file(request, pk):
    """A file that was sent or came back, as it was. It names everybody in full: opening it is
    recorded."""
    rows = DecreeFile.objects.select_related("decree__village")
    kept = access.fetch(request, rows, may="decree.view", pk=pk)
    rights.permit(request.office, "annex.full", kept.decree)
    actions.reveal(kept, by=request.office)
    number = slugify(kept.decree.number.replace("/", "-")) or "tanpa-nomor"
    return FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=f"{NAMES[kept.kind]}-{number}-{kept.sha256[:8]}.{kept.ending}",
        content_type=TYPES[kept.ending],
    )


def _fetch(request, pk):
    rows = Decree.objects.select_related("programme", "signatory", "village")
    return rights.fetch(request, rows, may="decree.make", pk=pk)


def _back(request, pk, sentence):
    messages.error(request, sentence)
    return redirect("decree_detail", pk=pk)
