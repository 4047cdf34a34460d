from django.urls import path

from enrollment.limits.views import limit_edit

urlpatterns = [path("batas/", limit_edit, name="limit_edit")]
