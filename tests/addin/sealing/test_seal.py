"""Sealing: what is refused, revisions, passwords; and the commands around it."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.sealing.keys import new_key, own_key, read_key_text, trust, trusted_keys
from addin.sealing.seal import seal
from addin.sealing.signature import Signature, fingerprint, is_genuine, sign
from addin.sealing.verify import verify
from addin.workbook_file import read_workbook
from tests.addin.command_line import run
from tests.addin.sealing.making import CRITICISM, DAY, changed, filling, sealed, typed_in
from workbook_templates.filling import Filling, Typed


def with_measure(identity: str, column: str, value: Typed) -> Filling:
    content = filling()
    return replace(content, measures={**content.measures, identity: {**content.measures[identity], column: value}})


def refused(folder: Path, content: Filling) -> set[tuple[str, str, str]]:
    done = seal(typed_in(folder, content), folder / "定稿.xlsx", DAY)
    assert done.seal is None
    assert not (folder / "定稿.xlsx").exists()
    return {(problem.sheet, problem.cell, problem.message) for problem in done.problems if problem.is_error}


# What is refused, with the cells.


def test_errors_are_named(tmp_path: Path) -> None:
    found = refused(tmp_path, with_measure("K1303", "quality", 52.0))
    assert {(sheet, cell) for sheet, cell, _ in found} == {("指标", "G6")}


def test_open_confirmations_are_named(tmp_path: Path) -> None:
    found = refused(tmp_path, replace(filling(), events=({**CRITICISM, "verified": None},)))
    assert {(sheet, cell) for sheet, cell, _ in found} == {("登记", "G5")}


def test_tests_not_taken_are_named(tmp_path: Path) -> None:
    found = refused(tmp_path, with_measure("K1304", "skill_2", None))
    assert {(sheet, cell) for sheet, cell, _ in found} == {("指标", "O8")}


def test_ties_without_a_ruling_are_named(tmp_path: Path) -> None:
    found = refused(tmp_path, replace(filling(), rulings=()))
    assert found == {("名册", "A5", "高峰并列待定，尚未裁定"), ("名册", "A7", "罗成并列待定，尚未裁定")}


def test_a_workbook_without_a_scheme_is_refused(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(b"no workbook")
    assert seal(tmp_path / "甲.xlsx", tmp_path / "定稿.xlsx", DAY).seal is None


# What is written.


def test_the_same_workbook_sealed_twice_is_the_same(tmp_path: Path) -> None:
    first = sealed(tmp_path).read_bytes()
    assert sealed(tmp_path).read_bytes() == first


def test_what_the_clerk_hid_is_shown(tmp_path: Path) -> None:
    path = typed_in(tmp_path)
    book = load_workbook(path)
    book["裁定"].sheet_state = "hidden"
    book["指标"].row_dimensions[6].hidden = True
    book["名册"].column_dimensions["C"].hidden = True
    book.save(path)
    assert seal(path, tmp_path / "定稿.xlsx", DAY).seal is not None
    assert [problem.message for problem in verify(tmp_path / "定稿.xlsx").problems] == ["未签名：只能发现误改"]


def test_the_guide_says_what_was_sealed(tmp_path: Path) -> None:
    path = sealed(tmp_path)
    done = verify(path).seal
    assert done is not None
    texts = [str(cell.value) for cell in read_workbook(path).grids["说明"].cells.values()]
    assert any("第 1 版，2026-10-09 定稿" in text for text in texts)
    assert f"校验码（SHA-256）：{done.digest}" in texts
    assert "未签名：只能发现误改。" in texts


def test_a_revision_names_the_digest_it_replaces(tmp_path: Path) -> None:
    first = sealed(tmp_path).rename(tmp_path / "第一版.xlsx")
    old = verify(first).seal
    second = sealed(tmp_path, with_measure("K1304", "quality", 44.0), replaces=first)
    new = verify(second).seal
    assert old is not None
    assert new is not None
    assert (new.record.revision, new.record.replaces) == (2, old.digest)
    assert new.digest != old.digest


def test_only_a_seal_of_the_same_contest_is_replaced(tmp_path: Path) -> None:
    first = sealed(tmp_path, replace(filling(), unit="别的支行")).rename(tmp_path / "第一版.xlsx")
    done = seal(typed_in(tmp_path), tmp_path / "定稿.xlsx", DAY, replaces=first)
    assert [problem.message for problem in done.problems] == ["被替代的定稿是另一份：填报单位不同"]
    typed = typed_in(tmp_path)
    done = seal(typed, tmp_path / "定稿.xlsx", DAY, replaces=typed)
    assert [problem.sheet for problem in done.problems] == ["填报.xlsx"]


def test_a_password_opens_it(tmp_path: Path) -> None:
    path = sealed(tmp_path, password="服务明星2026")
    assert "密码" in verify(path).problems[0].message
    assert verify(path, ask_password=lambda: "服务明星2026").passed


# Keys and signatures.


def signed(folder: Path) -> Path:
    key = new_key("东风路支行", "秘密")
    private = key.unlocked("秘密")
    assert private is not None
    return sealed(folder, sign=lambda digest: sign(private, key.name, digest))


def test_a_trusted_signature_is_told(tmp_path: Path) -> None:
    found = verify(signed(tmp_path), trusted_keys(), require_signature=True)
    assert (found.passed, found.state, found.signer, found.problems) == (True, "trusted", "东风路支行", ())


def test_an_unknown_key_counts_as_unsigned(tmp_path: Path) -> None:
    path = signed(tmp_path)
    assert (verify(path).passed, verify(path).state) == (True, "unknown")
    assert "未签名：只能发现误改" in verify(path).problems[0].message
    assert not verify(path, require_signature=True).passed


def test_without_a_signature_a_required_one_is_missed(tmp_path: Path) -> None:
    path = sealed(tmp_path)
    assert verify(path).passed
    missed = [problem.message for problem in verify(path, require_signature=True).problems if problem.is_error]
    assert missed == ["未签名：只能发现误改；这里要求有可信的签名"]


def test_a_revoked_key_is_told(tmp_path: Path) -> None:
    path = signed(tmp_path)
    (own,) = trusted_keys()
    trust(own.name, own.key, revoked=True)
    trust(own.name, own.key)  # trusting it again does not undo it
    found = verify(path, trusted_keys())
    assert (found.passed, found.state) == (False, "revoked")


def test_a_wrong_key_is_told(tmp_path: Path) -> None:
    path = signed(tmp_path)
    other = new_key("东风路支行", "别的").key
    found = changed(path, lambda book: setattr(book["定稿"]["B13"], "value", other))
    assert found.state == "forged"
    assert "签名不对" in " ".join(problem.message for problem in found.problems)


def test_the_signature_of_another_seal_is_told(tmp_path: Path) -> None:
    path = signed(tmp_path)
    signature = read_workbook(path).grids["定稿"].at(14, 2).value
    private = own_key().unlocked("秘密")  # type: ignore[union-attr]
    other = with_measure("K1304", "quality", 44.0)
    path = sealed(tmp_path, other, sign=lambda digest: sign(private, "东风路支行", digest))  # type: ignore[arg-type]
    assert verify(path).state == "unknown"
    found = changed(path, lambda book: setattr(book["定稿"]["B14"], "value", signature))
    assert found.state == "forged"


def test_another_name_on_a_signature_is_told(tmp_path: Path) -> None:
    found = changed(signed(tmp_path), lambda book: setattr(book["定稿"]["B12"], "value", "分行会计部"))
    assert found.state == "forged"


def test_a_signature_checks_with_another_program(tmp_path: Path) -> None:
    """The rule of docs/seal.md, with nothing of ours but the file."""
    import base64
    import hashlib

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    rows = list(load_workbook(signed(tmp_path))["定稿"].iter_rows(values_only=True))
    field = dict(row[:2] for row in rows[3:14])
    text = "".join(row[1].split("|", 1)[1].removesuffix("|") for row in rows if row[0] == "封存内容")
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == field["校验码（SHA-256）"]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(field["签名公钥"]))
    public.verify(base64.b64decode(field["签名"]), f"starscore-seal 1\n{digest}\n{field['签名人']}".encode())
    assert json.loads(text)["sheets"]["设置"]["B8"] == "text 2026-09"


@pytest.mark.parametrize("text", ["", "starscore-key:甲:", "starscore-key:甲:QUJD", "key:甲:" + "A" * 43 + "="])
def test_what_is_no_key_is_not_taken(text: str) -> None:
    assert read_key_text(text) is None
    assert not is_genuine(Signature("甲", text, text), "0" * 64)


def test_the_private_key_is_encrypted() -> None:
    key = new_key("东风路支行", "秘密")
    assert "ENCRYPTED" in key.private
    assert (key.unlocked("不对"), own_key()) == (None, key)


# The commands.


@pytest.mark.usefixtures("passwords")
def test_from_the_key_to_the_verified_seal(tmp_path: Path) -> None:
    typed, out = typed_in(tmp_path), tmp_path / "定 稿.xlsx"
    assert run("key", "new", "--name", "东风路支行", "--keyring")[0] == 0
    code, text, err = run("seal", typed, "--out", out, "--json")
    told = json.loads(text)
    assert (code, err, told["sealed"], told["signer"], told["revision"]) == (0, "", True, "东风路支行", 1)
    code, text, err = run("verify", out, "--require-signature", "--json")
    found = json.loads(text)
    assert (code, err, found["signature"], found["digest"]) == (0, "", "trusted", told["digest"])
    assert found["sealed_on"] == dt.date.today().isoformat()


def test_head_office_trusts_and_revokes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = signed(tmp_path)
    own = own_key()
    assert own is not None
    monkeypatch.setenv("STARSCORE_HOME", str(tmp_path / "总部"))
    assert run("verify", path)[0] == 0
    assert run("verify", path, "--require-signature")[0] == 1
    assert run("key", "trust", own.text, "--name", "郑州东风路")[0] == 0
    code, out, _ = run("verify", path, "--require-signature")
    assert (code, "签名可信：郑州东风路" in out, "当选 罗成" in out) == (0, True, True)
    assert run("key", "trust", fingerprint(own.key), "--revoke")[0] == 0
    assert run("verify", path)[0] == 1
    assert "作废" in run("key", "show")[1]


def test_the_password_is_asked_three_times(tmp_path: Path) -> None:
    typed = typed_in(tmp_path)
    assert run("key", "new", "--name", "甲", answers="一\n一\n")[0] == 0
    assert run("seal", typed, "--out", tmp_path / "a.xlsx", answers="二\n一\n")[0] == 0
    code, _, err = run("seal", typed, "--out", tmp_path / "b.xlsx", answers="二\n二\n二\n")
    assert (code, "--unsigned" in err, (tmp_path / "b.xlsx").exists()) == (1, True, False)
    assert run("seal", typed, "--out", tmp_path / "b.xlsx", "--unsigned")[0] == 0


def test_a_key_is_not_lost_by_accident() -> None:
    assert run("key", "new", "--name", "甲", answers="一\n一\n")[0] == 0
    assert run("key", "new", "--name", "乙", answers="一\n一\n")[0] == 2
    assert run("key", "new", "--name", "乙", "--replace", answers="一\n一\n")[0] == 0
    assert [key.name for key in trusted_keys()] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("seal", "nowhere.xlsx", "--out", "x.xlsx"), "没有文件"),
        (("verify", "nowhere.xlsx"), "没有文件"),
        (("key", "trust", "abc"), "公钥不对"),
        (("key", "new", "--name", "甲", "--keyring"), "没有可用的密码库"),
        (("key", "new", "--name", " "), "不能为空"),
    ],
)
def test_wrong_use_is_said(words: tuple[str, ...], said: str) -> None:
    code, _, err = run(*words)
    assert (code, said in err) == (2, True)


def test_a_seal_is_not_written_over_its_source(tmp_path: Path) -> None:
    typed = typed_in(tmp_path)
    before = typed.read_bytes()
    assert run("seal", typed, "--out", typed)[0] == 2
    assert typed.read_bytes() == before


def test_what_prevents_the_seal_is_printed(tmp_path: Path) -> None:
    typed = typed_in(tmp_path, replace(filling(), rulings=()))
    code, out, err = run("seal", typed, "--out", tmp_path / "a.xlsx", "--json")
    assert (code, err, json.loads(out)["sealed"]) == (1, "", False)


def test_a_settings_folder_that_cannot_be_is_said(own_home: Path) -> None:
    own_home.write_bytes(b"a file")
    code, _, err = run("key", "trust", f"starscore-key:甲:{'A' * 43}=")
    assert (code, "密钥文件" in err) == (1, True)


@pytest.mark.parametrize("content", ["{", "[1]", '{"name": "甲"}'])
def test_a_broken_file_of_keys_is_said(content: str, tmp_path: Path, own_home: Path) -> None:
    own_home.mkdir()
    for name in ("signing-key.json", "trusted-keys.json"):
        (own_home / name).write_text(content, "utf-8")
    code, _, err = run("key", "show")
    assert (code, "signing-key.json" in err) == (1, True)
    assert run("verify", sealed(tmp_path))[0] == 1
