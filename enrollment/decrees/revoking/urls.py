"""Revoking a decree, below its address."""

from django.urls import path

from enrollment.decrees.revoking import views

urlpatterns = [
    path("<uuid:pk>/cabut/", views.decree_revoke, name="decree_revoke"),
    path("<uuid:pk>/pencabutan/", views.decree_revocation_file, name="decree_revocation_file"),
]
