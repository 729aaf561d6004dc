"""The App Home: the latest issue, a box to ask in, how to ask, and how old the data is."""

from collections.abc import Iterator
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    PlainTextInputElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.views import View as SlackView

from adapters.slack.issue_card import issue_screen
from adapters.slack.lists import help_screen
from adapters.slack.payload import NAME, blocks_of, plain, section
from adapters.slack.render import EXAMPLES, HERE
from adapters.slack.spots import Press, Verb, encode
from bot.answers import IssueFound
from bot.chat.context import Context
from bot.chat.spots import Spot, View

_LONGEST_QUERY: Final = 200


def home_of(latest: IssueFound | None, context: Context, *, owner: str) -> dict[str, Any]:
    """The view to publish for the person: the first page of the latest issue, if there is one."""
    return dict(SlackView(type="home", blocks=list(_blocks(latest, context, owner))).to_dict())


def _blocks(latest: IssueFound | None, context: Context, owner: str) -> Iterator[Block]:
    yield HeaderBlock(text=plain(NAME))
    yield _search(owner)
    yield DividerBlock()
    if latest:
        yield from blocks_of(issue_screen(latest, 1, context), owner=owner, private=True, shared=True)
    else:
        yield section("There are no issues here yet.")
    yield DividerBlock()
    yield from blocks_of(help_screen(HERE, EXAMPLES), owner=owner, private=True, shared=True)


def _search(owner: str) -> InputBlock:
    press = Press(verb=Verb.SEARCH, spot=Spot(view=View.MATCHES), owner=owner)
    box = PlainTextInputElement(
        action_id=encode(press),
        placeholder=plain("A title, an author, an idea, an arXiv number, AN #58 …"),
        max_length=_LONGEST_QUERY,
        dispatch_action_config=DispatchActionConfig(trigger_actions_on=["on_enter_pressed"]),
    )
    return InputBlock(label=plain("Look something up"), element=box, dispatch_action=True)
