"""How annexes are arranged, among the settings of a regency."""

from django.urls import path

from enrollment.decrees.annexes.arranging import views

settings = [
    path("susunan-lampiran/", views.annex_arrangement, name="annex_arrangement"),
    path("susunan-lampiran/contoh/", views.annex_arrangement_shown, name="annex_arrangement_shown"),
    path("susunan-lampiran/bawaan/", views.annex_arrangement_back, name="annex_arrangement_back"),
]
