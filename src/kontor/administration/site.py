"""Django's site: log-in with a second factor, a choice of tenants, and no other way in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.contrib.auth import login as begin_session
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from kontor.accounts.models import Person, Tenant
from kontor.administration.entering import PROVEN_BY, LogInForm
from kontor.administration.middleware import TENANT, chosen_tenant
from kontor.administration.words import later, say
from kontor.audit import service as audit
from kontor.core.cause import causing
from kontor.core.tenancy import tenant

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Administration(AdminSite):
    """The one site of this installation."""

    site_header = site_title = later("title")
    site_url = "/"
    enable_nav_sidebar = False
    login_template = "administration/login.html"
    index_template = "administration/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """People who run the house, in a session that began with a second factor."""
        person = request.user
        is_operator = isinstance(person, Person) and person.is_active and person.is_staff
        return is_operator and bool(request.session.get(PROVEN_BY))

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Django's, with the choice of tenants; passwords are changed in the web UI, where everything else is told."""
        kept = [each for each in super().get_urls() if getattr(each, "name", "") not in UNUSED]
        away = RedirectView.as_view(url=self.site_url)
        return [
            path("tenants/", self.admin_view(self.tenants), name="tenants"),
            path("password_change/", away, name="password_change"),
            *kept,
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page knows."""
        known = super().each_context(request)
        shown = chosen_tenant(request) if known["has_permission"] else None
        return {**known, "tenant": shown, "words": {name: say(name) for name in SHOWN_WORDS}}

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Address, password and second factor; begins a session of an hour."""
        form = LogInForm(request, data=request.POST or None)
        if request.method == "POST" and form.is_valid():
            begin_session(request, form.get_user(), backend=BACKEND)
            request.session[PROVEN_BY] = form.method
            return HttpResponseRedirect(_next(request))
        context = {
            **self.each_context(request),
            "form": form,
            "title": "",
            "next": request.GET.get("next", ""),
        }
        return TemplateResponse(request, self.login_template, {**context, **(extra_context or {})})

    def tenants(self, request: HttpRequest) -> HttpResponse:
        """The businesses of this installation by name; entering one is noted there."""
        if request.method == "POST":
            return self._entered(request, request.POST.get("tenant", ""))
        rows = Tenant.objects.order_by("name", "id")
        context = {**self.each_context(request), "title": say("choose"), "tenants": rows}
        return TemplateResponse(request, "administration/tenants.html", context)

    def _entered(self, request: HttpRequest, given: str) -> HttpResponse:
        try:
            chosen = get_object_or_404(Tenant, id=UUID(given))
        except ValueError as error:
            raise Http404 from error
        person = request.user
        assert isinstance(person, Person)
        with (
            causing({"kind": "person", "id": str(person.id), "label": person.name}),
            tenant(chosen.id),
        ):
            audit.record(
                "administration.entered",
                entity_kind="tenant",
                entity_id=str(chosen.id),
                entity_label=chosen.name,
                after={"second_factor": request.session[PROVEN_BY]},
            )
        request.session[TENANT] = str(chosen.id)
        return HttpResponseRedirect(reverse("admin:index"))


UNUSED = {"password_change", "password_change_done", "autocomplete", "view_on_site"}
SHOWN_WORDS = ("chosen", "choose", "enter", "other", "noted")


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("admin:tenants")


site = Administration()
