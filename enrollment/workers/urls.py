"""URLs of people, and of the record of who saw them."""

from django.urls import path

from enrollment.workers import disclosure_views, occupation_views, views

urlpatterns = [
    path("pekerja/", views.worker_list, name="worker_list"),
    path("pekerja/baru/", views.worker_new, name="worker_new"),
    path("pekerja/baru/dari-nik/", views.worker_from_nik, name="worker_from_nik"),
    path("pekerja/<uuid:public_id>/ubah/", views.worker_edit, name="worker_edit"),
    path("pekerja/<uuid:public_id>/akhiri/", views.worker_end, name="worker_end"),
    path("pekerja/<uuid:public_id>/buka/", views.worker_reopen, name="worker_reopen"),
    path("akses/", disclosure_views.disclosure_list, name="disclosure_list"),
    path("akses/unduh/", disclosure_views.disclosure_download, name="disclosure_download"),
]

settings = [path("pekerjaan/", occupation_views.occupation_list, name="occupation_list")]
"""Below /pengaturan/."""
