"""What bad files get: a clear problem with code, field and row; nothing lost, nothing half-written."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from tests.goods.imports import steps
from tests.plugins.api import Caller

from kontor.core.config import settings
from kontor.core.tenancy import tenant
from kontor.goods.imports import files
from kontor.goods.imports.models import Import

Drain = Callable[..., int]
HEADING = "sku,title,price,quantity,gtin,currency"


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (20, 20)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "tabular.empty"),
        (b"  \r\n\r\n", "tabular.empty"),
        (picture(), "tabular.not_a_table"),
        (b"PK\x03\x04[Content_Types].xml", "tabular.not_a_table"),
        (b'{"sku": "A"}', "tabular.not_a_table"),
        (b"<!doctype html><html></html>", "tabular.not_a_table"),
        (b"sku,title,price\r\n", "tabular.no_records"),
        (b'"sku,title\r\nA,B\r\n', "tabular.heading"),
        (b",,,\r\nA,B,C,D\r\n", "tabular.heading"),
    ],
)
def test_what_is_no_table_is_refused_whole(api: Caller, content: bytes, code: str) -> None:
    answer = api.post("/imports", files={"file": ("list.csv", content, "text/csv")})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert api.get("/imports").json()["items"] == []
    folder = files.path_of(api.tenant_id, api.tenant_id).parent
    assert not folder.exists() or not list(folder.iterdir())


def test_larger_than_we_take(api: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_upload_size", 2_000)
    answer = api.post(
        "/imports", files={"file": ("list.csv", b"sku,title\r\n" + b"A,B\r\n" * 1_000, "text/csv")}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_no_file_at_all(api: Caller) -> None:
    answer = api.post("/imports", files={"other": ("list.csv", b"sku,title\r\n", "text/csv")})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert api.post("/imports", data={"file": "text"}).status_code == 415


def test_a_file_name_that_leads_elsewhere(api: Caller) -> None:
    made = steps.upload(api, steps.simple(1), name="../../etc/passwd.csv")
    assert made["file_name"] == "passwd.csv"


def test_rows_that_can_not_be_taken(api: Caller, drain: Drain) -> None:
    rows = [
        ("A", "Fine", "1.00", 1, "4006381333931", "EUR"),
        ("B", "Negative stock", "1.00", -4, "", "EUR"),
        ("C", "Wrong check digit", "1.00", 1, "4006381333932", "EUR"),
        ("D", "Unknown currency", "1.00", 1, "", "XXQ"),
        ("A", "Twice in the file", "1.00", 1, "", "EUR"),
        ("", "No SKU", "1.00", 1, "", "EUR"),
        ("E", "Formula", "=1+1", 1, "", "EUR"),
        ("F", "", "1.00", 1, "", "EUR"),
        ("G", "x" * 501, "1.00", 1, "", "EUR"),
        ("H", "=HYPERLINK(1)", "1.00", 1, "", "EUR"),
        ("I", "Negative price", "-1.00", 1, "", "EUR"),
        ("J", "Rounded", "1.00", 1, "4,00638E+12", "EUR"),
    ]
    started = steps.begin(api, steps.sheet(HEADING, *rows))
    drain(["imports.run"])
    assert steps.refusals(api, started["id"]) == {
        3: "quantity.negative",
        4: "gtin.check_digit",
        5: "currency.unknown",
        6: "sku.duplicate_in_file",
        7: "sku.missing",
        8: "price.unreadable",
        9: "title.missing",
        10: "text.too_long",
        12: "price.negative",
        13: "gtin.scientific",
    }
    assert steps.listings(api).keys() == {"A", "H"}
    page = api.get(f"/imports/{started['id']}/refusals", params={"limit": 2}).json()
    first = page["items"][0]
    assert (first["row"], first["column"], first["field"], first["sku"]) == (3, "quantity", "quantity", "B")
    assert "-4" in first["message"]


def test_broken_quotes_cost_only_their_row(api: Caller, drain: Drain) -> None:
    content = 'sku,title,price\r\nA,Fine,1.00\r\nB,"Monitor 24" wide",2.00\r\nC,Fine,3.00\r\n'
    started = steps.begin(api, content)
    drain(["imports.run"])
    assert steps.refusals(api, started["id"]) == {3: "tabular.quote"}
    assert steps.listings(api).keys() == {"A", "C"}


def test_a_line_of_many_megabytes_costs_only_its_row(api: Caller, drain: Drain) -> None:
    content = b"sku,title,price\r\nA,Fine,1.00\r\nB," + b"x" * (20 << 20) + b",2.00\r\nC,Fine,3.00\r\n"
    made = steps.upload(api, content.decode())
    drain(["imports.count"])
    steps.enter(api, made["id"])
    started = api.post(f"/imports/{made['id']}/start", json={"update_existing": False}).json()
    drain(["imports.run"])
    assert steps.refusals(api, started["id"]) == {3: "tabular.record_too_long"}
    assert steps.listings(api).keys() == {"A", "C"}
    assert len(api.get(f"/imports/{made['id']}/refused.csv").content) < 200_000


def test_a_file_that_can_not_be_read_to_its_end_can_not_be_started(api: Caller, drain: Drain) -> None:
    made = steps.upload(api, "sku;title\n" + "A;Fine\n" * 300 + 'x";"y\n' * 400_000)
    assert made["rows"] is None
    drain(["imports.count"])
    found = steps.enter(api, made["id"])
    assert [problem["code"] for problem in found["missing"]] == ["tabular.quotes_hopeless"]
    answer = api.post(f"/imports/{made['id']}/start", json={"update_existing": False})
    assert (answer.status_code, answer.json()["code"]) == (422, "mapping.incomplete")
    assert steps.listings(api) == {}


def test_bytes_of_another_encoding_cost_only_their_row(api: Caller, drain: Drain) -> None:
    rows = [f"S-{n},Grüße aus Lübeck {n},1.00\r\n".encode() for n in range(20)]
    rows[7] = "S-7,Grüße,1.00\r\n".encode("cp1252")
    started = steps.begin(api, b"sku,title,price\r\n" + b"".join(rows))
    drain(["imports.run"])
    assert steps.refusals(api, started["id"]) == {9: "tabular.encoding"}
    assert steps.listings(api)["S-3"]["title"] == "Grüße aus Lübeck 3"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_of_shops_and_spreadsheets(
    api: Caller, drain: Drain, codec: str, delimiter: str
) -> None:
    lines = [
        "Artikelnummer|Bezeichnung|Preis|Bestand",
        *(f'S-{n}|Türschild "Öl" {n}|"1.234,50"|{n}' for n in range(4)),
    ]
    content = "\r\n".join(lines).replace("|", delimiter).encode(codec)
    started = steps.begin(api, content)
    drain(["imports.run"])
    found = steps.listings(api)
    assert found.keys() == {"S-0", "S-1", "S-2", "S-3"}
    assert found["S-2"]["title"] == 'Türschild "Öl" 2'
    assert found["S-2"]["price"]["minor"] == 123450
    assert steps.get(api, started["id"])["refused"] == 0


def test_scripts_in_descriptions_are_taken_out(api: Caller, drain: Drain) -> None:
    html = '<p onclick="x()">Fine</p><script>alert(1)</script>'
    steps.begin(api, steps.sheet("sku,title,price,description_html", ("A", "Fine", "1.00", html)))
    drain(["imports.run"])
    listing_id = steps.listings(api)["A"]["id"]
    assert api.get(f"/listings/{listing_id}").json()["description"] == {"de": "<p>Fine</p>"}


def test_a_picture_without_address_is_the_listing_s_problem(api: Caller, drain: Drain) -> None:
    rows = [
        ("A", "Fine", "1.00", "kein Bild"),
        ("B", "Fine", "1.00", ""),
        ("C", "Fine", "1.00", "|".join(f"https://pictures.example/{n}.jpg" for n in range(30))),
        ("D", "Fine", "1.00", "https://" + "x" * 2_100 + ".example/a.jpg"),
    ]
    started = steps.begin(api, steps.sheet("sku,title,price,image_urls", *rows))
    drain(["imports.run"])
    assert steps.get(api, started["id"])["refused"] == 0
    found = steps.changes(api, started["id"])
    assert [problem["code"] for problem in found["A"]["problems"]] == ["image.no_address"]
    assert [problem["code"] for problem in found["C"]["problems"]] == ["image.too_many"]
    assert [problem["code"] for problem in found["D"]["problems"]] == ["image.no_address"]
    assert found["B"]["problems"] == []
    with_problems = steps.every(api, "/listings", problem="true")
    assert {row["reference"] for row in with_problems} == {"A", "D"}
    product = api.get(f"/listings/{found['A']['listing_id']}").json()
    assert [picture["problem"]["code"] for picture in product["pictures"]] == ["image.no_address"]

    steps.begin(api, steps.sheet("sku,title,price,image_urls", ("A", "Fine", "1.00", "https://pictures.example/a.jpg")),
                update_existing=True)  # fmt: skip
    drain(["imports.run"])
    product = api.get(f"/listings/{found['A']['listing_id']}").json()
    assert [picture["source_url"] for picture in product["pictures"]] == ["https://pictures.example/a.jpg"]


def test_the_file_of_refused_rows_is_mended_and_comes_back(api: Caller, drain: Drain) -> None:
    content = (
        "Artikelnummer;Bezeichnung;Preis\r\nA;Gut;1,00\r\nB;=cmd|x;teuer\r\nC;Grüße;auch teuer\r\n".encode(
            "cp1252"
        )
    )
    started = steps.begin(api, content)
    drain(["imports.run"])
    answer = api.get(f"/imports/{started['id']}/refused.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "artikel-refused.csv" in answer.headers["content-disposition"]
    text = answer.content.decode("cp1252")
    lines = text.splitlines()
    assert lines[0] == "Artikelnummer;Bezeichnung;Preis;kontor_error_column;kontor_error"
    assert lines[1].startswith("B;'=cmd|x;teuer;Preis;")
    assert len(lines) == 3
    mended = text.replace("auch teuer", "3,00").replace("teuer;Preis", "2,00;Preis")
    made = steps.upload(api, mended.encode("cp1252"))
    assert made["remembered"]
    assert api.post(f"/imports/{made['id']}/start", json={"update_existing": False}).status_code == 202
    drain(["imports.run"])
    found = steps.listings(api)
    assert found.keys() == {"A", "B", "C"}
    assert found["B"]["title"] == "=cmd|x"


def test_a_file_that_is_gone_is_said(api: Caller, drain: Drain) -> None:
    started = steps.begin(api, steps.simple(2))
    files.path_of(api.tenant_id, started["id"]).unlink()
    drain(["imports.run"])
    failed = steps.get(api, started["id"])
    assert (failed["state"], failed["problem"]["code"]) == ("failed", "import.file_gone")
    with tenant(api.tenant_id):
        assert Import.objects.get().position == 0


def test_what_the_catalogue_refuses_refuses_every_row_of_the_product(api: Caller, drain: Drain) -> None:
    steps.begin(api, steps.sheet("sku,title,price", ("A-S", "One", "1.00"), ("A-M", "Another", "1.00")))
    drain(["imports.run"])
    rows = [("A-S", "A", "Shirt", "1.00", "S"), ("A-M", "A", "Shirt", "1.00", "M")]
    content = steps.sheet("sku,parent_sku,title,price,size", *rows, ("B", "", "Bag", "1.00", ""))
    started = steps.begin(api, content, update_existing=True)
    drain(["imports.run"])
    assert steps.refusals(api, started["id"]) == {2: "goods.sku_split", 3: "group.sibling_refused"}
    assert steps.listings(api).keys() == {"A-S", "A-M", "B"}
    assert steps.listings(api)["A-S"]["title"] == "One"


def test_more_aspects_than_a_product_may_have(api: Caller, drain: Drain) -> None:
    names = [f"c{n}" for n in range(120)]
    made = steps.upload(api, steps.sheet(",".join(["sku", "title", *names]), ["A", "Fine", *names]))
    columns = [{"index": n + 2, "target": f"aspect:{name}"} for n, name in enumerate(names)]
    assert (
        api.put(f"/imports/{made['id']}/mapping", json={"columns": columns}, headers=steps.ANY).status_code
        == 200
    )
    api.post(f"/imports/{made['id']}/start", json={"update_existing": False})
    drain(["imports.run"])
    assert steps.refusals(api, made["id"]) == {2: "goods.aspects.too_many"}
    assert steps.get(api, made["id"])["state"] == "done"


def test_a_title_that_no_channel_takes_is_kept_whole(api: Caller, drain: Drain) -> None:
    title = "Leinenschürze " * 35
    started = steps.begin(api, steps.sheet("sku,title,price", ("A", title, "39.00")))
    drain(["imports.run"])
    assert steps.refusals(api, started["id"]) == {}
    assert steps.listings(api)["A"]["title"] == title.strip()
