"""Every address of the portal, room by room."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from enrollment.decrees.annexes.arranging import urls as arranging
from enrollment.decrees.by_villages import urls as by_villages
from enrollment.decrees.letters import urls as letters
from enrollment.desk import urls as desk
from enrollment.programmes import urls as programmes
from enrollment.proposals.papers import urls as papers
from enrollment.renewals import urls as renewals
from enrollment.schedules import urls as schedules
from enrollment.workers import urls as workers
from portal import gallery, guides, health, navigation

handler500 = "portal.trouble.failed"
urlpatterns = [
    path("", include("enrollment.reports.urls")),
    path("", include("villages.urls")),
    path("", include("enrollment.workers.urls")),
    path("periksa/", include("enrollment.workers.rechecks.urls")),
    path("", include("enrollment.blanks.urls")),
    path("orang-keluar/", include("enrollment.leavings.urls")),
    path("data-ganda/", include("enrollment.duplicates.urls")),
    path("", include("enrollment.imports.urls")),
    path("program/", include("enrollment.programmes.urls")),
    path("program/", include("enrollment.schedules.urls")),
    path("program/", include("enrollment.statements.urls")),
    path("program/", include(papers.settings)),
    path("program/", include("enrollment.renewals.urls")),
    path("program/", include("enrollment.routes.urls")),
    path("usulan/", include("enrollment.proposals.urls")),
    path("usulan/", include("enrollment.proposals.papers.urls")),
    path("usulan/", include("enrollment.desk.urls")),
    path("program/", include("enrollment.decrees.by_villages.urls")),
    path("keputusan/", include(by_villages.own)),
    path("keputusan/", include("enrollment.decrees.urls")),
    path("keputusan/", include("enrollment.decrees.signing.urls")),
    path("keputusan/", include("enrollment.decrees.amendments.urls")),
    path("keputusan/", include("enrollment.decrees.revoking.urls")),
    path("keputusan/", include("enrollment.registrations.urls")),
    path("", include("enrollment.dossiers.urls")),
    path("", include("enrollment.public.urls")),
    path("keputusan/", include("enrollment.public.publishing.urls")),
    path("pengaturan/", navigation.settings_page, name="settings"),
    path("pengaturan/", include("villages.settings.urls")),
    path("pengaturan/", include("enrollment.decrees.signatories.urls")),
    path("pengaturan/", include("enrollment.limits.urls")),
    path("pengaturan/", include("enrollment.illness.urls")),
    path("pengaturan/", include("enrollment.retention.urls")),
    path("pengaturan/", include("enrollment.bands.urls")),
    path(
        "pengaturan/",
        include(
            [
                *programmes.settings,
                *schedules.settings,
                *desk.settings,
                *arranging.settings,
                *letters.settings,
                *renewals.settings,
                *workers.settings,
            ]
        ),
    ),
    path("pengelola/", admin.site.urls),
    path("bantuan/", guides.index, name="guide_list"),
    path("bantuan/<slug:name>/", guides.page, name="guide"),
    path("sehat/", health.health, name="health"),
]
if settings.DEBUG:
    urlpatterns.append(path("rancangan/", gallery.gallery, name="gallery"))
