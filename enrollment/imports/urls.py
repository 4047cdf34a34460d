"""Addresses of this room: lists on their way in."""

from django.urls import path

from enrollment.imports import (
    matching_views,
    mending_views,
    merging_views,
    template_views,
    views,
)

urlpatterns = [
    path("impor/", views.import_list, name="import_list"),
    path("impor/baru/", views.import_new, name="import_new"),
    path("impor/templat/", template_views.import_template, name="import_template"),
    path("impor/<uuid:pk>/", views.import_detail, name="import_detail"),
    path("impor/<uuid:pk>/kolom/", matching_views.import_columns, name="import_columns"),
    path("impor/<uuid:pk>/baris/", views.import_rows, name="import_rows"),
    path("impor/<uuid:pk>/perbedaan/", merging_views.import_differences, name="import_differences"),
    path(
        "impor/<uuid:pk>/perbedaan/<int:position>/",
        merging_views.import_difference,
        name="import_difference",
    ),
    path("impor/<uuid:pk>/batal/", merging_views.import_undo, name="import_undo"),
    path("impor/<uuid:pk>/simpan/", views.import_take, name="import_take"),
    path("impor/<uuid:pk>/buang/", views.import_discard, name="import_discard"),
    path("impor/<uuid:pk>/perbaikan/", views.import_returned, name="import_returned"),
    path("impor/<uuid:pk>/perbaiki/", mending_views.import_mend, name="import_mend"),
    path(
        "impor/<uuid:pk>/perbaiki/<int:position>/",
        mending_views.import_row_mend,
        name="import_row_mend",
    ),
    path(
        "impor/<uuid:pk>/perbaiki/simpan/",
        mending_views.import_take_mended,
        name="import_take_mended",
    ),
    path("periksa/daftar/", views.list_check, name="list_check"),
]
