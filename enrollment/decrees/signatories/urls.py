"""Who signs the decrees of a regency."""

from django.urls import path

from enrollment.decrees.signatories import views

urlpatterns = [
    path("penandatangan/", views.signatory_list, name="signatory_list"),
    path("penandatangan/baru/", views.signatory_new, name="signatory_new"),
    path("penandatangan/<int:pk>/", views.signatory_change, name="signatory_change"),
]
