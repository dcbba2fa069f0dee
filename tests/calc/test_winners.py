"""Seats: from rank 1 down, ties at the cut, tie-breaks, rulings, policies, and the lot."""

import random
from fractions import Fraction

import pytest

from calc.scheme.model import Scheme
from calc.winners import Candidate, Decisions, Limit, Seats, award_seats
from tests.calc.making import points_scheme

NO_RULING = Decisions()


def contest(seats: int = 1, policy: str = "ask", seed: str = "") -> Scheme:
    return points_scheme(rule=str(seats), ties={"policy": policy, "seed": seed})


def ranked(*ranks: int, keys: tuple[tuple[int | None, ...], ...] = ()) -> list[Candidate]:
    """Candidates of these ranks in rows 0, 1, 2, … with the ids p0, p1, p2, …"""
    exact = [tuple(None if key is None else Fraction(key) for key in row) for row in keys] or [()] * len(ranks)
    return [Candidate(row, f"p{row}", rank, key) for row, (rank, key) in enumerate(zip(ranks, exact, strict=True))]


def award(of: Scheme, candidates: list[Candidate], ruled: Decisions = NO_RULING, size: int = 50) -> Seats:
    seats = of.quota.seats("", size)
    assert seats is not None
    return award_seats(of.ties, candidates, seats, ruled)


def drawn(seats: Seats) -> set[int]:
    return set(seats.winners)


@pytest.mark.parametrize(
    ("seats", "ranks", "winners"),
    [
        (1, (2, 1, 3), {1}),
        (2, (2, 1, 3), {0, 1}),
        (3, (1, 2, 2, 4), {0, 1, 2}),
        (2, (1, 1, 3), {0, 1}),
        (5, (1, 2), {0, 1}),
        (0, (1, 2), set()),
        (1, (), set()),
    ],
)
def test_seats_are_filled_from_the_first_rank_down(seats: int, ranks: tuple[int, ...], winners: set[int]) -> None:
    found = award(contest(seats), ranked(*ranks))
    assert (drawn(found), found.tied, found.seats) == (winners, (), seats)


@pytest.mark.parametrize(
    ("seats", "ranks", "winners", "tied"),
    [
        (1, (1, 1, 3), set(), (0, 1)),
        (2, (1, 2, 2, 4), {0}, (1, 2)),
        (2, (1, 1, 1), set(), (0, 1, 2)),
    ],
)
def test_who_is_equal_at_the_cut_waits_for_a_ruling(
    seats: int, ranks: tuple[int, ...], winners: set[int], tied: tuple[int, ...]
) -> None:
    found = award(contest(seats), ranked(*ranks))
    assert (drawn(found), found.tied, found.in_tie) == (winners, tied, frozenset(tied))


@pytest.mark.parametrize(
    ("policy", "seed", "filled", "tied", "needs_seed"),
    [
        ("include", "", 3, 0, False),
        ("exclude", "", 1, 0, False),
        ("ask", "", 1, 2, False),
        ("lot", "", 1, 2, True),
        ("lot", "040713", 2, 0, False),
    ],
)
def test_a_tie_that_nobody_ruled_on_follows_the_policy(
    policy: str, seed: str, filled: int, tied: int, needs_seed: bool
) -> None:
    found = award(contest(2, policy, seed), ranked(1, 2, 2, 4))
    assert (len(found.winners), len(found.tied), found.needs_seed) == (filled, tied, needs_seed)
    assert 0 in found.winners
    assert 3 not in found.winners


@pytest.mark.parametrize("policy", ["ask", "include", "exclude", "lot"])
def test_the_policy_touches_nobody_where_all_of_equal_rank_have_seats(policy: str) -> None:
    found = award(contest(3, policy, "s"), ranked(1, 2, 2, 4))
    assert (drawn(found), found.tied, found.notes) == ({0, 1, 2}, (), {})


# tie-breaks


