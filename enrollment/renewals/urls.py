from django.urls import path

from enrollment.renewals import reverify_views, views

urlpatterns = [
    path("<uuid:pk>/perpanjangan/", views.renewal, name="renewal"),
    path("<uuid:pk>/perpanjangan/tautkan/", views.link, name="renewal_link"),
    path("<uuid:pk>/perpanjangan/lepas/", views.unlink, name="renewal_unlink"),
    path("<uuid:pk>/perpanjangan/mulai/", views.begin, name="renewal_begin"),
    path("<uuid:pk>/perpanjangan/ambil/", views.take, name="renewal_take"),
    path("<uuid:pk>/verifikasi-ulang/", reverify_views.reverification, name="reverification"),
    path(
        "<uuid:pk>/verifikasi-ulang/aturan/",
        reverify_views.reverification_rule,
        name="reverification_rule",
    ),
    path("<uuid:pk>/jeda/", views.gap, name="renewal_gap"),
    path("<uuid:pk>/jeda/orang/", views.gap_people, name="renewal_gap_people"),
    path("<uuid:pk>/bayar-sendiri/", views.notes_of, name="renewal_notes"),
]
"""Below /program/."""

settings = [path("surat-bayar-sendiri/", views.self_pay_text, name="self_pay_text")]
"""Below /pengaturan/."""
