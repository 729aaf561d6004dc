"""An action id is all that is left of a card after a restart, and says everything."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.action_ids import TARGET, VALUE, ButtonAction, decode, encode
from bot.cards.routes import Route, Verb, View, picked, query, section
from bot.lookup.query_syntax import parse as parse_query
from bot.lookup.requests import FindPaper, parse
from bot.model.search import Filters

ROUTES = st.builds(
    Route,
    view=st.sampled_from(list(View)),
    target=st.text(max_size=TARGET),
    page=st.integers(0, 9999),
)
OWNERS = st.from_regex(r"[UW][0-9A-Z]{8,12}", fullmatch=True) | st.just("")


@given(st.builds(ButtonAction, verb=st.sampled_from(list(Verb)), route=ROUTES, owner=OWNERS))
def test_what_an_action_id_says_is_read_back(action: ButtonAction) -> None:
    action_id = encode(action)
    assert len(action_id) <= 255
    assert decode(action_id) == action


@given(st.text(max_size=300))
def test_an_action_id_that_is_not_ours_says_nothing(action_id: str) -> None:
    assert decode("an" + action_id.replace(":", "")) is None


@given(st.text(max_size=400), st.none() | st.text(max_size=40), st.none() | st.integers(1, 200))
def test_a_query_fits_and_keeps_its_filters(words: str, by: str | None, issue: int | None) -> None:
    target = query(words, Filters(by=by, issue=issue), TARGET).target
    assert len(target) <= TARGET
    assert (f"an:{issue}" in target) == (issue is not None) or f"an:{issue}" in words


def test_a_query_that_led_to_a_card_leads_there_again() -> None:
    words, filters = parse_query('mesa by:"evan hubinger" in:robustness year:2019 is:highlight')
    again = parse(f"/paper {query(words, filters, TARGET).target}")
    assert again == FindPaper(words=words, filters=filters)


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=3).map(tuple))
def test_a_section_fits_an_option(path: tuple[str, ...]) -> None:
    assert len(section(path, VALUE).target) <= 150


def test_a_menu_of_sections_opens_sections_and_any_other_summaries() -> None:
    assert picked(Route(view=View.SECTIONS), "News").view is View.TOPIC
    assert picked(Route(view=View.ISSUE, target="58"), "58-a").view is View.TEXT
