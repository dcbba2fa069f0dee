"""What people fill in: ids, labels, settings and columns that a scheme is refused for."""

import pytest

from tests.calc.making import event, group, measure, requirement, reward, setting
from tests.calc.scheme.refusing import MANY, NUMBER, PLAIN, faults

DUPLICATES = [
    ((NUMBER, measure("n", label="m"), PLAIN), "measure(n)", "2 次"),
    ((NUMBER, PLAIN, PLAIN), "indicator(i)", "2 次"),
    ((NUMBER, PLAIN, event("e"), event("e", label="x")), "event(e)", "2 次"),
    ((NUMBER, PLAIN, *[requirement("r", "compare", of="n", op=">", to=1)] * 3), "requirement(r)", "3 次"),
    ((NUMBER, PLAIN, *[setting("s", "text")] * 2), "setting(s)", "2 次"),
    ((NUMBER, PLAIN, *[reward("w", 1)] * 2), "reward(w)", "2 次"),
    ((NUMBER, PLAIN, *[group("g", base=0)] * 2), "group(g)", "2 次"),
    ((NUMBER, PLAIN, measure("m", label="n")), "measure", "名称「n」"),
    ((NUMBER, PLAIN, event("e", label="n")), "measure", "名称「n」"),
    ((NUMBER, PLAIN, MANY, measure("m", label="skill1")), "measure", "名称「skill1」"),
    ((NUMBER, PLAIN, event("n", label="x")), "event(n)", "已用于 measure"),
    ((NUMBER, PLAIN, MANY, measure("skill_1", label="x")), "measure(skill_1)", "skill"),
    ((NUMBER, PLAIN, measure("id")), "measure(id)", "保留"),
    ((NUMBER, PLAIN, measure("pending")), "measure(pending)", "保留"),
    ((NUMBER, PLAIN, setting("period", "text")), "setting(period)", "period"),
]


@pytest.mark.parametrize(("blocks", "path", "said"), DUPLICATES, ids=[f"{m[1]} {m[2]}" for m in DUPLICATES])
def test_an_id_or_a_name_stands_for_one_thing_only(blocks: tuple[str, ...], path: str, said: str) -> None:
    found = [message for where, message in faults(*blocks) if where == path]
    assert found
    assert said in found[0]


def test_a_default_outside_the_range_of_its_setting_is_refused() -> None:
    (found,) = faults(NUMBER, PLAIN, setting("s", "number", default=5, min=6, max=9))
    assert found[0] == "setting(s).default"
