from django.contrib import messages
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
            title = office.profile.title_of(office)
            messages.success(request, f"Anda sekarang bertindak sebagai {title}.")
            break
    else:
        messages.error(request, "Jabatan itu tidak Anda pegang atau sudah berakhir.")
    return redirect("home")
