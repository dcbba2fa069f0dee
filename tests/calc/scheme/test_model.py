"""What a scheme knows of its own columns."""

import pytest

from tests.calc.making import indicator, measure, scheme

SCHEME = scheme(
    measure("volume", label="业务量"),
    measure("skill", label="技能", many=True, columns=3),
    indicator("a", "given", of="volume", base=10),
    indicator("b", "given", of="volume", base=5, in_total=False),
    indicator("c", "given", of="volume"),
    id="bank/branch/monthly-star",
)


def test_a_measure_offers_its_columns_by_id_and_label() -> None:
    volume, skill = SCHEME.measure
    assert volume.headers() == (("volume", "业务量"),)
    assert skill.headers() == (("skill_1", "技能1"), ("skill_2", "技能2"), ("skill_3", "技能3"))
    assert skill.headers(1) == (("skill_1", "技能1"),)


@pytest.mark.parametrize(
    ("column", "of"),
    [("volume", "volume"), ("skill_1", "skill"), ("skill_20", "skill"), ("skill_99", "skill"), ("skill", None),
     ("skill_0", None), ("skill_01", None), ("skill_100", None), ("skill_x", None), ("volume_1", None), ("", None)],
)  # fmt: skip
def test_a_column_belongs_to_one_measure_or_none(column: str, of: str | None) -> None:
    found = SCHEME.measure_of(column)
    assert (None if found is None else found.id) == of


def test_the_total_is_of_the_indicators_that_are_added_up() -> None:
    assert [found.id for found in SCHEME.scored] == ["a", "c"]
    assert SCHEME.weights_total() == 10
    assert SCHEME.short_id == "monthly-star"
