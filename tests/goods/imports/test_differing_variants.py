"""Variants that differ in more than what a buyer chooses: their own attributes and part numbers."""

from __future__ import annotations

from typing import Any

from tests.goods.imports.test_running import Drain, product, run
from tests.plugins.api import Caller

HEADING = "sku,parent_sku,title,price,quantity,size,mpn,Material,Muster\n"
FILE = HEADING + (
    "SC,,Schürze Hafen,,,,,,Uni\n"
    "SC-S,SC,,39.00,3,S,HL-1-S,Leinen,Uni\n"
    "SC-M,SC,,39.00,3,M,HL-1-M,Baumwolle,Uni\n"
)  # fmt: skip


def own(api: Caller) -> dict[str, tuple[str, Any]]:
    variants = product(api, "SC")["variants"]
    return {each["sku"]: (each["mpn"], each["aspects"]) for each in variants}


def test_what_differs_is_kept_with_the_variant_and_the_rest_with_the_product(
    api: Caller, drain: Drain
) -> None:
    run(api, drain, FILE)
    assert own(api) == {
        "SC-S": ("HL-1-S", {"Material": ["Leinen"]}),
        "SC-M": ("HL-1-M", {"Material": ["Baumwolle"]}),
    }
    found = product(api, "SC")
    assert (found["mpn"], found["aspects"]) == ("", {"Muster": ["Uni"]})
    assert run(api, drain, FILE, update=True)["unchanged"] == 1


def test_a_file_in_which_all_are_alike_again_leaves_no_variant_behind(api: Caller, drain: Drain) -> None:
    run(api, drain, FILE)
    alike = FILE.replace("Baumwolle", "Leinen").replace("HL-1-M", "HL-1").replace("HL-1-S", "HL-1")
    done = run(api, drain, alike, update=True)
    assert own(api) == {"SC-S": ("", {}), "SC-M": ("", {})}
    assert (product(api, "SC")["mpn"], product(api, "SC")["aspects"]["Material"]) == ("HL-1", ["Leinen"])
    assert api.post(f"/imports/{done['id']}/undo").status_code == 202
    drain(["imports.undo"])
    assert own(api)["SC-M"] == ("HL-1-M", {"Material": ["Baumwolle"]})


def test_a_person_may_say_it_too(api: Caller, drain: Drain) -> None:
    run(api, drain, FILE)
    found = product(api, "SC")
    edit = {"id": found["variants"][0]["id"], "mpn": "NEU-1", "aspects": {"Material": ["Wolle"]}}
    answer = api.patch(
        f"/listings/{found['id']}/variants",
        json={"variants": [edit]},
        headers={"If-Match": f'"{found["revision"]}"'},
    )
    assert answer.status_code == 200, answer.text
    assert own(api)["SC-S"] == ("NEU-1", {"Material": ["Wolle"]})
    assert own(api)["SC-M"] == ("HL-1-M", {"Material": ["Baumwolle"]})
