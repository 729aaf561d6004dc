"""`anbot manifest`: all that Slack has to know of the app, in one paste.

Its form: https://docs.slack.dev/reference/app-manifest
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, get_args
from urllib.parse import urlsplit

import click

from adapters.slack import scopes
from adapters.slack.escape import cut
from adapters.slack.payload import NAME
from adapters.slack.scopes import Grant, domains_of
from adapters.slack.settings import Linking, SlackSettings
from bot.errors import InputError
from bot.lookup.commands import DIGEST, Command

_ABOUT: Final = "Looks up the summaries of the Alignment Newsletter: issues, papers, topics."
_DESCRIPTION: Final = 2000
_USAGE: Final = 1000
_NOTICES: Final = {
    "links": (
        "With this manifest the bot sees links to the domains of SLACK_UNFURL_DOMAINS (links:read, links:write), "
        "and shows previews in channels with /linking on. It sees nothing else of a message."
    ),
    "text": (
        "With this manifest the bot may read the messages of channels it is invited to (channels:history, "
        "groups:history), and show previews of links (links:read, links:write). It does so in channels with "
        "/linking on, and stores none of them."
    ),
    "settling": (
        "With this manifest the bot may read the history of channels it is invited to (channels:history, "
        "groups:history, im:history). It does so only if it does not know whether a digest was posted."
    ),
    "pictures": (
        "With this manifest the bot may upload files (files:write). With SLACK_PICTURES=yes it uploads pictures "
        "of citations and years, and nothing else."
    ),
}
"""What whoever prints the manifest should know, by what it asks for."""


def manifest_command(settings: SlackSettings) -> click.Command:
    """The command, with the settings that name the domains of previews."""

    @click.command("manifest")
    @click.option(
        "--url",
        default="",
        metavar="URL",
        help="The address at which Slack reaches the bot over HTTP, such as https://bot.example. "
        "Default: Socket Mode.",
    )
    @click.option(
        "--linking",
        type=click.Choice(get_args(Linking)),
        help="Also ask for what linking needs: links to some domains, or whole messages.",
    )
    @click.option(
        "--settling",
        is_flag=True,
        help="Also ask to check whether a digest was posted, if Slack's answer was lost.",
    )
    @click.option(
        "--pictures", is_flag=True, help="Also ask to upload pictures of citations and years, to show them."
    )
    @click.option(
        "--organisation", is_flag=True, help="Let an Enterprise organisation install it for its workspaces."
    )
    def manifest_(
        url: str, linking: str | None, *, settling: bool, pictures: bool, organisation: bool
    ) -> None:
        """Print the app manifest that installs the bot in Slack.

        It asks for the least that answers need.
        """
        grant = Grant(
            linking=linking or "",
            settling=settling,
            pictures=pictures,
            domains=domains_of(settings),
            organisation=organisation,
        )
        shown = manifest(_reaching(url), grant)
        for notice in _notices(grant):
            click.echo(notice, err=True)
        click.echo(shown)

    return manifest_


def _reaching(url: str) -> str:
    """The address, "" for Socket Mode. Raises InputError for one that Slack cannot be told."""
    if url and not _reaches(url):
        raise InputError(
            f"Slack reaches a bot at an address such as https://bot.example, not at “{url}”: it begins with "
            "https:// and a host, and has no query."
        )
    return url


def _notices(grant: Grant) -> Iterator[str]:
    asked = {grant.linking: True, "settling": grant.settling, "pictures": grant.pictures}
    return (notice for name, notice in _NOTICES.items() if asked.get(name))


def manifest(url: str = "", grant: Grant | None = None) -> str:
    """The manifest as JSON, for Socket Mode, or with `url` for HTTP at that address.

    It asks for what `grant` says and nothing else; without it for the least.
    """
    return json.dumps(manifest_of(url.rstrip("/"), grant or Grant()), ensure_ascii=False, indent=2)


def manifest_of(url: str, grant: Grant) -> dict[str, Any]:
    """The manifest as a value."""
    previews = {"unfurl_domains": list(grant.domains)} if grant.previews else {}
    menus = {"message_menu_options_url": f"{url}{scopes.PATH}"} if url else {}
    requests = {"request_url": f"{url}{scopes.PATH}"} if url else {}
    there = {"url": f"{url}{scopes.PATH}"} if url else {}
    redirects = {"redirect_urls": [f"{url}{scopes.REDIRECT_PATH}"]} if url else {}
    return {
        "display_information": {"name": NAME, "description": _ABOUT},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [
                {
                    "command": f"/{command.name}",
                    "description": cut(command.about, _DESCRIPTION),
                    "usage_hint": _hint(command),
                    # So that a group that is mentioned in it has an id.
                    "should_escape": command is DIGEST,
                    **there,
                }
                for command in grant.commands
            ],
            "shortcuts": [
                {"name": name, "type": "message", "callback_id": callback, "description": name}
                for callback, name in scopes.SHORTCUTS.items()
            ],
            **previews,
        },
        "oauth_config": {"scopes": {"bot": list(grant.scopes)}, **redirects},
        "settings": {
            "event_subscriptions": {"bot_events": list(grant.events), **requests},
            "interactivity": {"is_enabled": True, **requests, **menus},
            "org_deploy_enabled": grant.organisation,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _hint(command: Command) -> str:
    """What can be typed behind the command: each way to use it."""
    return cut(" | ".join(usage.partition(" ")[2] for usage in command.usage), _USAGE)


def _reaches(url: str) -> bool:
    """If Slack can be told to send its requests below that address."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme == "https"
            and bool(parts.hostname)
            and parts.port != 0
            and not any((parts.query, parts.fragment, parts.username, "?" in url, "#" in url))
            and not re.search(r"[\s<>\"]", url)
        )
    except ValueError:  # such as a port that is no number
        return False
