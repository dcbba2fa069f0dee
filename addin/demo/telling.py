"""What the demo says at its end: what became of the year, and which files to open."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from addin.demo.head_office import HeadOfficeReport
from addin.demo.sealed import SealReport
from addin.demo.year import Year
from addin.merging.verdicts import Verdict

__all__ = ["tell_year"]


def tell_year(made: Year, sealed: SealReport, head_office: HeadOfficeReport, text: Console) -> None:
    """Tell of the demo's year."""
    *_, (last, reports) = made.months.items()
    text.print(f"\n一、{last.label}填报的工作簿中的错误", style="bold")
    for report in reports:
        errors = [problem for problem in report.found if problem.is_error]
        for problem in errors[:3]:
            text.print(f"  {report.name}　{problem.place}　{problem.message}")
        if not errors and report.before != report.outcome:
            text.print(f"  {report.name}　{report.before}")
    text.print(f"\n二、更正后计算，{last.label}各网点的服务明星", style="bold")
    for report in reports:
        text.print(f"  {report.name}　{report.outcome}")
    text.print("\n三、各季度的服务明星", style="bold")
    for report in (report for quarter in made.quarters.values() for report in quarter):
        text.print(f"  {report.name}　{report.outcome}")
    text.print("\n四、年度推荐", style="bold")
    for report in made.annual:
        text.print(f"  {report.name}　{report.outcome}")
    _tell_seals(sealed, text)
    _tell_head_office(head_office, text)
    spoiled = sum(1 for report in reports if any(problem.is_error for problem in report.found))
    text.print(f"\n{spoiled} 个网点填报有误，更正后 {sum(r.clean for r in reports)} 个网点都算出了结果。")
    text.print("请打开：")
    for path, what in (
        (reports[0].result, "表“入选”“排名”“核算”"),
        (made.annual[0].result, "推荐用的附件"),
        (head_office.merged, "谁报了、谁没报，总名次，各网点情况"),
    ):
        text.print(f"  {path}（{what}）")


def _tell_seals(report: SealReport, text: Console) -> None:
    text.print("\n五、定稿与复核", style="bold")
    text.print(f"  {len(report.sealed)} 个网点已定稿")
    text.print(f"  {report.sealed[0].stem}　已定稿，复核{'' if report.passed else '不'}通过")
    for name, problem in report.refused:
        text.print(f"  {name}　不能定稿：{problem.place}　{problem.message}")
    found = report.found
    text.print(f"  {report.altered.stem}　复核不通过：{found.place}　{found.message}")


def _tell_head_office(report: HeadOfficeReport, text: Console) -> None:
    judgement = report.merging.judgement
    counted = sum(1 for verdict in judgement.verdicts.values() if verdict is Verdict.COUNTED)
    unsound = [Path(file).stem for file, verdict in judgement.verdicts.items() if verdict is Verdict.UNSOUND]
    text.print("\n六、报送与汇总", style="bold")
    text.print(f"  {report.draft.name}　写好的邮件草稿，用邮件程序打开")
    text.print(f"  汇总 {len(judgement.verdicts)} 份定稿，计入 {counted} 份；不计入：{'、'.join(unsound)}")
    text.print(f"  没有报送：{'、'.join(entry.unit for entry in judgement.missing)}")
