from django.urls import path

from enrollment.desk import reason_views, views

urlpatterns = [
    path("program/<uuid:pk>/meja/", views.programme_desk, name="programme_desk"),
    path("<uuid:pk>/meja/", views.proposal_desk, name="proposal_desk"),
]
"""Below /usulan/."""

settings = [
    path("alasan/", reason_views.reason_list, name="reason_list"),
    path("alasan/<int:pk>/hapus/", reason_views.reason_remove, name="reason_remove"),
]
"""Below /pengaturan/."""
