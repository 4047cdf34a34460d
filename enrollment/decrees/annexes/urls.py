"""Annexes as PDF, below the address of their decree."""

from django.urls import path

from enrollment.decrees.annexes import views

urlpatterns = [
    path("<uuid:pk>/lampiran/pdf/", views.annex_pdfs, name="annex_pdfs"),
    path("<uuid:pk>/lampiran/lengkap.docx", views.annex_word_full, name="annex_word_full"),
    path(
        "<uuid:pk>/lampiran/untuk-diumumkan.docx",
        views.annex_word_masked,
        name="annex_word_masked",
    ),
    path("pdf/<uuid:pk>/lengkap.pdf", views.annex_pdf_full, name="annex_pdf_full"),
    path("pdf/<uuid:pk>/untuk-diumumkan.pdf", views.annex_pdf_masked, name="annex_pdf_masked"),
]
