"""Every address of the portal, room by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal import gallery, health

handler500 = "portal.trouble.failed"
urlpatterns = [
    path("", include("enrollment.reports.urls")),
    path("", include("villages.urls")),
    path("", include("enrollment.workers.urls")),
    path("periksa/", include("enrollment.workers.rechecks.urls")),
    path("", include("enrollment.blanks.urls")),
    path("data-ganda/", include("enrollment.duplicates.urls")),
    path("", include("enrollment.imports.urls")),
    path("program/", include("enrollment.programmes.urls")),
    path("usulan/", include("enrollment.proposals.urls")),
    path("keputusan/", include("enrollment.decrees.urls")),
    path("", include("enrollment.dossiers.urls")),
    path("pengaturan/", admin.site.urls),
    path("sehat/", health.health, name="health"),
]
if settings.DEBUG:
    urlpatterns.append(path("rancangan/", gallery.gallery, name="gallery"))
