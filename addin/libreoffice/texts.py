"""What installing and removing the extension says."""

from __future__ import annotations

__all__ = ["INSTALL"]

INSTALL = {
    "no_office": "没有找到 LibreOffice；请先安装 LibreOffice，或用 --program 写明 soffice 在哪里",
    "running": "LibreOffice 正在运行，或上次没有正常关闭：请打开 LibreOffice，再关闭它的所有窗口，然后再试",
    "no_answer": "LibreOffice 没有响应：{said}",
    "refused": "LibreOffice 不接受扩展（{said}）；请确认 LibreOffice 带有 Python（Debian、Ubuntu 上是 python3-uno）",
    "not_written": "写不了 {path}（{reason}）",
    "installed": "已装好。重新打开 LibreOffice 后，表格中有菜单“服务明星”和 STARSCORE 等函数。",
    "removed": "已卸载。",
    "nothing": "没有装过，无需卸载。",
}
