"""URLs of the rechecks."""

from django.urls import path

from enrollment.workers.rechecks import views

urlpatterns = [
    path("", views.recheck_list, name="recheck_list"),
    path("baru/", views.recheck_new, name="recheck_new"),
    path("<uuid:pk>/", views.recheck_detail, name="recheck_detail"),
    path("<uuid:pk>/kemajuan/", views.recheck_progress, name="recheck_progress"),
    path("<uuid:pk>/unduh/", views.recheck_download, name="recheck_download"),
]