def test_tie_breaks_move_seats_in_their_order_and_a_missing_value_is_the_worst() -> None:
    keys = ((5, 1), (5, 2), (None, 9), (7, 0))
    assert drawn(award(contest(1), ranked(1, 1, 1, 1, keys=keys))) == {3}
    assert drawn(award(contest(2), ranked(1, 1, 1, 1, keys=keys))) == {3, 1}
    assert drawn(award(contest(3), ranked(1, 1, 1, 1, keys=keys))) == {3, 1, 0}


def test_a_tie_break_does_not_lift_anybody_over_a_better_rank() -> None:
    assert drawn(award(contest(1), ranked(1, 2, keys=((0,), (9,))))) == {0}


def test_who_is_still_equal_after_the_tie_breaks_is_tied_for_the_seats_left() -> None:
    found = award(contest(2), ranked(1, 1, 1, 1, keys=((3,), (5,), (3,), (1,))))
    assert (drawn(found), found.tied) == ({1}, (0, 2))
    assert found.notes[1] == "tie_break"


# rulings


def test_a_ruling_settles_the_tie() -> None:
    found = award(contest(), ranked(1, 1, 1), Decisions(seat={1: True}))
    assert (drawn(found), found.tied) == ({1}, ())
    assert found.notes == {0: "ruled_off", 1: "ruled_in", 2: "ruled_off"}


def test_who_is_ruled_out_of_the_tie_leaves_it_to_the_others() -> None:
    found = award(contest(), ranked(1, 1), Decisions(seat={0: False}))
    assert (drawn(found), found.tied) == ({1}, ())
    found = award(contest(), ranked(1, 1, 1), Decisions(seat={0: False}))
    assert (drawn(found), found.tied) == (set(), (1, 2))


def test_all_may_be_ruled_out_and_the_seat_stays_empty() -> None:
    found = award(contest(), ranked(1, 1, 3), Decisions(seat={0: False, 1: False}))
    assert (drawn(found), found.tied, found.seats) == (set(), (), 1)


def test_more_rulings_than_seats_settle_nothing() -> None:
    found = award(contest(2), ranked(1, 2, 2, 2), Decisions(seat={1: True, 2: True}))
    assert (drawn(found), found.tied, found.overruled) == ({0}, (1, 2, 3), (1, 2))


@pytest.mark.parametrize("policy", ["ask", "include", "exclude", "lot"])
def test_a_ruling_comes_before_the_policy(policy: str) -> None:
    found = award(contest(1, policy, "s"), ranked(1, 1), Decisions(seat={1: True}))
    assert drawn(found) == {1}


def test_a_ruling_on_who_is_not_in_the_tie_changes_nothing() -> None:
    assert drawn(award(contest(1), ranked(1, 2), Decisions(seat={1: True}))) == {0}


def test_who_is_removed_leaves_the_seat_empty_without_a_runner_up() -> None:
    found = award(contest(2), ranked(1, 2, 3), Decisions(removed={0: "objection"}))
    assert (drawn(found), found.seats) == ({1}, 2)
    assert found.notes[0] == "ruled_out"


def test_who_won_a_tie_by_ruling_can_be_removed_and_nobody_moves_up() -> None:
    found = award(contest(), ranked(1, 1), Decisions(seat={0: True}, removed={0: "cancel"}))
    assert (drawn(found), found.tied) == (set(), ())


@pytest.mark.parametrize(("approved", "seats"), [(None, 1), (0, 1), (1, 1), (3, 3)])
def test_seats_may_be_approved_beyond_the_quota_but_not_below(approved: int | None, seats: int) -> None:
    found = award(contest(1), ranked(1, 2, 3, 4), Decisions(seats=approved))
    assert (found.seats, drawn(found)) == (seats, set(range(seats)))


def test_the_quota_counts_all_rows_of_the_pool_and_not_only_the_ranked() -> None:
    of = points_scheme(rule="10% floor")
    assert award(of, ranked(1, 2, 3), size=29).seats == 2
    assert award(of, ranked(1, 2, 3), size=9).seats == 0


