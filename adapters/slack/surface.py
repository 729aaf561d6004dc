"""What of Slack the bot uses: the one table that the app registers from and the
manifest prints.
"""

from typing import Final

from bot.commands import AN, PAPER, TOPIC, Command

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
    "chat:write": "answers where a command's own address is used up, and in direct messages",
    "users:read": "asks whether somebody is an admin before settings or digests change, and their timezone",
}
"""The bot's scopes, each with its reason."""
LINKING: Final = Command(
    name="linking",
    about="Whether what is only mentioned in this channel is answered: on, off or status.",
    usage=("/linking on", "/linking off", "/linking status"),
    examples=("/linking status",),
)
"""The command that reading messages brings."""
LINKING_EVENTS: Final = ("message.channels", "message.groups")
LINKING_SCOPES: Final = {
    "channels:history": "reads the messages of public channels that it was invited to, for linking",
    "groups:history": "reads the messages of private channels that it was invited to, for linking",
}
"""What reading messages needs beyond the rest: asked for only where it is wanted."""
DIGEST: Final = Command(
    name="digest",
    about="What is posted in this channel by itself: new issues, or the archive as a reading club.",
    usage=(
        "/digest [here [news|club] [weekly DAY HOUR ZONE] [highlights] [full] [thread] [in:SECTION] [from:NUMBER]]",
        "/digest list|log",
        "/digest preview|pause|resume|stop [news|club]",
    ),
    examples=(
        "/digest",
        "/digest here weekly monday 9 Europe/London highlights",
        "/digest here club from:58 weekly friday 17 Europe/Berlin thread",
        "/digest list",
        "/digest preview",
        "/digest stop",
    ),
)
"""The command of digests; its text comes escaped, so that a group that is mentioned in it has an id."""
SETTLING_SCOPES: Final = {
    "channels:history": "looks whether a digest stands in a public channel when Slack's answer was lost",
    "groups:history": "the same in a private channel",
    "im:history": "the same in a direct message",
}
"""Without them such a digest counts as failed, and is not posted again. They are asked for by
themselves and not with reading messages: they bring no events, so that nothing is read meanwhile.
"""
PATH: Final = "/slack/events"
"""Where Slack's requests are taken over HTTP."""
INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"
