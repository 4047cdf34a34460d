"""Addresses of this room: people, their re-checks, and who saw them."""

from django.urls import path

from enrollment.workers import disclosure_views, recheck_views, views

urlpatterns = [
    path("pekerja/", views.worker_list, name="worker_list"),
    path("pekerja/baru/", views.worker_new, name="worker_new"),
    path("pekerja/<uuid:public_id>/", views.worker_detail, name="worker_detail"),
    path("pekerja/<uuid:public_id>/nik/", views.worker_unmask, name="worker_unmask"),
    path("pekerja/<uuid:public_id>/ubah/", views.worker_edit, name="worker_edit"),
    path("pekerja/<uuid:public_id>/akhiri/", views.worker_end, name="worker_end"),
    path("pekerja/<uuid:public_id>/buka/", views.worker_reopen, name="worker_reopen"),
    path("periksa/", recheck_views.recheck_list, name="recheck_list"),
    path("periksa/baru/", recheck_views.recheck_new, name="recheck_new"),
    path("periksa/<uuid:pk>/", recheck_views.recheck_detail, name="recheck_detail"),
    path("periksa/<uuid:pk>/kemajuan/", recheck_views.recheck_progress, name="recheck_progress"),
    path("periksa/<uuid:pk>/unduh/", recheck_views.recheck_download, name="recheck_download"),
    path("akses/", disclosure_views.disclosure_list, name="disclosure_list"),
]
