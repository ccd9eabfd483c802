"""The story that runs itself says in words and in its report why it can't begin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kontor.demo.once import main


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("SKU;Titel;Preis\n", "a heading but no rows"),
        ("", "empty"),
        ("Wann;Wo\nheute;hier\n", "columns have to be mapped"),
        (None, "No such file"),
    ],
)
def test_a_file_without_goods_ends_with_a_sentence_and_a_report(
    tmp_path: Path, content: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, report = tmp_path / "goods.csv", tmp_path / "report.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SystemExit) as ended:
        main(["--file", str(file), "--report", str(report)])
    assert ended.value.code == 1
    written = json.loads(report.read_text())
    assert said in written["failures"][0]
    assert said in capsys.readouterr().err
    assert (written["rows"], written["live"]) == (0, 0)
