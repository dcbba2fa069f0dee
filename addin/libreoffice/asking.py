"""Questions to the person in front of LibreOffice: its own file windows, and small windows of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.libreoffice.engine import path_of
from addin.libreoffice.office import EnumValue, Office

__all__ = ["AskInOffice"]

_TITLE = "服务明星"
_OK, _CANCEL = "确定", "取消"
_YES, _YES_NO = 2, 3  # com.sun.star.awt.MessageBoxResults, MessageBoxButtons
_WIDTH, _LINE, _GAP = 220, 14, 6  # in the units of dialogues, a quarter of a letter
_SHOWN = 8


class AskInOffice:
    """See :class:`addin.live.asking.Ask`. Where LibreOffice has no window, every question is given up."""

    def __init__(self, office: Office, document: Any) -> None:
        self._office = office
        self._window = document.CurrentController.Frame.ContainerWindow

    def choice(self, question: str, choices: Sequence[str]) -> int | None:
        lines = min(len(choices), _SHOWN)
        chosen = self._dialogue(question, "ListBox", lines, StringItemList=list(choices), SelectedItems=[0])
        return chosen.SelectedItems[0] if chosen is not None and chosen.SelectedItems else None

    def text(self, question: str, default: str = "") -> str | None:
        field = self._dialogue(question, "Edit", 1, Text=default)
        return None if field is None else str(field.Text)

    def password(self, question: str) -> str | None:
        field = self._dialogue(question, "Edit", 1, EchoChar=ord("*"))
        return None if field is None else str(field.Text)

    def confirm(self, question: str) -> bool:
        if not self._window.isVisible():
            return False
        kind = EnumValue("com.sun.star.awt.MessageBoxType", "QUERYBOX")
        box = self._office.service("com.sun.star.awt.Toolkit").createMessageBox(
            self._window, kind, _YES_NO, _TITLE, question
        )
        return bool(box.execute() == _YES)

    def file(self, question: str, endings: Sequence[str]) -> Path | None:
        picker = self._office.service("com.sun.star.ui.dialogs.FilePicker")
        picker.setTitle(question)
        picker.appendFilter("、".join(endings), ";".join(f"*{ending}" for ending in endings))
        if not self._window.isVisible() or not picker.execute():
            return None
        return Path(path_of(picker.getFiles()[0]))

    def folder(self, question: str) -> Path | None:
        picker = self._office.service("com.sun.star.ui.dialogs.FolderPicker")
        picker.setTitle(question)
        if not self._window.isVisible() or not picker.execute():
            return None
        return Path(path_of(picker.getDirectory()))

    def _dialogue(self, question: str, kind: str, lines: int, **settings: object) -> Any:
        """A question over one field; the field's model once it is answered, None where it is given up."""
        if not self._window.isVisible():
            return None
        model = self._office.service("com.sun.star.awt.UnoControlDialogModel")
        model.Title, model.Width, model.Height = _TITLE, _WIDTH, _LINE * (lines + 4) + 3 * _GAP

        def add(name: str, kind: str, x: int, y: int, width: int, height: int, **settings: object) -> Any:
            control = model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
            place = {"PositionX": x, "PositionY": y, "Width": width, "Height": height}
            for key, value in {**place, **settings}.items():
                setattr(control, key, value)
            model.insertByName(name, control)
            return control

        wide, top = _WIDTH - 2 * _GAP, _GAP + 2 * _LINE
        add("question", "FixedText", _GAP, _GAP, wide, 2 * _LINE, Label=question, MultiLine=True)
        field = add("answer", kind, _GAP, top, wide, lines * _LINE, **settings)
        below, half = top + lines * _LINE + _GAP, _WIDTH // 2
        add("ok", "Button", half - 60, below, 50, _LINE, Label=_OK, PushButtonType=1, DefaultButton=True)
        add("cancel", "Button", half + 10, below, 50, _LINE, Label=_CANCEL, PushButtonType=2)
        dialogue = self._office.service("com.sun.star.awt.UnoControlDialog")
        dialogue.setModel(model)
        dialogue.createPeer(self._office.service("com.sun.star.awt.Toolkit"), self._window)
        try:
            return field if dialogue.execute() else None
        finally:
            dialogue.dispose()
