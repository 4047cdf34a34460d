"""Files for BPJS about a decree, and its answers."""

from django.urls import path

from enrollment.registrations import answer_views, views

urlpatterns = [
    path("<uuid:pk>/bpjs/", views.registration, name="registration"),
    path("<uuid:pk>/bpjs/orang/", views.registration_people, name="registration_people"),
    path("<uuid:pk>/bpjs/isian/", views.registration_defaults, name="registration_defaults"),
    path("<uuid:pk>/bpjs/ditolak/", views.registration_refused, name="registration_refused"),
    path("bpjs/<uuid:pk>/", views.batch_detail, name="batch_detail"),
    path("bpjs/<uuid:pk>/batal/", views.batch_withdraw, name="batch_withdraw"),
    path("bpjs/<uuid:pk>/berkas/<int:part>.xlsx", views.batch_file, name="batch_file"),
    path("bpjs/<uuid:pk>/jawaban/", answer_views.answers_upload, name="answers_upload"),
    path("bpjs/jawaban/<uuid:pk>/", answer_views.answers_detail, name="answers_detail"),
    path("bpjs/jawaban/<uuid:pk>/arti/", answer_views.answers_explain, name="answers_explain"),
    path("bpjs/jawaban/<uuid:pk>/pilih/", answer_views.answers_settle, name="answers_settle"),
    path("bpjs/jawaban/<uuid:pk>/simpan/", answer_views.answers_take, name="answers_take"),
    path(
        "bpjs/jawaban/<uuid:pk>/kembalikan/",
        answer_views.answers_take_back,
        name="answers_take_back",
    ),
]
