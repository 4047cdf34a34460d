"""Amendments of a decree and the list in force, below the address of their decree."""

from django.urls import path

from enrollment.decrees.amendments import views

urlpatterns = [
    path("<uuid:pk>/perubahan/baru/", views.amendment_new, name="amendment_new"),
    path("<uuid:pk>/perubahan/", views.amendment_changes, name="amendment_changes"),
    path("<uuid:pk>/berlaku/", views.list_in_force, name="list_in_force"),
]
