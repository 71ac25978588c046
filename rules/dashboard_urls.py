"""The dashboard, whose URL name bears no namespace: every floor leads back to it."""

from django.urls import path

from rules.views import dashboard

urlpatterns = [path("", dashboard.dashboard, name="dashboard")]
