"""What sending says to people, in one place. Templates for ``str.format``."""

from __future__ import annotations

from calc.problem import Problem, Severity

__all__ = ["MAIL", "SAID", "warning"]

MAIL = {
    "subject": "服务明星报送：{unit}　{period}　{title}（第{revision}版）",
    "subject_unsealed": "服务明星报送：{name}（未定稿）",
    "text": "附件是{unit} {period}《{title}》评选结果，第 {revision} 版，{sealed_on} 定稿。\n\n"
    "校验码（SHA-256）：\n{digest}\n\n"
    "请用 starscore verify 复核；收齐后用 starscore merge 汇总。",
    "text_unsealed": "附件是{name}，没有定稿，仅供参阅。",
}
"""The mail itself."""

_MESSAGES = {
    "unsealed": "{name} 没有定稿，收件人无法复核",
    "not_verified": "{name} 复核不通过：{first}",
}

_HINTS = {
    "unsealed": "先用 starscore seal 定稿再发送",
    "not_verified": "请重新定稿再发送",
}

SAID = {
    "connect": "连不上邮件服务器 {host}:{port}：{reason}",
    "certificate": "邮件服务器 {host} 的证书不可信：{reason}。单位自己的证书请用 --ca 指定",
    "no_tls": "邮件服务器 {host} 不支持加密（STARTTLS），没有发送",
    "no_login": "邮件服务器 {host} 不支持登录",
    "login": "邮件服务器不接受用户 {user} 的密码：{reason}",
    "sender": "邮件服务器不接受发件人 {sender}：{reason}",
    "refused": "邮件服务器不接受收件人：{reason}",
    "too_large": "邮件 {size} MB，超过服务器的限额 {limit} MB，没有发送",
    "not_taken": "邮件服务器没有收下邮件：{reason}",
    "broken": "连接在发送途中断开（{reason}），没有发出，可以再发",
    "unknown": "邮件发完后连接断开，不知道服务器收下没有；请向收件人核实，没有收到再加 --again 重发",
    "sent": "已发送",
    "sent_before": "{when} 已发给此人，没有重发；确需重发请加 --again",
    "unknown_before": "{when} 发过一次，不知道收到没有；请向收件人核实，没有收到再加 --again 重发",
    "draft": "已在 Outlook 中打开草稿，请查看后发送",
    "eml": "已写出邮件草稿 {path}，用邮件程序打开，查看后发送",
    "no_outlook": "没有可用的 Outlook（{reason}），改为写出 .eml",
}
"""What became of the mail."""


def warning(file: str, key: str, /, **values: object) -> Problem:
    """A warning of the table, about a file."""
    return Problem.of(Severity.WARNING, (file, ""), (_MESSAGES[key], _HINTS.get(key, "")), values)
