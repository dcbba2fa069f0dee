"""What is said where a file cannot be written."""

from pathlib import Path

import pytest
import typer

from addin.dialogue import not_written


def said(out: Path, error: OSError, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(typer.Exit) as left:
        not_written(out, error)
    assert left.value.exit_code == 1
    return capsys.readouterr().err


def test_a_file_that_is_open_gets_another_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Windows refuses to replace a file that Excel has open, with just this error."""
    (tmp_path / "结果.xlsx").touch()
    text = said(tmp_path / "结果.xlsx", PermissionError(13, "Permission denied"), capsys)
    assert "先关闭" in text
    assert f'--out "{tmp_path / "结果 (2).xlsx"}"' in text


def test_a_full_disk_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(tmp_path / "结果.xlsx", OSError(28, "No space left on device"), capsys)
    assert "No space left on device" in text
    assert "没有改动" in text


def test_a_missing_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有文件夹" in said(tmp_path / "没有" / "结果.xlsx", FileNotFoundError(2, "No such file"), capsys)
