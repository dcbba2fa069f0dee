"""What the add-in says beside the functions, in one place: its VBA, its installation, its doctor."""

from __future__ import annotations

from workbook_templates.formulas import NOT_INSTALLED

__all__ = ["DOCTOR", "INSTALL", "VBA_TEXTS"]

VBA_TEXTS = {
    "call_failed": "计算程序没有响应，请运行 starscore addin doctor 检查：",
    "not_installed": NOT_INSTALLED,
}
"""The VBA sources are ASCII, so they read these from the add-in's own sheet."""

INSTALL = {
    "not_windows": "加载项只能装在 Windows 上；本机可用 starscore addin build 生成加载项文件，或用 LibreOffice",
    "no_folder": "找不到用户文件夹：没有环境变量 {name}",
    "code_page": "路径“{path}”中有本机代码页没有的字，Excel 找不到它；请把 StarScore 装到只有英文和数字的文件夹",
    "in_use": "写不了 {path}：请先关闭所有 Excel 窗口，再试一次",
    "installed": "已装好：{path}。重新打开 Excel 后可用。",
    "removed": "已卸载。重新打开 Excel 后生效。",
    "nothing": "没有装过，无需卸载。",
}

DOCTOR = {
    "fine": "没有发现问题：加载项 {version} 可以工作。",
    "not_windows": "本机不是 Windows，Excel 加载项不能用；请用命令行，或用 LibreOffice。",
    "old_windows": "Windows 版本过低（{version}），须为 Windows 10 或更新；请升级，或用命令行。",
    "no_excel": "没有找到 Excel；请安装 Excel 2010 或更新版本，或用命令行、LibreOffice。",
    "not_installed": "加载项没有装在 Excel 的启动文件夹；请运行 starscore addin install。",
    "other_build": "启动文件夹中的加载项与现在的程序版本不同；请关闭 Excel，再运行 starscore addin install。",
    "no_config": "没有加载项的配置文件；请运行 starscore addin install。",
    "no_interpreter": "配置中的计算程序 {path} 不在了；请重新安装 StarScore，再运行 starscore addin install。",
    "dll_missing": "缺少文件 {path}，可能被杀毒软件删除；请在杀毒软件中恢复并信任它，或重新安装 StarScore。",
    "dll_blocked": "文件 {path} 不能载入，可能被杀毒软件或安全策略阻止；请在其中信任它，或请信息科技部门放行。",
    "downloaded": "文件 {path} 带有“来自网络”的标记，Excel 会阻止它；请右击文件，选“属性”，勾选“解除锁定”。",
    "untrusted": "Excel 不信任启动文件夹（受信任位置已停用）；请在 Excel 的“信任中心－受信任位置”中恢复，或请信息科技部门放行。",
    "macros_off": "Excel 禁用了所有宏；请在“信任中心－宏设置”中改为“禁用所有宏，并发出通知”，或请信息科技部门放行。",
    "not_local": "路径 {path} 在 OneDrive 或网络上，Excel 可能打不开；请把 StarScore 装到本机硬盘的文件夹。",
    "pythonpath": "设置了环境变量 PYTHONPATH（{value}），会让计算程序用错文件；请在系统的“环境变量”中删去它。",
    "other_xlwings": "启动文件夹中有另一版本的 xlwings 加载项 {path}，会互相冲突；请运行 xlwings addin remove 或移走它。",
    "no_children": "不能启动计算程序（{reason}），可能被安全软件禁止；请在其中允许 Excel 启动 {path}，或请信息科技部门放行。",
    "wps": "表格文件现由 WPS 打开，WPS 中不能用自定义函数；请在“默认应用”中把 .xlsx 改由 Excel 打开，或用命令行。",
}
"""Each known cause in one sentence with its remedy."""
