"""What a workspace is asked to let the bot do: the least, and what is chosen beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from adapters.slack import surface
from bot.commands import DIGEST, Command
from bot.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`linking` is one of `bot.config.LINKING` or "": how much of messages may be seen.

    `settling` is whether the bot may look if a digest stands where it was posted,
    `domains` are those whose links may get previews.
    """

    linking: str = ""
    settling: bool = False
    domains: Sequence[str] = surface.UNFURL_DOMAINS

    @property
    def previews(self) -> bool:
        """Whether the bot is told of links."""
        return bool(self.linking and self.domains)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The slash commands there are then."""
        return (*surface.COMMANDS, DIGEST, *((surface.LINKING,) if self.linking else ()))

    @property
    def events(self) -> tuple[str, ...]:
        """The events that are sent to the bot."""
        links = (surface.LINK_SHARED,) if self.previews else ()
        text = surface.LINKING_EVENTS if self.linking == "text" else ()
        return tuple(sorted((*surface.EVENTS, *links, *text)))

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that takes."""
        links = surface.LINK_SCOPES if self.previews else {}
        text = surface.LINKING_SCOPES if self.linking == "text" else {}
        settling = surface.SETTLING_SCOPES if self.settling else {}
        return tuple(sorted({**surface.SCOPES, **links, **text, **settling}))


EVERYTHING: Final = Grant(linking="text", settling=True)


def grant_of(settings: Settings) -> Grant:
    """What the manifest asked for; workspaces that install the bot by themselves are asked for it."""
    return Grant(
        linking=settings.slack_linking, settling=settings.slack_settling, domains=domains_of(settings)
    )


def domains_of(settings: Settings) -> Sequence[str]:
    """The domains whose links get previews: those of the settings, else the five of `surface`."""
    given = settings.slack_unfurl_domains
    return surface.UNFURL_DOMAINS if given is None else given
