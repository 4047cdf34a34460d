from django.urls import path

from enrollment.statements import views

urlpatterns = [path("<uuid:pk>/pernyataan/", views.statement_rule, name="statement_rule")]
"""Below /program/."""
