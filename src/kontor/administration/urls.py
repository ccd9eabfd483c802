"""Where the pages are, below `/admin/`."""

from __future__ import annotations

from django.urls import path

from kontor.administration.site import site
from kontor.administration.tables import register

register(site)
urlpatterns = [path("admin/", site.urls)]
