"""``starscore merge`` as people and programs call it."""

import json
from pathlib import Path

import pytest

from tests.addin.command_line import run
from tests.addin.merging.making import MONTHLY, sealed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("收到")
    sealed(place / "河南" / "0.xlsx", 0)
    (place / "坏.xlsx").write_bytes(b"PK\3\4")
    return place


def test_everything_in_json(folder: Path, tmp_path: Path) -> None:
    names = tmp_path / "名单.csv"
    names.write_text("填报单位\n第00000支行\n第00009支行\n", encoding="utf-8")
    code, out, _ = run("merge", folder, "--out", tmp_path / "汇总.xlsx", "--expect", names, "--workers", 1, "--json")
    content = json.loads(out)
    assert code == 1
    assert content["contests"] == [{
        "scheme": MONTHLY, "version": "2010-07-01", "period": "2026-09",
        "branches": [
            {"branch": "河南", "counted": 1, "missing": 0, "people": 6, "winners": 1},
            {"branch": "第00009支行", "counted": 0, "missing": 1, "people": 0, "winners": 0},
        ],
    }]  # fmt: skip
    assert [(row["unit"], row["state"], row["file"]) for row in content["senders"]] == [
        ("第00009支行", "未报", None), ("", "读不出，未计入", "坏.xlsx"), ("第00000支行", "计入", "河南/0.xlsx"),
    ]  # fmt: skip
    assert {p["sheet"] for p in content["problems"]} == {"坏.xlsx", ""}


def test_for_people_a_table_of_who_has_sent(folder: Path, tmp_path: Path) -> None:
    code, out, _ = run("merge", folder / "河南", "--out", tmp_path / "汇总.xlsx", "--workers", 1)
    assert code == 0
    assert "第00000支行" in out
    assert "计入 1" in out
    assert (tmp_path / "汇总.xlsx").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--expect", "没有.csv"], "没有文件 没有.csv"),
        (["--period", "九月"], "考核期间 九月 不对"),
        (["--workers", "2", "--scheduler", "tcp://h:1"], "只能用一个"),
    ],
)
def test_wrong_use_is_said(folder: Path, tmp_path: Path, words: list[str], said: str) -> None:
    code, _, err = run("merge", folder, "--out", tmp_path / "汇总.xlsx", *words)
    assert (code, said in err) == (2, True)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert run("merge", tmp_path / "没有", "--out", tmp_path / "汇总.xlsx")[0] == 2


def test_an_empty_folder_says_that_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    code, out, _ = run("merge", tmp_path / "in", "--out", tmp_path / "汇总.xlsx")
    assert (code, "没有可以汇总的工作簿" in out) == (1, True)
