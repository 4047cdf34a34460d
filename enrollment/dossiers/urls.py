"""Addresses of a person's page."""

from django.urls import path

from enrollment.dossiers import views

urlpatterns = [
    path("pekerja/<uuid:public_id>/", views.worker_detail, name="worker_detail"),
    path("pekerja/<uuid:public_id>/nik/", views.worker_unmask, name="worker_unmask"),
]
