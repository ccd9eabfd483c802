"""Developer Analytics API: how many calls are left."""

from __future__ import annotations

from typing import Any

from kontor_sandbox.ebay.limits import day_end, used_today
from kontor_sandbox.ebay.operations import Call, Operations
from kontor_sandbox.exchange import Answer
from kontor_sandbox.world import stamp

OPERATIONS = Operations("developer_analytics_v1_beta", "", caller="any")
_BASE = "/developer/analytics/v1_beta"


def _limits(call: Call) -> Answer:
    wanted_context = call.query.get("api_context", "").lower()
    wanted_name = call.query.get("api_name", "").lower()
    rate_limits: list[dict[str, Any]] = []
    for resource, limit in call.world.setting("daily_limits").items():
        context, name = resource.split(".")
        if (wanted_context and wanted_context != context) or (wanted_name and wanted_name != name):
            continue
        used = used_today(call.db, call.client_id, resource, call.now)
        rate = {
            "count": used,
            "limit": limit,
            "remaining": max(0, limit - used),
            "reset": stamp(day_end(call.now)),
            "timeWindow": 86_400,
        }
        rate_limits.append(
            {
                "apiContext": context,
                "apiName": name.capitalize(),
                "apiVersion": "v1_beta" if name in ("media", "analytics") else "v1",
                "resources": [{"name": resource, "rates": [rate]}],
            }
        )
    return Answer(200, {"rateLimits": rate_limits}) if rate_limits else Answer(204)


for _name in ("rate_limit", "user_rate_limit"):
    for _path in (f"{_BASE}/{_name}/", f"{_BASE}/{_name}"):
        OPERATIONS.add("GET", _path, caller="user" if _name == "user_rate_limit" else "any")(_limits)
