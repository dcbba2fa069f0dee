"""Each case fails under at least one stated mutation of the code (mutations.toml), and each mutation is noticed."""

import pytest

from tests.cases import reading
from tests.mutations.run import MONTHLY, Mutation, broken, mutations

MUTATIONS = mutations()
each = pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.id)


def test_every_case_of_the_month_is_named_by_a_mutation() -> None:
    named = {case for mutation in MUTATIONS if mutation.scheme == MONTHLY for case in mutation.cases}
    assert {case.name for case in reading.cases(MONTHLY)} == named, "left: cases; right: names in mutations.toml"


def test_ids_are_unique() -> None:
    assert len({mutation.id for mutation in MUTATIONS}) == len(MUTATIONS)


@each
def test_mutation_can_be_applied(mutation: Mutation) -> None:
    assert mutation.why
    assert mutation.cases
    assert mutation.old != mutation.new
    assert mutation.source.count(mutation.old) == 1, f"{mutation.file}: not once: {mutation.old}"


@each
def test_mutation_is_noticed_by_its_cases(mutation: Mutation) -> None:
    missed = set(mutation.cases) - set(broken(mutation, mutation.cases))
    assert not missed, f"{mutation.why}: these cases come out as expected all the same"
