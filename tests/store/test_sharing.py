"""However many workers share however many shards, come and go: the shares become even, and stay so."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.model.shards import Worker
from store.sharing import LeaseRow, Span, renewed

ROUNDS = 2
"""So many renewals of each worker make the shares even: one offers, another takes."""
LAST = 2
"""So many more, and what was taken is served, and whoever leaves knows it."""
SHARDS = st.integers(1, 40)
WORKERS = st.integers(1, 12)
CHANCE = st.randoms(use_true_random=False)


@dataclass
class Crew:
    """Workers that renew their leases in any order, and serve what they hold from one renewal to the next."""

    shards: int
    chance: Random
    staying: list[str] = field(default_factory=list)
    leaving: list[str] = field(default_factory=list)
    serving: dict[str, frozenset[int]] = field(default_factory=dict)
    came: int = 0

    def __post_init__(self) -> None:
        self.rows = [LeaseRow(shard) for shard in range(self.shards)]

    def renew(self, name: str) -> None:
        leaving = name in self.leaving
        worker = Worker(
            platform="discord", name=name, shards=self.shards, serving=self.serving[name], leaving=leaving
        )
        if leaving and not self.staying:
            return
        others = [other for other in self.staying if other != name]
        newest = max(row.fence for row in self.rows)
        before = self.rows.copy()
        for row in renewed(self.rows, worker, others, Span(1, 2), newest):
            self.rows[row.shard] = row
        self.judge(before)
        # It goes on with what another has taken over from it and does not serve yet.
        self.serving[name] = frozenset(
            row.shard
            for row in self.rows
            if row.holder == name or (row.shard in self.serving[name] and not row.serves)
        )
        if leaving and not self.serving[name]:
            self.leaving.remove(name)

    def judge(self, before: list[LeaseRow]) -> None:
        """Only what was offered has changed hands, and nobody who gave it has too little now."""
        counts, least = Counter(self.holders), self.shards // max(len(self.staying), 1)
        for row in before:
            if row.until and row.holder != self.rows[row.shard].holder:
                assert row.offered
                assert row.holder not in self.staying or counts[row.holder] >= least

    def round(self) -> None:
        """Each renews once."""
        everybody = [*self.staying, *self.leaving]
        self.chance.shuffle(everybody)
        for name in everybody:
            self.renew(name)

    def settle(self) -> None:
        for _ in range(ROUNDS):
            self.round()

    def join(self) -> str:
        self.came += 1
        name = f"{self.chance.randrange(16):x}-{self.came}"
        self.staying.append(name)
        self.serving[name] = frozenset()
        return name

    def leave(self, name: str) -> None:
        self.staying.remove(name)
        self.leaving.append(name)

    def die(self, name: str) -> None:
        self.staying.remove(name)
        del self.serving[name]
        self.rows = [row._replace(until=0) if row.holder == name else row for row in self.rows]

    def any(self) -> str:
        return self.chance.choice(self.staying)

    @property
    def holders(self) -> list[str]:
        return [row.holder for row in self.rows]

    def is_even(self) -> bool:
        counts = Counter(self.holders)
        numbers = [counts[name] for name in self.staying]
        return sum(numbers) == self.shards and max(numbers) - min(numbers) <= 1


def crew_of(shards: int, workers: int, chance: Random) -> Crew:
    """Workers that began together and have shared all shards out."""
    crew = Crew(shards, chance)
    for _ in range(workers):
        crew.join()
    crew.settle()
    assert crew.is_even()
    return crew


@given(SHARDS, WORKERS, CHANCE)
def test_once_the_shares_are_even_nothing_changes_any_more(shards: int, workers: int, chance: Random) -> None:
    crew = crew_of(shards, workers, chance)
    holders = crew.holders
    for _ in range(9):
        crew.round()
        assert crew.holders == holders
        assert not any(row.offered for row in crew.rows)


@given(SHARDS, WORKERS, CHANCE)
def test_a_worker_added_takes_its_share_and_nobody_else_takes_anything(
    shards: int, workers: int, chance: Random
) -> None:
    crew = crew_of(shards, workers, chance)
    before = crew.holders
    added = crew.join()
    crew.settle()
    assert crew.is_even()
    moved = [now for then, now in zip(before, crew.holders, strict=True) if then != now]
    assert moved == [added] * (shards // (workers + 1))


@given(SHARDS, WORKERS, CHANCE, st.sampled_from(["leave", "die"]))
def test_what_one_had_that_left_or_died_is_all_that_changes_hands(
    shards: int, workers: int, chance: Random, how: str
) -> None:
    crew = crew_of(shards, workers + 1, chance)
    before = crew.holders
    gone = crew.any()
    crew.die(gone) if how == "die" else crew.leave(gone)
    crew.settle()
    assert crew.is_even()
    assert [then for then, now in zip(before, crew.holders, strict=True) if then != now] == (
        [gone] * before.count(gone)
    )


def test_what_was_offered_to_one_that_is_gone_is_not_taken_by_another_unasked() -> None:
    crew = crew_of(6, 2, Random(1))  # noqa: S311 - no secret
    stays, leaves = crew.staying
    gone = crew.join()
    crew.renew(stays)
    crew.renew(leaves)
    crew.die(gone)
    crew.leave(leaves)
    added = crew.join()
    crew.renew(added)
    assert Counter(crew.holders) == {stays: 3, leaves: 2, added: 1}


@given(SHARDS, st.lists(st.sampled_from(["join", "leave", "die", "renew", "round"]), max_size=60), CHANCE)
def test_in_whatever_order_workers_come_and_go_the_shares_become_even_and_no_shard_is_dropped(
    shards: int, events: list[str], chance: Random
) -> None:
    crew = crew_of(shards, 1, chance)
    for event in events:
        match event:
            case "join":
                crew.join()
            case "leave" if len(crew.staying) > 1:
                crew.leave(crew.any())
            case "die" if len(crew.staying) > 1:
                crew.die(crew.any())
            case "round":
                crew.round()
            case _:
                crew.renew(chance.choice([*crew.staying, *crew.leaving]))
        if "die" not in events:
            assert frozenset().union(*crew.serving.values()) == set(range(shards))
    crew.settle()
    assert crew.is_even()
    holders = crew.holders
    for _ in range(LAST):
        crew.round()
    assert crew.holders == holders
    assert not crew.leaving
