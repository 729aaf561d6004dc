"""Settings of Slack from the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.config import flag, one_of, port
from bot.errors import InputError

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 3000
LINKING: Final = ("links", "text")
"""How much linking sees: links to some domains, or whole messages too."""
_MOST_DOMAINS: Final = 5
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
_OPERATOR: Final = re.compile(r"(?:T[A-Z0-9]+/)?[CDGUW][A-Z0-9]+")
VARIABLES: Final = {
    "SLACK_BOT_TOKEN": "the token of the Slack bot (xoxb-…), for one workspace",
    "SLACK_APP_TOKEN": "the app-level token (xapp-…); with it Slack is met by Socket Mode",
    "SLACK_SIGNING_SECRET": "what Slack signs its requests with; with it Slack is met over HTTP",
    "SLACK_CLIENT_ID": "for many workspaces: the id of the app, with which each installs it",
    "SLACK_CLIENT_SECRET": "the secret that belongs to SLACK_CLIENT_ID",
    "SLACK_LINKING": "links or text: how much linking sees in Slack, as the manifest has it",
    "SLACK_SETTLING": "for many workspaces: yes to ask them also to let the bot look if a digest was posted",
    "SLACK_PICTURES": "yes to upload pictures of citations and years, as the manifest has it",
    "SLACK_UNFURL_DOMAINS": "at most five domains, with commas, whose links get previews; none for none",
    "SLACK_OPERATOR": "the id of the channel or person that is told if something fails for long",
    "SLACK_API_URL": "the address of Slack's API, for a proxy or a test",
    "HOST": "the address to take Slack's requests at over HTTP",
    "PORT": "the port for Slack's requests over HTTP",
}
"""Every variable that Slack reads, and what it sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """Texts are "" if not set, `unfurl_domains` None. Secrets are not in its repr."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    linking: str = ""
    settling: bool = False
    pictures: bool = False
    unfurl_domains: tuple[str, ...] | None = None
    operator: str = ""
    api_url: str = ""
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT

    @property
    def for_many(self) -> bool:
        """Whether workspaces install the bot by themselves."""
        return bool(self.client_id and self.client_secret)

    @property
    def configured(self) -> bool:
        """Whether there is enough to serve one workspace, or many."""
        one = self.bot_token and (self.app_token or self.signing_secret)
        return bool(one or (self.for_many and self.signing_secret))


def settings_from(environ: Mapping[str, str]) -> SlackSettings:
    """The settings of that environment. Raises InputError for one that cannot be meant."""

    def text(name: str) -> str:
        return environ.get(name, "").strip()

    return SlackSettings(
        bot_token=text("SLACK_BOT_TOKEN"),
        app_token=text("SLACK_APP_TOKEN"),
        signing_secret=text("SLACK_SIGNING_SECRET"),
        client_id=text("SLACK_CLIENT_ID"),
        client_secret=text("SLACK_CLIENT_SECRET"),
        linking=one_of(environ, "SLACK_LINKING", LINKING),
        settling=flag(environ, "SLACK_SETTLING"),
        pictures=flag(environ, "SLACK_PICTURES"),
        unfurl_domains=_domains(text("SLACK_UNFURL_DOMAINS")),
        operator=_operator(text("SLACK_OPERATOR"), for_many=bool(text("SLACK_CLIENT_ID"))),
        api_url=text("SLACK_API_URL").rstrip("/"),
        host=text("HOST") or DEFAULT_HOST,
        port=DEFAULT_PORT if (given := port(environ, "PORT")) is None else given,
    )


def _operator(value: str, *, for_many: bool) -> str:
    if not value or (_OPERATOR.fullmatch(value) and ("/" in value or not for_many)):
        return value
    form = "T012AB3C4/C012AB3C4, a workspace and" if for_many else "C012AB3C4,"
    raise InputError(
        f"SLACK_OPERATOR is “{value}”. Set it to an id such as {form} a channel or a person in it."
    )


def _domains(value: str) -> tuple[str, ...] | None:
    if not value:
        return None
    if value == "none":
        return ()
    domains = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    if wrong := next((domain for domain in domains if not _DOMAIN.fullmatch(domain)), ""):
        raise InputError(f"SLACK_UNFURL_DOMAINS has “{wrong}”, which is no domain such as arxiv.org.")
    if len(domains) > _MOST_DOMAINS:
        raise InputError(
            f"SLACK_UNFURL_DOMAINS has {len(domains)} domains; Slack takes {_MOST_DOMAINS}. Leave some out."
        )
    return domains
