"""docs/slack.md and docs/digests.md name what there is in Slack, and nothing else."""

import re
from pathlib import Path

import pytest

from adapters.slack import scopes
from adapters.slack.scopes import EVERYTHING, Grant
from bot.digests.options import parse_options
from bot.model.digests import DigestOptions

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "slack.md").read_text(encoding="utf-8")
DIGESTS = (DOCS / "digests.md").read_text(encoding="utf-8")
GRANTS = {
    "always": Grant(),
    "`--linking links`": Grant(linking="links"),
    "`--linking text`": Grant(linking="text"),
    "`--settling`": Grant(settling=True),
    "`--pictures`": Grant(pictures=True),
}


def scope_rows() -> dict[str, set[str]]:
    """Which options ask for each scope, as the page has it."""
    rows = re.findall(r"^\| `([a-z]+(?::\w+)?)` \| (.*?) \|", PAGE, re.MULTILINE)
    return {scope: set(asked.split(", ")) for scope, asked in rows}


def test_every_command_is_documented_and_no_other() -> None:
    named = set(re.findall(r"`/(\w+)(?=[ `])", PAGE))
    assert named == {command.name for command in EVERYTHING.commands} | {"help"}
    assert "Slack keeps `/help` for itself" in PAGE
    assert all(f"**{shown}**" in PAGE for shown in scopes.SHORTCUTS.values())


def test_every_scope_is_documented_with_the_options_that_ask_for_it() -> None:
    asked = {
        scope: {name for name, grant in GRANTS.items() if scope in grant.scopes}
        for scope in EVERYTHING.scopes
    }
    everywhere = set(GRANTS)
    assert scope_rows() == {scope: {"always"} if by == everywhere else by for scope, by in asked.items()}


def test_the_domains_that_have_previews_are_documented() -> None:
    assert f"({', '.join(scopes.UNFURL_DOMAINS)})" in PAGE


def test_every_use_of_linking_is_documented() -> None:
    assert [usage for usage in scopes.LINKING.usage if f"`{usage}`" not in PAGE] == []


def test_every_address_is_documented() -> None:
    paths = (scopes.PATH, scopes.INSTALL_PATH, scopes.REDIRECT_PATH)
    assert [path for path in paths if path not in PAGE] == []


@pytest.mark.parametrize(
    "typed",
    re.findall(r"`(.*?)`", "".join(re.findall(r"^\| (`.*?`) \| `\w+`.*\|.*\|$", DIGESTS, re.MULTILINE))),
)
def test_what_digests_are_said_to_understand_is_understood(typed: str) -> None:
    typed = typed.replace("channel:#papers", "")  # Slack says by an id which channel that is
    kind = "club weekly monday " if typed.startswith("from:") else ""
    assert isinstance(parse_options(f"{kind}{typed}"), DigestOptions)


@pytest.mark.parametrize("example", re.findall(r"`/digest here ([^`]+)`", DIGESTS))
def test_every_example_of_a_digest_is_understood(example: str) -> None:
    assert isinstance(parse_options(example), DigestOptions)
