"""A summary keeps answering to every name it ever had, whatever order the sources come in."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from bot.indexing.merge import Merged, merge
from bot.model.newsletter import Draft, Entry, SourceKind
from bot.ports import IssueRef, SourceVersion
from tests.support.source_versions import MESA, PLACE, layer, merged, opinions


def test_every_key_a_source_alone_would_have_given_leads_to_it() -> None:
    sheet = Entry(title="Risks from Learned Optimization", links=("https://arxiv.org/abs/1906.01820",))
    page = Entry(title="Mesa optimizers", links=("https://arxiv.org/abs/1906.01820",))
    result = merged(layer(SourceKind.PAGE, page), layer(SourceKind.SHEET, sheet))
    assert result.issue.summaries[0].key == "7-risks-from-learned-optimization"
    assert result.aliases == {"7-mesa-optimizers": "7-risks-from-learned-optimization"}


def test_a_corrected_title_keeps_the_old_key_alive_by_its_address() -> None:
    old = merged(layer(SourceKind.SHEET, Entry(title="Wrong name", links=("https://a.example",))))
    new = layer(SourceKind.SHEET, Entry(title="Right title", links=("http://www.a.example/",)))
    assert merged(new, before=old.issue).aliases == {"7-wrong-name": "7-right-title"}


def test_a_corrected_typo_keeps_the_old_key_alive_by_likeness() -> None:
    old = merged(layer(SourceKind.SHEET, "Mesa optimisation and its risks"))
    aliases = merged(layer(SourceKind.SHEET, "Mesa optimization and its risks"), before=old.issue).aliases
    assert aliases == {"7-mesa-optimisation-and-its-risks": "7-mesa-optimization-and-its-risks"}


def test_older_keys_follow_from_one_correction_to_the_next() -> None:
    first, second, third = (
        layer(SourceKind.SHEET, Entry(title=title, links=("https://a.example",)))
        for title in ("First name", "Second one", "Third title")
    )
    once = merged(first)
    twice = merge(PLACE, [second], once.issue, once.aliases)
    assert merge(PLACE, [third], twice.issue, twice.aliases).aliases == {
        "7-first-name": "7-third-title",
        "7-second-one": "7-third-title",
    }


def test_a_key_of_what_is_gone_leads_nowhere() -> None:
    link = ("https://a.example/shared",)
    old = merged(layer(SourceKind.SHEET, Entry(title="Kept", links=link), Entry(title="Dropped", links=link)))
    result = merge(
        PLACE, [layer(SourceKind.SHEET, Entry(title="Kept", links=link))], old.issue, {"7-old": "7-dropped"}
    )
    assert result.aliases == {}


def test_a_key_is_never_inherited_by_what_was_there_already() -> None:
    old = merged(
        layer(
            SourceKind.SHEET,
            Entry(title="Kept", links=("https://a.example/1",)),
            Entry(title="Dropped", links=("https://a.example/2",)),
        )
    )
    new = layer(SourceKind.SHEET, Entry(title="Kept", links=("https://a.example/2",)))
    assert merged(new, before=old.issue).aliases == {}


def test_the_key_of_a_text_s_title_outlives_its_disbelief() -> None:
    link = ("https://a.example",)
    podcast = layer(SourceKind.PODCAST, Entry(title="Goals", links=link))
    text = layer(SourceKind.TEXT, "Goal", Entry(title="Goal", links=link))
    sheet = layer(SourceKind.SHEET, Entry(title="Goal", links=link))
    before = merged(podcast, text)
    assert before.aliases == {"7-goals": "7-goal~2"}
    after = merge(PLACE, [podcast, text, sheet], before.issue, before.aliases)
    assert after.left_out == ("Goal",)
    assert after.aliases == {"7-goal~2": "7-goal", "7-goals": "7-goal"}


def test_titles_that_make_the_same_key_get_different_ones() -> None:
    keys = [
        summary.key for summary in merged(layer(SourceKind.PAGE, "α-rank", "Rank", "rank")).issue.summaries
    ]
    assert keys == ["7-rank", "7-rank~2", "7-rank~3"]


def test_outside_the_numbered_issues_the_label_is_in_the_key() -> None:
    outside = SourceVersion(
        kind=SourceKind.SHEET, source="s", draft=Draft(label="Recon #4", entries=(Entry(title="A"),))
    )
    (summary,) = merge(IssueRef(None, "Recon #4"), [outside], None, {}).issue.summaries
    assert (summary.key, summary.issue, summary.label) == ("recon-4-a", None, "Recon #4")


NAMES = [
    "Goals",
    "Goal",
    "A long title about goals",
    "A long title about goats",
    "A long title of goals",
    "Part 1 of it all",
    "Part 2 of it all",
]
ENTRIES = st.builds(
    Entry,
    title=st.sampled_from(NAMES),
    links=st.sampled_from(
        [(), ("https://a.example",), ("https://b.example",), ("https://arxiv.org/abs/1906.01820",)]
    ),
    section=st.sampled_from([(), ("News",), MESA, ("Highlights",)]),
    highlight=st.booleans(),
    text=st.sampled_from(
        ["", "A short text.", "A [short](https://c.example) text.", "A much longer text than that."]
    ),
    opinions=st.sampled_from(
        [(), opinions(("Flo", "Yes.")), opinions(("Rohin", "No, no."), ("Flo", "Yes, yes, yes."))]
    ),
)


def layers_of(kind: SourceKind) -> st.SearchStrategy[SourceVersion]:
    return st.lists(ENTRIES, max_size=5).map(lambda entries: layer(kind, *entries))


KINDS = st.lists(st.sampled_from(SourceKind), unique=True, min_size=1, max_size=4)
LAYERS = KINDS.flatmap(lambda kinds: st.tuples(*map(layers_of, kinds)))


def signed(layers: Sequence[SourceVersion]) -> list[SourceVersion]:
    """The same layers, every entry with an opinion by which to know it again, and no text:
    beside a source with texts, a plain text has no word.
    """
    return [
        layer(
            one.kind,
            *(
                replace(entry, text="", opinions=opinions((f"{one.kind} {n}", "I am here")))
                for n, entry in enumerate(one.draft.entries)
            ),
        )
        for one in layers
    ]


def in_turn(layers: Sequence[SourceVersion]) -> list[Merged]:
    """What the issue comes to after each layer, the earlier ones kept."""
    results: list[Merged] = []
    for n in range(1, len(layers) + 1):
        before, aliases = (results[-1].issue, results[-1].aliases) if results else (None, {})
        results.append(merge(PLACE, layers[:n], before, aliases))
    return results


@given(LAYERS, st.randoms(use_true_random=False))
def test_the_order_in_which_the_sources_came_makes_no_difference(
    layers: Sequence[SourceVersion], chance: random.Random
) -> None:
    orders = list(permutations(layers))
    expected = in_turn(layers)[-1]
    for order in chance.sample(orders, min(4, len(orders))):
        assert in_turn(order)[-1] == expected


@given(LAYERS)
def test_every_entry_of_every_source_is_there_once_but_for_those_of_a_text_alone(
    layers: Sequence[SourceVersion],
) -> None:
    result = merged(*signed(layers))
    signatures = [opinion.by for summary in result.issue.summaries for opinion in summary.opinions]
    written = {f"{one.kind} {n}" for one in layers for n in range(len(one.draft.entries))}
    assert len(set(signatures)) == len(signatures) == len(written) - len(result.left_out)
    assert all(by.startswith("text") for by in written.difference(signatures))


@given(LAYERS)
def test_keys_are_unique_and_aliases_lead_to_them(layers: Sequence[SourceVersion]) -> None:
    for result in in_turn(layers):
        keys = [summary.key for summary in result.issue.summaries]
        assert len(set(keys)) == len(keys)
        assert set(result.aliases.values()) <= set(keys)
        assert set(result.aliases).isdisjoint(keys)


@given(LAYERS)
def test_a_key_once_given_leads_to_what_it_led_to_whatever_comes_later(
    layers: Sequence[SourceVersion],
) -> None:
    results = in_turn(signed(layers))
    final = {summary.key: {o.by for o in summary.opinions} for summary in results[-1].issue.summaries}
    for result in results:
        for summary in result.issue.summaries:
            heir = results[-1].aliases.get(summary.key, summary.key)
            writers = {opinion.by for opinion in summary.opinions}
            if not all(by.startswith("text") for by in writers):  # a text alone may be disbelieved later
                assert final[heir] & writers


@given(LAYERS)
def test_merging_again_changes_nothing(layers: Sequence[SourceVersion]) -> None:
    once = merged(*layers)
    assert merge(PLACE, layers, once.issue, once.aliases) == once
