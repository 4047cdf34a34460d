"""The letter of a decree below the decree's address, and its template among the settings."""

from django.urls import path

from enrollment.decrees.letters import views

urlpatterns = [path("<uuid:pk>/surat.docx", views.decree_letter, name="decree_letter")]
settings = [
    path("surat-keputusan/unggah/", views.letter_template, name="letter_template"),
    path("surat-keputusan/templat.docx", views.letter_template_file, name="letter_template_file"),
    path(
        "surat-keputusan/bawaan.docx",
        views.letter_template_default,
        name="letter_template_default",
    ),
    path(
        "surat-keputusan/contoh.docx",
        views.letter_template_preview,
        name="letter_template_preview",
    ),
    path("surat-keputusan/kembali/", views.letter_template_back, name="letter_template_back"),
]
