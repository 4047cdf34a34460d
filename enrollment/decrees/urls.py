"""Keputusan Bupati: drafted, issued, and its annex downloaded."""

from django.urls import path

from enrollment.decrees import views
from enrollment.decrees.annexes.urls import urlpatterns as pdfs
from enrollment.decrees.letters.urls import urlpatterns as letters

urlpatterns = [
    path("", views.decree_list, name="decree_list"),
    path("baru/", views.decree_new, name="decree_new"),
    path("<uuid:pk>/", views.decree_detail, name="decree_detail"),
    path("<uuid:pk>/ubah/", views.decree_change, name="decree_change"),
    path("<uuid:pk>/segarkan/", views.decree_refresh, name="decree_refresh"),
    path("<uuid:pk>/sudah-dibayar/", views.decree_paid, name="decree_paid"),
    path("<uuid:pk>/tidak-ikut/", views.decree_left_out, name="decree_left_out"),
    path("<uuid:pk>/terbitkan/", views.decree_issue, name="decree_issue"),
    path("<uuid:pk>/telaah/", views.decree_review, name="decree_review"),
    path("<uuid:pk>/bekukan/", views.decree_freeze, name="decree_freeze"),
    path("<uuid:pk>/hentikan/", views.decree_stop, name="decree_stop"),
    path("<uuid:pk>/buka-lagi/", views.decree_open_again, name="decree_open_again"),
    path("<uuid:pk>/buang/", views.decree_discard, name="decree_discard"),
    path("<uuid:pk>/terdaftar/", views.decree_register, name="decree_register"),
    path("<uuid:pk>/terdaftar/batal/", views.registration_undo, name="registration_undo"),
    path("<uuid:pk>/lampiran/", views.annex_progress, name="annex_progress"),
    path("<uuid:pk>/lampiran/siapkan/", views.annex_again, name="annex_again"),
    path("<uuid:pk>/lampiran/lengkap.xlsx", views.annex_full, name="annex_full"),
    path("<uuid:pk>/lampiran/untuk-diumumkan.xlsx", views.annex_masked, name="annex_masked"),
    *pdfs,
    *letters,
]
