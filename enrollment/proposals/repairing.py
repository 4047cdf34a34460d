"""The form of a returned person: the reason above it, and after saving the next person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from enrollment.proposals import actions, repairs
from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import PICK
from enrollment.workers.models import Worker
from enrollment.workers.views import edit
from villages import access

REPAIRED = "sudah_diperbaiki"
"""The button that saves and marks the person as repaired; the other one saves only."""


@require_http_methods(["GET", "HEAD", "POST"])
def entry_repair(request, public_id):
    """Correct a person who was sent back, mark them as repaired, and go on with the next."""
    rows = Entry.objects.select_related("proposal", "programme")
    entry = access.fetch(request, rows, may=PICK.permission, public_id=public_id)
    people = Worker.objects.visible_to(request.office).select_related("area", "agency")
    worker = people.filter(pk=entry.worker_id).first()
    if worker is None or not repairs.may_repair(entry, request.office):
        raise Http404
    access.require(request, "worker.change")
    there = reverse("proposal_detail", args=[entry.proposal_id])
    left = entry.proposal.entries.unrepaired().count()
    following = repairs.following(entry.proposal, after=entry.pk)
    return edit(
        request, worker, template="proposals/repair.html",
        then=lambda request: _go_on(request, entry, following, there),
        entry=entry, returned_by=repairs.returned_by(entry), there=there, left=left,
        following=following,
    )  # fmt: skip


def _go_on(request, entry, following, there):
    if REPAIRED not in request.POST:
        return redirect(there)
    actions.mark_repaired(entry, by=request.office)
    if following:
        return redirect("entry_repair", following.public_id)
    messages.success(request, "Semua yang dikembalikan sudah diperbaiki. Ajukan lagi dari sini.")
    return redirect(there)
