"""A draft in Outlook: the COM calls arrive in another process on Windows, where something stands in for Outlook."""

import json
from pathlib import Path

from addin.sending.parcel import parcel_of
from tests.wine import Wine, windows_path

SCRIPT = Path(__file__).with_name("windows_outlook.py")


def test_the_draft_has_everything_and_is_shown_not_sent(windows: Wine, final: Path) -> None:
    done = windows.python(windows_path(SCRIPT), windows_path(final), PYTHONPATH=windows_path(Path.cwd()))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    parcel = parcel_of(final)
    assert (told["kind"], told["to"]) == (0, "hq@bank.cn; 总行 <copy@bank.cn>")
    assert (told["subject"], told["body"]) == (parcel.subject, parcel.text)
    assert told["attached"] == [windows_path(final)]
    assert (told["steps"], told["id"]) == (["save", "display"], "0000001A")
    assert told["refused"]
