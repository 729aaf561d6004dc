"""The commands, events and scopes that the bot uses: the app registers them, the
manifest lists them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from adapters.slack.settings import SlackSettings
from bot.lookup.commands import AN, DIGEST, PAPER, TOPIC, Command

COMMANDS: Final = (AN, PAPER, TOPIC)
"""The slash commands: Slack keeps `/help` and `/open` for itself."""
FIND_SUMMARIES: Final = "find_summaries"
SHORTCUTS: Final = {FIND_SUMMARIES: "Find summaries"}
"""Message shortcuts: what each is called in a message's menu, by its callback id."""
HOME_OPENED: Final = "app_home_opened"
UNINSTALLED: Final = "app_uninstalled"
REVOKED: Final = "tokens_revoked"
EVENTS: Final = (HOME_OPENED, UNINSTALLED, REVOKED)
SCOPES: Final = {
    "commands": "answers slash commands and the message shortcut",
    "chat:write": "answers when a command's response_url is used up, and in direct messages",
    "users:read": "asks if somebody is an admin before settings or digests change, and their timezone",
}
"""The bot's scopes, each with its reason."""
LINKING: Final = Command(
    name="linking",
    about="If what is only mentioned in this channel is answered, and if you are answered at all.",
    usage=(
        "/linking on [everywhere]",
        "/linking off [everywhere]",
        "/linking status",
        "/linking ignore-me",
        "/linking answer-me",
    ),
    examples=("/linking status", "/linking ignore-me"),
)
"""The command of linking, however little of a channel it sees."""
UNFURL_DOMAINS: Final = (
    "arxiv.org",
    "alignmentforum.org",
    "lesswrong.com",
    "openai.com",
    "futureoflife.org",
)
"""The five whose links most summaries are about: 1,317 of 1,953 main links, 67 in 100."""
LINK_SHARED: Final = "link_shared"
LINK_SCOPES: Final = {
    "links:read": "gets links to the domains of the manifest, and nothing else of a message",
    "links:write": "shows previews of summaries below such links",
}
"""The scopes that previews need."""
LINKING_EVENTS: Final = ("message.channels", "message.groups")
LINKING_SCOPES: Final = {
    "channels:history": "reads the messages of public channels that it was invited to, for linking",
    "groups:history": "reads the messages of private channels that it was invited to, for linking",
}
"""The further scopes for reading messages: asked for only if that is wanted."""
SETTLING_SCOPES: Final = {
    "channels:history": "looks if a digest is in a public channel when Slack's answer was lost",
    "groups:history": "the same in a private channel",
    "im:history": "the same in a direct message",
}
"""Without them such a digest counts as failed, and is not posted again. They bring no events, so
nothing else is read with them.
"""
PICTURE_SCOPES: Final = {"files:write": "uploads pictures of citations and years, to show them in answers"}
"""The scope for pictures: asked for only if they are wanted."""
PATH: Final = "/slack/events"
"""The path of Slack's requests over HTTP."""
INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"
_HOST: Final = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)


def covers(domains: Iterable[str], url: str) -> bool:
    """If the address is at one of the domains or below one.

    >>> covers(["arxiv.org"], "https://export.arxiv.org/abs/1"), covers(["arxiv.org"], "https://notarxiv.org")
    (True, False)
    """
    host = _HOST.match(url)
    return host is not None and any(f".{host[1].lower()}".endswith(f".{domain}") for domain in domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`linking` is a `Linking` of the settings or "": how much of messages may be seen.

    `settling` says if the bot may look if a digest was posted, `pictures` if it may upload
    some, `domains` are those whose links may get previews. `organisation` says if an Enterprise organisation may install it
    for all its workspaces.
    """

    linking: str = ""
    settling: bool = False
    pictures: bool = False
    domains: Sequence[str] = UNFURL_DOMAINS
    organisation: bool = False

    @property
    def previews(self) -> bool:
        """If the bot gets links."""
        return bool(self.linking and self.domains)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The slash commands."""
        return (*COMMANDS, DIGEST, *((LINKING,) if self.linking else ()))

    @property
    def events(self) -> tuple[str, ...]:
        """The events that are sent to the bot."""
        links = (LINK_SHARED,) if self.previews else ()
        text = LINKING_EVENTS if self.linking == "text" else ()
        return tuple(sorted((*EVENTS, *links, *text)))

    @property
    def scopes(self) -> tuple[str, ...]:
        """The OAuth scopes to ask for."""
        links = LINK_SCOPES if self.previews else {}
        text = LINKING_SCOPES if self.linking == "text" else {}
        settling = SETTLING_SCOPES if self.settling else {}
        pictures = PICTURE_SCOPES if self.pictures else {}
        return tuple(sorted({**SCOPES, **links, **text, **settling, **pictures}))


EVERYTHING: Final = Grant(linking="text", settling=True, pictures=True)


def grant_of(settings: SlackSettings) -> Grant:
    """What the manifest asked for, and what workspaces that install the bot are asked for."""
    return Grant(
        linking=settings.linking,
        settling=settings.settling,
        pictures=settings.pictures,
        domains=domains_of(settings),
    )


def domains_of(settings: SlackSettings) -> Sequence[str]:
    """The domains whose links get previews: those of the settings, else the five of `scopes`."""
    given = settings.unfurl_domains
    return UNFURL_DOMAINS if given is None else given
