"""Scheme files: every mistake names the file and the path of the key; settings fill in what they stand for."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from calc.scheme import SchemeError, SchemeFile, SettingError, load, load_scheme, read_scheme, shipped
from calc.scheme.load import MAX_BYTES
from tests.calc.making import event, indicator, measure, requirement, setting, toml
from tests.calc.scheme.refusing import faults, faults_of

POINTS = measure("points")
GIVEN = indicator("points", "given", of="points", base=10)
GOOD = toml(POINTS, GIVEN)


def read(text: str) -> SchemeFile:
    return read_scheme(text.encode(), "bank.toml")


def test_a_good_file_is_read_with_numbers_exact_beyond_a_float() -> None:
    base = Decimal("0.1000000000000000000001")
    file = read(toml(POINTS, indicator("points", "given", of="points", base=base), full_marks=base))
    assert (file.name, file.scheme.id, file.scheme.in_force_from) == ("bank.toml", "test/small", dt.date(2026, 1, 1))
    assert file.scheme.indicator[0].base == file.scheme.full_marks == base


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert read_scheme(GOOD.encode("utf-8-sig"), "bank.toml").scheme.id == "test/small"


MISTAKES = [
    # unknown keys
    ('award = "', 'colour = "red"\naward = "', "colour", "不认识的键"),
    ('policy = "ask"', 'policy = "ask"\nfoo = 1', "ties.foo", "不认识的键"),
    ('of = "points"\n', 'of = "points"\nfoo = 1\n', "indicator[0](points).foo", "不认识的键"),
    ('kind = "number"\n', 'kind = "number"\nfoo = 1\n', "measure[0](points).foo", "不认识的键"),
    # missing keys
    ('award = "服务明星"\n', "", "award", "缺少"),
    ('clause = "第points条"\n', "", "indicator[0](points).clause", "缺少"),
    ('method = "given"\n', "", "indicator[0](points)", "method"),
    ('of = "points"\n', "", "indicator[0](points).of", "缺少"),
    ('rule = "1"\n', "", "quota.rule", "缺少"),
    # wrong types
    ('title = "小方案"', "title = 1", "title", "文字"),
    ("in_force_from = 2026-01-01", 'in_force_from = "2026-01-01"', "in_force_from", "日期"),
    ("base = 10", 'base = "10"', "indicator[0](points).base", "须为数字"),
    ("base = 10", "base = true", "indicator[0](points).base", "须为数字"),
    ("base = 10", "base = [10]", "indicator[0](points).base", "须为数字"),
    ("base = 10", "base = inf", "indicator[0](points).base", "有限"),
    ("base = 10", "base = nan", "indicator[0](points).base", "有限"),
    ("base = 10", 'base = 10\nin_total = "yes"', "indicator[0](points).in_total", "true"),
    ("base = 10", "base = 10\nrounding = 1.5", "indicator[0](points).rounding", "整数"),
    ('rule = "1"', "rule = true", "quota.rule", "文字"),
    ("[subject]\n", "[[subject]]\n", "subject", "表"),
    # values that are not allowed
    ('id = "test/small"', 'id = "Test Small"', "id", "不合规定"),
    ('period = "month"', 'period = "week"', "period", "month"),
    ('policy = "ask"', 'policy = "fight"', "ties.policy", "ask"),
    ('method = "given"', 'method = "guess"', "indicator[0](points)", "guess"),
    ('kind = "number"\n', 'kind = "colour"\n', "measure[0](points).kind", "number"),
    ('rule = "1"', 'rule = "10%"', "quota.rule", "取整方式"),
    ("base = 10", "base = 10\nrounding = 10", "indicator[0](points).rounding", "不得大于 9"),
    ('period = "month"', 'period = "month"\nprecision = 7', "precision", "不得大于 6"),
    ('period = "month"', 'period = "month"\nprecision = -1', "precision", "不得小于 0"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "said"), MISTAKES, ids=[f"{m[2]} {m[3]}" for m in MISTAKES])
def test_a_mistake_names_the_key_by_its_path(old: str, new: str, path: str, said: str) -> None:
    assert old in GOOD
    found = faults_of(GOOD.replace(old, new, 1))
    assert [message for where, message in found if where == path and said in message], found


MISTAKES_IN_LISTS = [
    (indicator("Points", "given", of="points"), "indicator[1](Points).id", "小写"),
    (indicator("r", "ratio", of="points", best="tallest", base=10), "indicator[1](r).best", "highest"),
    (indicator("r", "ratio", of="points", best="highest", base=0), "indicator[1](r).base", "大于 0"),
    (indicator("r", "ratio", of="points", best="highest"), "indicator[1](r).base", "缺少"),
    (indicator("r", "mean", of=[]), "indicator[1](r).of", "至少"),
    (indicator("r", "mean", of="points"), "indicator[1](r).of", "列表"),
    (indicator("r", "mean", of=["points"], weights=[1, 2]), "indicator[1](r)", "一一对应"),
    (indicator("r", "mean", of=["points"], weights=[0]), "indicator[1](r).weights[0]", "大于 0"),
    (indicator("r", "mean", of=["points"], maximum=10), "indicator[1](r)", "base"),
    (indicator("r", "deduction", base=10, each={"e": 0}), "indicator[1](r).each.e", "大于 0"),
    (indicator("r", "deduction", base=10, each={"e": "many"}), "indicator[1](r).each.e", ""),
    (indicator("r", "deduction", base=10, each={}), "indicator[1](r).each", "至少"),
    (indicator("r", "bonus", each=5), "indicator[1](r).each", "表"),
    (measure("m", columns=21, many=True), "measure[1](m).columns", "不得大于 20"),
    (event("e", needs=["seen"]), "event[0](e).needs[0]", "verified"),
    (requirement("q", "compare", of="points", op="=", to=1), "requirement[0](q).op", ">"),
    (requirement("q", "compare", of="points", op=">", to="1"), "requirement[0](q).to", ""),
    (requirement("q", "tenure", of="d", months=0, end="inclusive"), "requirement[0](q).months", "不得小于 1"),
    (requirement("q", "guess", of="d"), "requirement[0](q)", "guess"),
    (requirement("q", "yes", gate="door", of="d"), "requirement[0](q).gate", "rating"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "path", "said"), MISTAKES_IN_LISTS, ids=[f"{m[1]} {m[2]}" for m in MISTAKES_IN_LISTS]
)
def test_a_mistake_in_a_list_names_its_entry_by_place_and_id(block: str, path: str, said: str) -> None:
    found = faults(POINTS, GIVEN, event("e") if "each" in block else "", block)
    assert [message for where, message in found if where == path and said in message], found


def test_messages_are_in_chinese() -> None:
    for block in (indicator("r", "deduction", base=10, each={"e": "many"}),
                  requirement("q", "compare", of="points", op=">", to="1"),
                  requirement("q", "compare", of="points", op=">", to={"aggregate": "median"})):  # fmt: skip
        for _, message in faults(POINTS, GIVEN, event("e"), block):
            assert not message.isascii(), message


def test_all_mistakes_are_told_at_once() -> None:
    text = GOOD.replace("base = 10", 'base = "10"').replace('policy = "ask"', 'policy = "fight"')
    assert {"indicator[0](points).base", "ties.policy"} <= {path for path, _ in faults_of(text)}


def test_a_mistake_in_the_only_entry_of_a_list_is_not_also_told_as_an_empty_list() -> None:
    assert [path for path, _ in faults_of(GOOD.replace("base = 10", 'base = "10"'))] == ["indicator[0](points).base"]


# files that are no scheme files at all


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id = ", "TOML"),
        (b"a = 1\na = 2\n", "TOML"),
        (b"[" * 100_000, "TOML"),
        (GOOD.encode("gbk"), "UTF-8"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_what_is_not_toml_in_utf8_is_refused(content: bytes, said: str) -> None:
    ((path, message),) = faults_of(content)
    assert (path, said in message) == ("", True)


def test_an_empty_file_lacks_every_key() -> None:
    assert {"id", "subject", "quota", "indicator"} <= {path for path, _ in faults_of(b"")}


@pytest.mark.parametrize("value", ["5", "true", "1.5", "2026-01-01", '"abc"', "[1]", '["a"]'])
@pytest.mark.parametrize("key", ["setting", "measure", "indicator"])
def test_something_else_where_a_list_of_tables_belongs_is_refused(key: str, value: str) -> None:
    text = f"{key} = {value}\n" + toml(
        *([] if key == "measure" else [POINTS]), *([] if key == "indicator" else [GIVEN])
    )
    assert any(path.startswith(key) for path, _ in faults_of(text))


@pytest.mark.parametrize(
    "number", ["1" + "0" * 5000, "1e99999999999999999999", "1e999999"], ids=["digits", "exponent", "large"]
)
def test_a_number_beyond_all_measure_is_refused(number: str) -> None:
    assert faults_of(GOOD.replace("base = 10", f"base = {number}"))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(SchemeError, match="过大"):
        load_scheme(str(path))


def test_a_scheme_is_loaded_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "方案.toml"
    path.write_text(GOOD, "utf-8")
    assert load_scheme(str(path)).scheme.title == "小方案"


def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    for name in ("nothing.toml", "folder.toml"):
        with pytest.raises(SchemeError, match=name):
            load_scheme(str(tmp_path / name))


# shipped schemes


def test_every_shipped_scheme_can_be_loaded_and_bears_the_id_of_its_place() -> None:
    assert "cib-zhengzhou-2010/monthly-teller" in shipped()
    assert list(shipped()) == sorted(shipped())
    assert [load_scheme(name).scheme.id for name in shipped()] == list(shipped())


def test_a_shipped_scheme_is_found_without_its_organisation() -> None:
    assert load_scheme("monthly-teller") is load_scheme("cib-zhengzhou-2010/monthly-teller")


def test_a_name_of_two_shipped_schemes_means_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "shipped", lambda: ("one/star", "other/star"))
    with pytest.raises(KeyError):
        load_scheme("star")


@pytest.mark.parametrize("name", ["nothing", "", "../calc", "cib-zhengzhou-2010"])
def test_an_id_that_is_not_shipped_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        load_scheme(name)


# settings

CHOICES = [{"value": "ask", "label": "待裁定"}, {"value": "lot", "label": "抽签"}]
SETTINGS = toml(
    POINTS,
    measure("since", "date"),
    indicator("points", "share", of="points", maximum=100, base={"setting": "base"}),
    requirement("r", "compare", of="points", op=">", to={"setting": "limit"}),
    setting("base", "number", default=10, min=1, max=20),
    setting("limit", "number", default=Decimal("2.5")),
    setting("policy", "choice", default="ask", choices=CHOICES),
    setting("seed", "text", default=""),
    setting("quota", "text", default="1"),
    setting("free", "number"),
    rule={"setting": "quota"},
    ties={"policy": {"setting": "policy"}, "seed": {"setting": "seed"}},
)


def test_settings_stand_for_their_defaults_until_they_are_chosen() -> None:
    file = read(SETTINGS)
    for of in (file.scheme, file.bind({}), file.bind({"base": None, "policy": None})):
        assert (of.indicator[0].base, of.requirement[0].to) == (10, Decimal("2.5"))
        assert (of.ties.policy, of.ties.seed, of.quota.rule) == ("ask", "", "1")


@pytest.mark.parametrize(
    ("values", "base", "limit", "policy", "seed"),
    [
        ({"base": Decimal(20)}, "20", "2.5", "ask", ""),
        ({"base": Decimal("1.5"), "limit": Decimal("0.1")}, "1.5", "0.1", "ask", ""),
        ({"policy": "lot", "seed": "040713"}, "10", "2.5", "lot", "040713"),
        ({"policy": "抽签"}, "10", "2.5", "lot", ""),
    ],
)
def test_bind_fills_in_the_settings(
    values: Mapping[str, Decimal | str], base: object, limit: str, policy: str, seed: str
) -> None:
    of = read(SETTINGS).bind(values)
    assert (of.indicator[0].base, of.requirement[0].to) == (Decimal(base), Decimal(limit))  # type: ignore[union-attr, arg-type]
    assert (of.ties.policy, of.ties.seed) == (policy, seed)


def test_bind_changes_nothing_in_the_file_itself() -> None:
    file = read(SETTINGS)
    file.bind({"base": Decimal(20)})
    assert file.scheme.indicator[0].base == file.bind({}).indicator[0].base == 10


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("colour", "red", "没有设置项 colour"),
        ("base", Decimal("0.99"), "超出范围 1 至 20"),
        ("base", Decimal("20.01"), "超出范围 1 至 20"),
        ("base", "ten", "须为数字"),
        ("base", "10", "须为数字"),
        ("policy", "fight", "抽签（lot）"),
        ("policy", "", "不在可选之列"),
        ("quota", "most of them", "看不懂"),
    ],
)
def test_a_value_that_a_setting_does_not_take_is_refused_in_its_name(
    name: str, value: Decimal | str, said: str
) -> None:
    with pytest.raises(SettingError, match=said) as caught:
        read(SETTINGS).bind({name: value})
    assert caught.value.setting == name


def test_a_day_beyond_all_calendars_is_refused() -> None:
    file = load_scheme("cib-zhengzhou-2010/quarterly-teller")
    with pytest.raises(SettingError, match="2001 至 2098 年之间"):
        file.bind({"notice_start": dt.date(1990, 1, 1)})


def test_of_several_values_the_one_that_the_scheme_cannot_take_is_named() -> None:
    with pytest.raises(SettingError, match="看不懂") as caught:
        read(SETTINGS).bind({"base": Decimal(20), "quota": "most of them", "policy": "lot"})
    assert caught.value.setting == "quota"


def test_a_setting_may_stand_where_a_whole_number_belongs() -> None:
    file = read(
        toml(
            POINTS,
            GIVEN,
            measure("since", "date"),
            requirement("r", "tenure", of="since", months={"setting": "months"}, end="inclusive"),
            setting("months", "number", default=3, min=1, max=12),
        )
    )
    assert file.scheme.requirement[0].months == 3
    assert file.bind({"months": Decimal(6)}).requirement[0].months == 6


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"setting": "nothing"}, "indicator[1].base"),
        ({"setting": 5}, "indicator[1].base"),
        ({"setting": ["base"]}, "indicator[1].base"),
    ],
)
def test_a_reference_to_no_setting_is_refused(value: object, path: str) -> None:
    text = toml(POINTS, GIVEN, indicator("s", "share", of="points", maximum=100, base=value))
    assert path in {where.split("(")[0] for where, _ in faults_of(text)}


def test_a_setting_without_a_value_where_one_is_needed_is_refused() -> None:
    unset = indicator("s", "share", of="points", maximum=1, base={"setting": "free"})
    assert "indicator[1](s).base" in {path for path, _ in faults(POINTS, GIVEN, unset, setting("free", "number"))}


def test_the_shipped_scheme_takes_each_of_its_choices() -> None:
    file = load_scheme("cib-zhengzhou-2010/monthly-teller")
    for found in file.scheme.setting:
        for choice in found.choices:
            assert file.bind({found.id: choice.value}) == file.bind({found.id: choice.label})
    assert file.bind({"zero_rule": "linear"}) != file.scheme


# what a setting's answer stands for

ANSWERS = setting("r", "choice", default="a", choices=[{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}])


def base(**when: object) -> str:
    return indicator("p", "share", of="points", maximum=100, base={"setting": "r", "when": when})


def test_a_key_may_differ_with_the_answer_of_a_setting() -> None:
    file = read(toml(POINTS, ANSWERS, base(a=100, b={"setting": "n"}), setting("n", "number", default=50)))
    assert [file.bind({"r": answer}).indicator[0].base for answer in ("a", "b", "乙")] == [100, 50, 50]


@pytest.mark.parametrize("when", [{"a": 1}, {"a": 1, "b": 2, "c": 3}, {}])
def test_each_answer_must_be_told_and_no_other(when: dict[str, object]) -> None:
    (fault,) = faults(POINTS, ANSWERS, base(**when))
    assert fault == ("indicator[0].base.when", "须为设置项 r 的每个选项各写一个：a、b")


def test_only_a_choice_has_answers_to_tell_apart() -> None:
    text = toml(POINTS, setting("r", "number", default=1), base(a=1))
    assert [path for path, _ in faults_of(text)] == ["indicator[0].base.when"]
