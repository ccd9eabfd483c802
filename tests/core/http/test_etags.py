"""Nobody overwrites what they haven't seen."""

from __future__ import annotations

import pytest

from kontor.core.errors import StaleEdit
from kontor.core.http.etags import (
    RevisionNeeded,
    RevisionUnreadable,
    etag,
    expected_revision,
    require_match,
)


def test_the_seen_revision_passes() -> None:
    for header in (etag(7), 'W/"7"', "*"):
        require_match(header, 7, {})


def test_an_older_one_is_refused_with_both_sides() -> None:
    with pytest.raises(StaleEdit) as caught:
        require_match(etag(6), 7, {"title": "Kaffeekanne"})
    assert caught.value.status == 412
    assert caught.value.params == {
        "yours": {"revision": 6},
        "theirs": {"revision": 7, "title": "Kaffeekanne"},
    }


def test_none_or_nonsense_is_refused() -> None:
    with pytest.raises(RevisionNeeded):
        expected_revision(None)
    for header in ("", "seven", '"-1"', '"٧"', '"99999999999999999999"'):
        with pytest.raises(RevisionUnreadable):
            expected_revision(header)
