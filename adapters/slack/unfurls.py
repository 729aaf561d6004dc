"""Previews below links: which links get one, and what Slack is told to show there.

A link is kept as Slack writes it (`&amp;` for `&`), for by that it knows it again.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import error_of, log
from adapters.slack.linked_card import linked_screen
from adapters.slack.payload import blocks_of
from adapters.slack.scopes import covers
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
"""What Slack says where a link is not the app's to preview."""

Things = Sequence[Issue | Summary]


def links_in(text: str, domains: Iterable[str]) -> tuple[str, ...]:
    """The links of a message to the domains, each once, in its order.

    >>> links_in("<https://arxiv.org/abs/1?a=b&amp;c=d|this> or <https://b.example>", ["arxiv.org"])
    ('https://arxiv.org/abs/1?a=b&amp;c=d',)
    """
    return tuple(dict.fromkeys(link for link in _LINK.findall(text) if covers(domains, link)))


def sorted_out(found: Things, links: Sequence[str]) -> tuple[dict[str, list[Issue | Summary]], Things]:
    """What goes below which link, and what is at none of them."""
    below: dict[str, list[Issue | Summary]] = {}
    rest = []
    for thing in found:
        own = (link for link in links if isinstance(thing, Summary) and stands_at(thing, html.unescape(link)))
        if link := next(own, ""):
            below.setdefault(link, []).append(thing)
        else:
            rest.append(thing)
    return below, rest


def unfurls_of(below: Mapping[str, Things], more: int, *, owner: str) -> dict[str, Any]:
    """What `chat.unfurl` takes; `more` is counted below the last."""
    counts = [0] * (len(below) - 1) + [more]
    return {
        link: {
            "blocks": [
                block.to_dict()
                for block in blocks_of(linked_screen(things, count), owner=owner, private=False, shared=False)
            ]
        }
        for (link, things), count in zip(below.items(), counts, strict=True)
    }


async def unfurl(client: AsyncWebClient, place: Mapping[str, Any], unfurls: Mapping[str, Any]) -> bool:
    """Show them; False where Slack does not let the app. `place` is channel and ts, or
    unfurl_id and source. Raises SlackApiError for all else.
    """
    try:
        await client.chat_unfurl(**place, unfurls=dict(unfurls))
    except SlackApiError as error:
        if error_of(error) not in _REFUSED:
            raise
        log.info("a preview was not allowed: %s", error_of(error))
        return False
    return True
