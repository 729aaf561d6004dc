"""Settings of Slack from the environment."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, TypeAlias

from bot.errors import InputError
from bot.runtime.environment import PORT_FORM, Port, Variable, base_address

Linking: TypeAlias = Literal["links", "text"]
"""How much linking sees: links to some domains, or whole messages too."""
_MOST_DOMAINS: Final = 5
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
_OPERATOR: Final = re.compile(r"(?:T[A-Z0-9]+/)?[CDGUW][A-Z0-9]+")


def _domains(value: str) -> tuple[str, ...]:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """Texts are "" if not set, `unfurl_domains` None. Secrets are not in its repr."""

    bot_token: Annotated[str, Variable("SLACK_BOT_TOKEN")] = field(default="", repr=False)
    app_token: Annotated[str, Variable("SLACK_APP_TOKEN")] = field(default="", repr=False)
    signing_secret: Annotated[str, Variable("SLACK_SIGNING_SECRET")] = field(default="", repr=False)
    client_id: Annotated[str, Variable("SLACK_CLIENT_ID")] = ""
    client_secret: Annotated[str, Variable("SLACK_CLIENT_SECRET")] = field(default="", repr=False)
    linking: Annotated[Literal[Linking, ""], Variable("SLACK_LINKING")] = ""
    settling: Annotated[bool, Variable("SLACK_SETTLING")] = False
    pictures: Annotated[bool, Variable("SLACK_PICTURES")] = False
    unfurl_domains: Annotated[tuple[str, ...] | None, Variable("SLACK_UNFURL_DOMAINS", read=_domains)] = None
    operator: Annotated[str, Variable("SLACK_OPERATOR")] = ""
    api_url: Annotated[str, Variable("SLACK_API_URL", read=base_address)] = ""
    host: Annotated[str, Variable("HOST")] = "127.0.0.1"
    port: Annotated[Port, Variable("PORT", PORT_FORM)] = 3000

    def __post_init__(self) -> None:
        """Raise InputError for an operator that this app cannot tell."""
        many = bool(self.client_id)
        if self.operator and not (_OPERATOR.fullmatch(self.operator) and ("/" in self.operator or not many)):
            form = "T012AB3C4/C012AB3C4, a workspace and" if many else "C012AB3C4,"
            raise InputError(
                f"SLACK_OPERATOR is “{self.operator}”. Set it to an id such as {form} a channel or a person in it."
            )

    @property
    def for_many(self) -> bool:
        """Whether workspaces install the bot by themselves."""
        return bool(self.client_id and self.client_secret)

    @property
    def configured(self) -> bool:
        """Whether there is enough to serve one workspace, or many."""
        one = self.bot_token and (self.app_token or self.signing_secret)
        return bool(one or (self.for_many and self.signing_secret))
