from django.contrib import messages
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from villages.middleware import ACTING_AS


@require_POST
def act_as(request):
    """Change the office that the person acts in; only offices held today can be chosen."""
    wanted = request.POST.get("office", "")
    for office in request.offices:
        if str(office.public_id) == wanted:
            request.session[ACTING_AS] = wanted
            rotate_token(request)  # a form of another tab belongs to the office that it shows
            title = office.profile.placed_title_of(office)
            messages.success(request, f"Anda sekarang bertindak sebagai {title}.")
            break
    else:
        messages.error(request, "Jabatan itu tidak Anda pegang atau sudah berakhir.")
    return redirect("kept_forms" if "isian" in request.POST else "home")
