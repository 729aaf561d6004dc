"""The app manifest: all that Slack has to know of the app, in one paste.

Its form: https://docs.slack.dev/reference/app-manifest
"""

import json
from typing import Any, Final

from adapters.slack import scopes
from adapters.slack.escape import cut
from adapters.slack.payload import NAME
from adapters.slack.scopes import Grant
from bot.lookup.commands import DIGEST

_ABOUT: Final = "Looks up the summaries of the Alignment Newsletter: issues, papers, topics."
_DESCRIPTION: Final = 2000
_USAGE: Final = 1000


def manifest(url: str = "", grant: Grant | None = None) -> str:
    """The manifest as JSON, for Socket Mode, or with `url` for HTTP at that address.

    It asks for what `grant` says and nothing else; without it for the least.
    """
    return json.dumps(manifest_of(url.rstrip("/"), grant or Grant()), ensure_ascii=False, indent=2)


def manifest_of(url: str, grant: Grant) -> dict[str, Any]:
    """The same before it is JSON."""
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
                    "usage_hint": cut(command.usage[0].partition(" ")[2], _USAGE),
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
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }
