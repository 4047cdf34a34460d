"""URLs of imports."""

from django.urls import path

from enrollment.imports.pages import columns, differences, lists, mending

urlpatterns = [
    path("impor/", lists.import_list, name="import_list"),
    path("impor/baru/", lists.import_new, name="import_new"),
    path("impor/<uuid:pk>/", lists.import_detail, name="import_detail"),
    path("impor/<uuid:pk>/kolom/", columns.import_columns, name="import_columns"),
    path("impor/<uuid:pk>/baris/", lists.import_rows, name="import_rows"),
    path("impor/<uuid:pk>/perbedaan/", differences.import_differences, name="import_differences"),
    path(
        "impor/<uuid:pk>/perbedaan/<int:position>/",
        differences.import_difference,
        name="import_difference",
    ),
    path("impor/<uuid:pk>/batal/", differences.import_undo, name="import_undo"),
    path("impor/<uuid:pk>/simpan/", lists.import_take, name="import_take"),
    path("impor/<uuid:pk>/lanjutkan/", lists.import_release, name="import_release"),
    path("impor/<uuid:pk>/buang/", lists.import_discard, name="import_discard"),
    path("impor/<uuid:pk>/perbaikan/", lists.import_returned, name="import_returned"),
    path("impor/<uuid:pk>/perbaiki/", mending.import_mend, name="import_mend"),
    path(
        "impor/<uuid:pk>/perbaiki/<int:position>/",
        mending.import_row_mend,
        name="import_row_mend",
    ),
    path(
        "impor/<uuid:pk>/perbaiki/simpan/",
        mending.import_take_mended,
        name="import_take_mended",
    ),
    path("periksa/daftar/", lists.list_check, name="list_check"),
]
