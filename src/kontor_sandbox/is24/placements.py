"""On-top placements: for published objects only, gone when an object is no longer live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kontor_sandbox.is24.errors import Refusal, invalid, messages, not_found
from kontor_sandbox.is24.keeping import MAIN_CHANNEL, channels_of, find_realestate, realestate
from kontor_sandbox.is24.nodes import Node
from kontor_sandbox.is24.operations import CREATED, DELETED, USER, Call, Operations, Reply, expect
from kontor_sandbox.store import Row, find, rows
from kontor_sandbox.world import moment, stamp

KINDS = ("topplacement", "premiumplacement", "showcaseplacement")
SETTINGS: dict[str, object] = {"placement_hours": 24}
OPERATIONS = Operations()
PlacementAction = Callable[[Call, str, Row], None]


def _place(call: Call, kind: str, row: Row) -> None:
    if MAIN_CHANNEL not in channels_of(call.db, row["realestate_id"]):
        raise invalid(f"{kind} : real estate with id {row['realestate_id']} is not published")
    made = call.db.execute(
        "INSERT OR IGNORE INTO is24_placement VALUES (?, ?, ?)", (row["realestate_id"], kind, call.stamp)
    )
    if not made.rowcount:
        raise invalid(f"{kind} : real estate with id {row['realestate_id']} is placed already")


def _take_away(call: Call, kind: str, row: Row) -> None:
    found = _placement(call, kind, row)
    free_at = moment(found["began_at"]) + timedelta(hours=float(call.world.setting("placement_hours")))
    if call.now < free_at:
        raise invalid(f"[{kind}] can not be deleted before {stamp(free_at)}")
    call.db.execute(
        "DELETE FROM is24_placement WHERE realestate_id = ? AND kind = ?", (row["realestate_id"], kind)
    )


def _placement(call: Call, kind: str, row: Row) -> Row:
    found = find(
        call.db,
        "SELECT * FROM is24_placement WHERE realestate_id = ? AND kind = ?",
        *(row["realestate_id"], kind),
    )
    if found is None:
        raise not_found()
    return found


def _entry(root: Node, kind: str, reference: str, code: str, text: str, began_at: str = "") -> None:
    entry = root.add(kind, realestateid=reference)
    entry.add("messageCode", code)
    entry.add("message", text)
    if began_at:
        entry.add("servicePeriod").add("dateFrom", began_at)


def _single(kind: str) -> None:
    path = f"{USER}/realestate/{{realestate}}/{kind}"

    @OPERATIONS.add("POST", path)
    def create(call: Call) -> Reply:
        row = realestate(call)
        _place(call, kind, row)
        text = f"Resource [{kind}] with id [] has been created."
        return Reply(200, messages(CREATED, text), str(row["realestate_id"]))

    @OPERATIONS.add("GET", path)
    def read(call: Call) -> Reply:
        row = realestate(call)
        found = _placement(call, kind, row)
        root = Node(f"{kind}:{kind}s")
        _entry(
            root, kind, str(row["realestate_id"]), "MESSAGE_OPERATION_SUCCESSFUL", "placed", found["began_at"]
        )
        return Reply(200, root, str(row["realestate_id"]))

    @OPERATIONS.add("DELETE", path)
    def remove(call: Call) -> Reply:
        row = realestate(call)
        _take_away(call, kind, row)
        text = f"Resource [{kind}] with id [] has been deleted."
        return Reply(200, messages(DELETED, text), str(row["realestate_id"]))


def _several(kind: str) -> None:
    path = f"{USER}/{kind}"

    @OPERATIONS.add("POST", f"{path}/list")
    def create(call: Call) -> Reply:
        node = call.sent()
        expect(node, f"{kind}:{kind}s")
        references = [child.attributes.get("realestateid", "") for child in node.all(kind)]
        return _each(call, kind, references, CREATED, "placed", _place)

    @OPERATIONS.add("GET", f"{path}/all")
    def listing(call: Call) -> Reply:
        root = Node(f"{kind}:{kind}s")
        for row in _placed(call, kind):
            _entry(
                root,
                kind,
                str(row["realestate_id"]),
                "MESSAGE_OPERATION_SUCCESSFUL",
                "placed",
                row["began_at"],
            )
        return Reply(200, root)

    @OPERATIONS.add("DELETE", f"{path}/list")
    def remove(call: Call) -> Reply:
        references = [part for part in call.query.get("realestateids", "").split(",") if part]
        _once_a_day(call, kind)
        return _each(call, kind, references, DELETED, "no longer placed", _take_away)

    @OPERATIONS.add("DELETE", f"{path}/all")
    def remove_all(call: Call) -> Reply:
        references = [str(row["realestate_id"]) for row in _placed(call, kind)]
        _once_a_day(call, kind)
        return _each(call, kind, references, DELETED, "no longer placed", _take_away)


def _placed(call: Call, kind: str) -> list[Row]:
    return rows(
        call.db,
        "SELECT is24_placement.* FROM is24_placement JOIN is24_realestate USING (realestate_id)"
        " WHERE account_id = ? AND kind = ? ORDER BY realestate_id",
        *(call.account_id, kind),
    )


def _once_a_day(call: Call, kind: str) -> None:
    last = find(
        call.db,
        "SELECT at FROM is24_bulk_removal WHERE account_id = ? AND kind = ?",
        *(call.account_id, kind),
    )
    if last is not None and call.now < moment(last["at"]) + timedelta(hours=24):
        raise invalid(f"[{kind}] lists can be deleted once in 24 hours")
    call.db.execute(
        "INSERT OR REPLACE INTO is24_bulk_removal VALUES (?, ?, ?)", (call.account_id, kind, call.stamp)
    )


def _each(call: Call, kind: str, references: list[str], code: str, text: str, act: PlacementAction) -> Reply:
    root = Node(f"{kind}:{kind}s")
    for reference in references:
        row = find_realestate(call.db, call.account_id, reference)
        try:
            if row is None:
                raise not_found()
            act(call, kind, row)
        except Refusal as refusal:
            _entry(root, kind, reference, refusal.code, refusal.text)
        else:
            _entry(root, kind, reference, code, text)
    return Reply(200, root)


for _kind in KINDS:
    _single(_kind)
    _several(_kind)
