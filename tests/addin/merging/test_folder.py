"""Which files of a folder are workbooks that somebody sent."""

from pathlib import Path

from addin.merging.folder import workbooks_in


def test_workbooks_at_any_depth_by_name_but_not_what_programs_leave_behind(tmp_path: Path) -> None:
    for name in (
        "乙.xlsx",
        "甲.XLSM",
        "河南 分行/1.xls",
        "河南 分行/~$1.xls",
        ".隐藏/2.xlsx",
        "汇总.xlsx",
        "读我.docx",
        "包.zip",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"12345")
    found = list(workbooks_in(tmp_path, tmp_path / "汇总.xlsx"))
    assert [each.name for each in found] == sorted(["乙.xlsx", "包.zip", "河南 分行/1.xls", "甲.XLSM"])
    assert [each.size for each in found] == [5] * 4
    assert Path(found[0].path).read_bytes() == b"12345"
