"""Addresses of this room: people entered by two villages."""

from django.urls import path

from enrollment.duplicates import views

urlpatterns = [
    path("", views.duplicate_list, name="duplicate_list"),
    path("sudah-tahu/", views.duplicate_told, name="duplicate_told"),
    path("jawaban/", views.duplicate_answers, name="duplicate_answers"),
    path("<uuid:public_id>/", views.duplicate_decide, name="duplicate_decide"),
    path("<uuid:public_id>/batal/", views.duplicate_undo, name="duplicate_undo"),
]
