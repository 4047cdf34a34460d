"""/pengelola/: Django's admin site, for the platform alone: a superuser who acts in no office.

Django's own staff flag and permissions are not asked. Regencies have pages of their own at
/pengaturan/ (`villages/settings`).
"""

from functools import update_wrapper
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse


class PortalAdminConfig(AdminConfig):
    default_site = "portal.administration.PortalAdminSite"


class PortalAdminSite(AdminSite):
    site_title = "Pengelola LindungDesa"
    site_header = "Pengelola LindungDesa"
    index_title = "Pengelola"
    empty_value_display = "–"

    def has_permission(self, request):
        return request.office is None and request.user.is_active and request.user.is_superuser

    def admin_view(self, view, cacheable=False):
        """Refuse (403) a person who is logged in without the right, instead of asking to log in."""
        inner = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def password_change(self, request, extra_context=None):
        """The portal has one page for this too, which is throttled and recorded."""
        return redirect("password_change")

    def login(self, request, extra_context=None):
        """The portal has one page for logging in."""
        back = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        return redirect(f"{reverse('login')}?{urlencode({'next': back})}")
