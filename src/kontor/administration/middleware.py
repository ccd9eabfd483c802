"""The tenant is chosen first; everything behind is one transaction as that tenant, and noted in its audit log."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import resolve, reverse

from kontor.accounts.models import Person, Tenant
from kontor.audit import service as audit
from kontor.core.cause import causing
from kontor.core.tenancy import tenant

TENANT = "tenant"  # in the session
WITHOUT_TENANT = {
    "login",
    "logout",
    "tenants",
    "jsi18n",
    "password_change",
}  # names of addresses that show nothing of anybody
Respond = Callable[[HttpRequest], HttpResponseBase]


class TenantFirst:
    """Django's middleware."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or the way to where a tenant is chosen."""
        from kontor.administration.site import site

        if resolve(request.path_info).url_name in WITHOUT_TENANT or not site.has_permission(request):
            return self._respond(request)
        chosen = chosen_tenant(request)
        if chosen is None:
            return HttpResponseRedirect(reverse("admin:tenants"))
        person = request.user
        assert isinstance(person, Person)
        with (
            causing({"kind": "person", "id": str(person.id), "label": person.name}),
            tenant(chosen.id),
        ):
            note(request, chosen)
            return self._respond(request)


def chosen_tenant(request: HttpRequest) -> Tenant | None:
    """The tenant that this session entered."""
    found = request.session.get(TENANT)
    return Tenant.objects.filter(id=UUID(found)).first() if found else None


def note(request: HttpRequest, chosen: Tenant) -> None:
    """Writes down what is looked at, before it is: an entry that can't be written shows nothing."""
    address = resolve(request.path_info)
    audit.record(
        "administration.read" if request.method == "GET" else "administration.acted",
        entity_kind=(address.url_name or "administration")[:40],
        entity_id=str(address.kwargs.get("object_id", ""))[:64],
        entity_label=chosen.name,
        after={"path": request.get_full_path()[:300]},
    )
