"""Programmes of premium subsidy, and the quotas of their villages."""

from django.urls import path

from enrollment.programmes import budget_views, ground_views, views

urlpatterns = [
    path("", views.programme_list, name="programme_list"),
    path("baru/", views.programme_new, name="programme_new"),
    path("hitung/", views.programme_calculate, name="programme_calculate"),
    path("<uuid:pk>/ubah/", views.programme_edit, name="programme_edit"),
    path("<uuid:pk>/anggaran/", budget_views.budget_page, name="programme_budget"),
    path("<uuid:pk>/tahap/", views.wave_new, name="wave_new"),
    path("<uuid:pk>/dasar-hukum/", ground_views.legal_bases, name="legal_bases"),
    path("<uuid:pk>/dasar-hukum/<int:basis>/", ground_views.basis_change, name="basis_change"),
    path("<uuid:pk>/dasar-hukum/<int:basis>/naik/", ground_views.basis_up, name="basis_up"),
    path(
        "<uuid:pk>/dasar-hukum/<int:basis>/hapus/", ground_views.basis_remove, name="basis_remove"
    ),
    path("<uuid:pk>/dana/", ground_views.payer_change, name="payer_change"),
    path("<uuid:pk>/buka/", views.programme_open, name="programme_open"),
    path("<uuid:pk>/tutup/", views.programme_close, name="programme_close"),
    path("<uuid:pk>/kuota/", views.quota_list, name="quota_list"),
    path("<uuid:pk>/kuota/sekaligus/", views.quota_bulk, name="quota_bulk"),
    path("<uuid:pk>/kuota/<str:area>/", views.quota_change, name="quota_change"),
]

settings = [
    path("tarif/", views.tariff_list, name="tariff_list"),
    path("keringanan/", views.discount_list, name="discount_list"),
    path("dana/", views.fund_list, name="fund_list"),
    path("sektor/", views.sector_list, name="sector_list"),
    *views.QUOTAS.urls("kuota/"),
]
"""Below /pengaturan/."""