# the lot


def test_the_lot_is_the_lowest_sha256_of_seed_and_id() -> None:
    """printf 'seed\\n%s' p0 | sha256sum: p0 80fd…, p1 6d07…, p2 332c…"""
    found = award(contest(2, "lot", "seed"), ranked(1, 1, 1))
    assert drawn(found) == {1, 2}
    assert found.notes == {0: "lot_off", 1: "lot_in", 2: "lot_in"}


def test_the_lot_does_not_depend_on_the_order_of_the_rows() -> None:
    of = contest(3, "lot", "2026年9月")
    ids = [f"{n:04}" for n in range(20)]
    results = []
    for _ in range(5):
        random.shuffle(ids)
        found = award(of, [Candidate(row, name, 1) for row, name in enumerate(ids)])
        results.append({ids[row] for row in found.winners})
    assert results == [results[0]] * 5


def test_another_seed_draws_others() -> None:
    tied = ranked(*[1] * 30)
    assert len({frozenset(award(contest(3, "lot", str(seed)), tied).winners) for seed in range(10)}) > 1


# at most so many of one unit


def limited(seats: int, units: str, *ranks: int, ruled: Decisions = NO_RULING, at_most: int = 2) -> Seats:
    return award_seats(contest().ties, ranked(*ranks), seats, ruled, Limit(list(units), at_most))


def test_the_next_of_another_unit_comes_in_where_one_is_full() -> None:
    found = limited(4, "AAABBC", 1, 2, 3, 4, 5, 6)
    assert drawn(found) == {0, 1, 3, 4}
    assert found.notes == {2: "unit_full"}
    assert drawn(limited(2, "AAAB", 1, 2, 3, 4)) == {0, 1}


def test_who_is_equal_at_a_units_cut_and_would_win_waits() -> None:
    found = limited(3, "AAAB", 1, 2, 2, 4)
    assert (drawn(found), found.tied) == ({0}, (1, 2))
    settled = limited(3, "AAAB", 1, 2, 2, 4, ruled=Decisions(seat={2: True}))
    assert (drawn(settled), settled.tied) == ({0, 2, 3}, ())
    assert settled.in_tie == {1, 2}
    assert drawn(limited(1, "ABBB", 1, 2, 2, 2)) == {0}


def test_a_removed_winner_of_a_unit_has_no_runner_up_in_it() -> None:
    assert drawn(limited(2, "AAAB", 1, 2, 3, 4, ruled=Decisions(removed={0: "cancel"}))) == {1}


def passed_on(kinds: tuple[str, ...], removed: dict[int, str], *ranks: int, seats: int = 2) -> Seats:
    return award_seats(contest().ties, ranked(*ranks), seats, Decisions(removed=removed), passes_on=kinds)


def test_a_seat_is_passed_on_only_after_rulings_that_the_scheme_names() -> None:
    removed = {0: "cancel", 1: "withdraw"}
    assert passed_on((), removed, 1, 2, 3, 4).winners == ()
    found = passed_on(("cancel",), removed, 1, 2, 3, 4)
    assert (found.winners, dict(found.notes)) == ((2,), {0: "ruled_out", 1: "ruled_out", 2: "moved_up"})


def test_who_would_move_up_may_be_removed_too() -> None:
    found = passed_on(("cancel",), {0: "cancel", 2: "cancel"}, 1, 2, 3, 4)
    assert (found.winners, found.seats) == ((1, 3), 2)
    assert dict(found.notes) == {0: "ruled_out", 2: "ruled_out", 3: "moved_up"}


def test_a_seat_that_is_passed_on_may_lead_to_a_tie() -> None:
    found = passed_on(("cancel",), {0: "cancel"}, 1, 2, 3, 3)
    assert (found.winners, found.tied) == ((1,), (2, 3))
