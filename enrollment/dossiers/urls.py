"""Addresses of the full pages of a person and of a programme."""

from django.urls import path

from enrollment.dossiers import programme, views

urlpatterns = [
    path("program/<uuid:pk>/", programme.programme_detail, name="programme_detail"),
    path("pekerja/<uuid:public_id>/", views.worker_detail, name="worker_detail"),
    path("pekerja/<uuid:public_id>/nik/", views.worker_unmask, name="worker_unmask"),
]
