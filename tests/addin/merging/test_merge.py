"""A folder of real workbooks, merged: held against what another reader finds in each of them."""

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.merging import receive as receiving
from addin.merging.book import Merging, senders
from addin.merging.expected import Expected
from addin.merging.journal import journal_of
from addin.merging.merge import Wanted, merge
from addin.merging.receive import Trust, receive_all
from addin.merging.workers import OpenPool, cluster, local
from addin.sealing.seal import seal
from tests.addin.merging.making import DAY, found, sealed, table, typed
from tests.conftest import in_ci
from tests.libreoffice import LibreOffice

RANKING, BRANCHES = "月度服务明星（柜员）", "月度服务明星（柜员）·分行"
EXPECTED = tuple(Expected(f"第{n:05}支行") for n in range(6))


def alter(path: Path) -> None:
    """Raise a total by a point."""
    book = load_workbook(path)
    sheet = book["得分"]
    place = next(cell.column for cell in sheet[4] if cell.value == "总分")
    cell = next(sheet.cell(row, place) for row in range(5, 20) if isinstance(sheet.cell(row, place).value, float))
    cell.value += 1
    book.save(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two outlets of 河南 sealed, one of them again as a copy; of 陕西 one unsealed, one altered, one cut off."""
    place = tmp_path_factory.mktemp("收到的 工作簿")
    sealed(place / "河南" / "0.xlsx", 0)
    first = sealed(place / "河南" / "1.xlsx", 1)
    (place / "河南" / "1 (1).xlsx").write_bytes(first.read_bytes())
    typed(place / "陕西" / "2.xlsx", 2)
    alter(sealed(place / "陕西" / "3.xlsx", 3))
    (place / "陕西" / "4.xlsx").write_bytes(first.read_bytes()[:20_000])
    (place / "陕西" / "说明.docx").write_bytes(b"not a workbook")
    return place


@pytest.fixture(scope="module")
def merged(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Merging]:
    out = tmp_path_factory.mktemp("out") / "汇总.xlsx"
    return out, merge(folder, out, local(2), Wanted(EXPECTED))


def states(merging: Merging) -> dict[str, str]:
    return {str(row[9] or row[1]): str(row[3]) for row in senders(merging)}


def test_what_becomes_of_each_file_and_who_is_missing(merged: tuple[Path, Merging]) -> None:
    assert states(merged[1]) == {
        "河南/0.xlsx": "计入", "河南/1.xlsx": "计入", "河南/1 (1).xlsx": "重复，未计入", "陕西/2.xlsx": "计入",
        "陕西/3.xlsx": "有错误，未计入", "陕西/4.xlsx": "读不出，未计入",
        "第00003支行": "已报，未计入", "第00004支行": "未报", "第00005支行": "未报",
    }  # fmt: skip


def test_each_finding_names_its_file_and_the_cell_in_it(merged: tuple[Path, Merging]) -> None:
    errors = {(p.sheet, p.cell) for p in merged[1].problems if p.is_error and p.sheet}
    assert {file for file, _ in errors} == {"陕西/3.xlsx", "陕西/4.xlsx"}
    assert any(cell.startswith("得分!") for file, cell in errors if file == "陕西/3.xlsx")


def ranked_in(path: Path) -> list[tuple[str, Decimal]]:
    """Everybody who has a rank in a sealed workbook, with the total."""
    rows = table(path, "排名", "名次")
    return [(str(row["工号"]), Decimal(str(row["总分"]))) for row in rows if isinstance(row["名次"], float)]


def test_the_national_ranking_is_that_of_all_totals(folder: Path, merged: tuple[Path, Merging], tmp_path: Path) -> None:
    done = seal(folder / "陕西" / "2.xlsx", tmp_path / "2.xlsx", DAY)
    assert done.seal is not None
    everybody = [
        each for path in (folder / "河南" / "0.xlsx", folder / "河南" / "1.xlsx", tmp_path / "2.xlsx")
        for each in ranked_in(path)
    ]  # fmt: skip
    expected = {identity: 1 + sum(other > total for _, other in everybody) for identity, total in everybody}
    rows = table(merged[0], RANKING, "全国名次")
    assert {str(row["工号"]): row["全国名次"] for row in rows if row["全国名次"] != ""} == expected
    assert {str(row["工号"]): Decimal(str(row["总分"])) for row in rows if row["全国名次"] != ""} == dict(everybody)
    assert len(rows) == 18
    assert [row["全国名次"] for row in rows if row["全国名次"] != ""] == sorted(expected.values())


def test_the_branches_are_added_up(folder: Path, merged: tuple[Path, Merging]) -> None:
    henan, shaanxi = sorted(table(merged[0], BRANCHES, "平均总分")[:2], key=lambda row: str(row["分行"]))
    assert (henan["分行"], henan["计入"], henan["未计入"], henan["人数"]) == ("河南", 2, 0, 12)
    assert (shaanxi["分行"], shaanxi["计入"], shaanxi["人数"]) == ("陕西", 1, 6)
    totals = [
        row["总分"] for n in (0, 1) for row in table(folder / "河南" / f"{n}.xlsx", "得分", "总分")
        if isinstance(row["总分"], float)
    ]  # fmt: skip
    assert henan["平均总分"] == pytest.approx(sum(totals) / len(totals), abs=0.005)
    assert (henan["最高"], henan["最低"]) == (max(totals), min(totals))


def test_the_note_says_that_points_against_the_best_of_an_outlet_do_not_compare(merged: tuple[Path, Merging]) -> None:
    lines = [str(cell.value) for (cell,) in load_workbook(merged[0])[RANKING]["A1:A4"]]
    assert "业务量、差错率" in lines[3]
    assert "仅供参考" in lines[3]


def test_there_is_a_chart_for_means_and_one_for_shares(merged: tuple[Path, Merging]) -> None:
    with zipfile.ZipFile(merged[0]) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    assert len(charts) == 2
    assert all("·分行'!$A$5:$A$6" in chart for chart in charts)


def test_libreoffice_opens_it(merged: tuple[Path, Merging], soffice: LibreOffice, tmp_path: Path) -> None:
    again = soffice.convert(merged[0], "ods", tmp_path)
    assert table(again, RANKING, "全国名次") == table(merged[0], RANKING, "全国名次")


@pytest.mark.parametrize("pool", [local(1), local(3)])
def test_however_many_processes_the_file_is_the_same(
    pool: OpenPool, folder: Path, merged: tuple[Path, Merging], tmp_path: Path
) -> None:
    out = tmp_path / "汇总.xlsx"
    merge(folder, out, pool, Wanted(EXPECTED))
    assert out.read_bytes() == merged[0].read_bytes()


def test_a_dask_cluster_gives_the_same_file(folder: Path, merged: tuple[Path, Merging], tmp_path: Path) -> None:
    try:
        from distributed import LocalCluster
    except ImportError:
        if in_ci():
            raise
        pytest.skip("no Dask: install the extra cluster")
    out = tmp_path / "汇总.xlsx"
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "worker_dashboard_address": None}
    with LocalCluster(**options) as here:
        merge(folder, out, cluster(here.scheduler_address), Wanted(EXPECTED))
    assert out.read_bytes() == merged[0].read_bytes()


def test_interrupted_it_goes_on_where_it_stopped(folder: Path, merged: tuple[Path, Merging], tmp_path: Path) -> None:
    out = tmp_path / "汇总.xlsx"

    def stop(done: int, _of: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        merge(folder, out, local(1), Wanted(EXPECTED), stop)
    assert not out.exists()
    told: list[tuple[int, int]] = []
    merge(folder, out, local(1), Wanted(EXPECTED), lambda done, of: told.append((done, of)))
    assert told == [(4, 6), (5, 6), (6, 6)]
    assert out.read_bytes() == merged[0].read_bytes()


def test_what_arrives_later_is_read_and_nothing_else(tmp_path: Path) -> None:
    place, out, begun = tmp_path / "in", tmp_path / "汇总.xlsx", []
    typed(place / "2.xlsx", 2)
    merge(place, out, local(1))
    sealed(place / "0.xlsx", 0)
    merging = merge(place, out, local(1), tell=lambda done, _of: begun.append(done))
    assert begun == [1, 2]
    assert states(merging) == {"0.xlsx": "计入", "2.xlsx": "计入"}


def test_the_output_and_its_journal_are_not_merged_themselves(tmp_path: Path) -> None:
    typed(tmp_path / "2.xlsx", 2)
    out = tmp_path / "汇总.xlsx"
    for _ in range(2):
        assert list(states(merge(tmp_path, out, local(1)))) == ["2.xlsx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2.xlsx", "汇总.xlsx", journal_of(out).name]


def test_a_second_revision_replaces_the_first(tmp_path: Path) -> None:
    first = sealed(tmp_path / "1.xlsx", 1)
    assert seal(first, tmp_path / "2.xlsx", DAY).seal is not None
    assert states(merge(tmp_path, tmp_path / "汇总.xlsx", local(1))) == {
        "1.xlsx": "旧版，未计入", "2.xlsx": "计入",
    }  # fmt: skip


def test_without_a_trusted_signature_nothing_counts_where_one_is_required(tmp_path: Path) -> None:
    sealed(tmp_path / "1.xlsx", 1)
    merging = merge(tmp_path, tmp_path / "汇总.xlsx", local(1), Wanted(trust=Trust(required=True)))
    assert states(merging) == {"1.xlsx": "有错误，未计入"}


def test_a_fault_of_ours_is_that_files_problem_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No mock of a counterpart: a fault put into our own code."""
    read: Callable[[Path], bytes] = receiving.file_contents

    def broken(path: Path) -> bytes:
        return bytes(1 // 0) if path.name == "0.xlsx" else read(path)

    monkeypatch.setattr(receiving, "file_contents", broken)
    files = [found(folder / "河南" / f"{n}.xlsx", folder) for n in (0, 1)]
    first, second = receive_all(files, Trust())
    assert [p.message for p in first.arrival.problems] == [
        "读这个文件时程序出错：ZeroDivisionError: integer division or modulo by zero"
    ]
    assert second.arrival.is_sound


def test_where_nothing_can_be_written_it_is_an_os_error(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="unable to open"):
        merge(folder, tmp_path / "没有" / "汇总.xlsx", local(1))
