"""Addresses of this room: people entered by two villages."""

from django.urls import path

from enrollment.duplicates import views

urlpatterns = [
    path("", views.duplicate_list, name="duplicate_list"),
    path("<uuid:public_id>/", views.duplicate_decide, name="duplicate_decide"),
]
