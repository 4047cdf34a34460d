"""The page on which anybody checks a decree, without logging in, cookies or scripts."""

import re
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from enrollment.decrees.codes.rules import in_halves, read_code
from enrollment.formats import angka, rupiah
from enrollment.public.looking import decree_of
from villages.accounts import throttling
from villages.accounts.addresses import client_address

LOOKS = throttling.Limit("public decrees", free=30, longest=60)
"""As for log-ins: an office, or a hall full of people, shares one address."""
HASH = re.compile(r"[0-9a-f]{64}")


def public(view):
    """For anybody, kept out of the lists of search engines."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answered


@public
def check(request):
    """Asks for the code; with one it leads to its page."""
    typed = request.GET.get("kode", "").replace("\0", "").strip()
    if not typed:
        return render(request, "public/check.html", {})
    if code := read_code(typed):
        return redirect("public_decree", code=code)
    return _unknown(request, typed)


@public
def decree(request, code):
    """What is confirmed of the decree whose list bears the code; and whether a file is one of its
    own, told by its hash (`sidik`)."""
    if seconds := throttling.count(LOOKS, throttling.network(client_address(request))):
        response = render(
            request, "public/wait.html", {"wait": throttling.in_words(seconds)}, status=429
        )
        response["Retry-After"] = str(seconds)
        return response
    found = decree_of(code)
    if found is None:
        return _unknown(request, code)
    context = {
        "decree": found,
        "code": in_halves(read_code(code)),
        "several": len(found.chain) > 1,
        **_sums(found.balance),
        **_compared(request, found),
    }
    return render(request, "public/decree.html", context)


def _unknown(request, typed):
    """The same for a code that was never given, and for one whose list is not issued."""
    return render(request, "public/check.html", {"unknown": True, "typed": typed[:40]}, status=404)


def _sums(balance):
    """The sums of an amendment in words."""
    if not balance:
        return {}
    names = ("before", "out", "coming", "after")
    sums = {name: f"{angka(people)} orang, {rupiah(cost)}" for name, (people, cost) in
            ((name, balance[name]) for name in names)}  # fmt: skip
    return {**sums, "corrected": f"{angka(balance['corrected'])} orang"}


def _compared(request, found):
    """What the typed hash is of."""
    typed = "".join(request.GET.get("sidik", "").lower().split())
    if not typed:
        return {}
    if not HASH.fullmatch(typed):
        return {"typed": typed[:100], "not_a_hash": True}
    same = [file["what"] for file in found.files if file["sha256"] == typed]
    return {"typed": typed, "same": same[0] if same else "", "differs": not same}
