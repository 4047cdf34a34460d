from django.urls import path

from enrollment.routes import views

urlpatterns = [path("<uuid:pk>/jalur/", views.routes, name="programme_routes")]
"""Below /program/."""
