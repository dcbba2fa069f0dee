"""What is sent, and what had better not be."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.sealing.verify import verify
from addin.sending.parcel import parcel_of
from tests.addin.sealing.making import sealed, typed_in


def test_a_sealed_workbook_goes_with_what_its_seal_says(final: Path) -> None:
    parcel = parcel_of(final)
    seal = verify(final).seal
    assert seal is not None
    assert parcel.problems == ()
    assert parcel.digest == seal.digest
    assert parcel.subject == "服务明星报送：东风路支行　2026年9月　月度服务明星（柜员）（第1版）"
    assert seal.digest in parcel.text
    assert parcel.content == final.read_bytes()


def test_an_unsealed_one_is_warned_of(tmp_path: Path) -> None:
    [problem] = parcel_of(typed_in(tmp_path)).problems
    assert (problem.severity, problem.message) == ("warning", "填报.xlsx 没有定稿，收件人无法复核")


def test_an_altered_one_is_warned_of_with_what_is_wrong(tmp_path: Path) -> None:
    path = sealed(tmp_path)
    book = load_workbook(path)
    book["名册"]["B5"] = "别人"
    book.save(path)
    [problem] = parcel_of(path).problems
    assert problem.message.startswith("定稿.xlsx 复核不通过：")
    assert "别人" in problem.message


def test_two_workbooks_that_are_not_sealed_differ(tmp_path: Path) -> None:
    first = typed_in(tmp_path)
    other = tmp_path / "别的.xlsx"
    other.write_bytes(first.read_bytes() + b"\0")
    assert parcel_of(first).digest != parcel_of(other).digest


def test_a_file_that_is_gone_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        parcel_of(tmp_path / "没有.xlsx")
