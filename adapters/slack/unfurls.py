"""Previews below links: which links get one, and what it shows.

A link is kept as Slack writes it (`&amp;` for `&`): Slack recognizes it by that.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import error_of, log
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.render import blocks_of
from adapters.slack.scopes import covers
from bot.cards.linked import linked_card
from bot.linking.resolve import stands_at
from bot.model.newsletter import Issue, Summary

_LINK: Final = re.compile(r"<(https?://[^<>|]+)(?:\|[^<>]*)?>", re.IGNORECASE)
_REFUSED: Final = frozenset(
    {
        "cannot_unfurl_url",
        "cannot_unfurl_message",
        "cannot_find_service",
        "missing_scope",
        "not_allowed_token_type",
    }
)
"""Slack's errors for a link that the app may not preview."""

Things = Sequence[Issue | Summary]


def links_in(text: str, domains: Iterable[str]) -> tuple[str, ...]:
    """The links of a message to the domains, each once, in its order.

    >>> links_in("<https://arxiv.org/abs/1?a=b&amp;c=d|this> or <https://b.example>", ["arxiv.org"])
    ('https://arxiv.org/abs/1?a=b&amp;c=d',)
    """
    return tuple(dict.fromkeys(link for link in _LINK.findall(text) if covers(domains, link)))


def by_link(things: Things, links: Sequence[str]) -> tuple[dict[str, list[Issue | Summary]], Things]:
    """The things by the link that each is at, and those that are at none."""
    below: dict[str, list[Issue | Summary]] = {}
    rest = []
    for thing in things:
        own = (link for link in links if isinstance(thing, Summary) and stands_at(thing, html.unescape(link)))
        if link := next(own, ""):
            below.setdefault(link, []).append(thing)
        else:
            rest.append(thing)
    return below, rest


def unfurls_of(below: Mapping[str, Things], more: int, *, owner: str) -> dict[str, Any]:
    """The previews for `chat.unfurl`; `more` is counted below the last."""
    counts = [0] * (len(below) - 1) + [more]
    return {
        link: {"blocks": _blocks(things, count, owner)}
        for (link, things), count in zip(below.items(), counts, strict=True)
    }


def _blocks(things: Things, more: int, owner: str) -> list[dict[str, Any]]:
    card = linked_card(things, more, SLACK_FORMAT)
    return list(blocks_of(card, owner=owner, private=False, shared=False, rich=False))


async def unfurl(client: AsyncWebClient, place: Mapping[str, Any], unfurls: Mapping[str, Any]) -> bool:
    """Show the previews; False if Slack does not let the app. `place` is channel and ts,
    or unfurl_id and source. Raises SlackApiError for any other error.
    """
    try:
        await client.chat_unfurl(**place, unfurls=dict(unfurls))
    except SlackApiError as error:
        if error_of(error) not in _REFUSED:
            raise
        log.info("a preview was not allowed: %s", error_of(error))
        return False
    return True
