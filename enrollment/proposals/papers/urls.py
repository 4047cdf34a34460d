from django.urls import path

from enrollment.proposals.papers.pages import printing, views

urlpatterns = [
    path("<uuid:pk>/naskah/", views.paper_list, name="paper_list"),
    path("<uuid:pk>/naskah/buat/", views.paper_make, name="paper_make"),
    path("naskah/<uuid:pk>/", views.paper_detail, name="paper_detail"),
    path("naskah/<uuid:pk>/pernyataan/", printing.statement, name="paper_statement"),
    path("naskah/<uuid:pk>/berita-acara/", printing.minutes, name="paper_minutes"),
    path("naskah/<uuid:pk>/daftar/", printing.people, name="paper_people"),
    path("naskah/<uuid:pk>/kertas-<slug:size>.css", printing.stylesheet, name="paper_sheet"),
    path("naskah/<uuid:pk>/pindaian/", views.paper_scan, name="paper_scan"),
    path("naskah/pindaian/<uuid:pk>/", views.scan_download, name="scan_download"),
]
"""Below /usulan/."""

settings = [path("<uuid:pk>/naskah/", views.paper_rule, name="paper_rule")]
"""Below /program/."""
