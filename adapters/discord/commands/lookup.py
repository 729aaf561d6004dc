"""The commands that look something up, as Discord lists them."""

import re
from dataclasses import asdict, replace
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, CommandTree, autocomplete, describe, rename

from adapters.discord.autocomplete import Autocomplete, completing
from adapters.discord.escape import cut
from adapters.discord.format import BY_NAME, DISCORD_FORMAT, HERE
from adapters.discord.interactions import Interactions
from adapters.discord.message_text import message_text
from bot.cards.card import Card
from bot.cards.lists import mentioned_card
from bot.linking.find_summaries import mentioned
from bot.lookup import commands
from bot.lookup.commands import Command
from bot.lookup.requests import FindPaper, Request, ShowHelp, ShowSections, ShowSummary, ShowTopic, parse
from bot.model.places import Preferences
from bot.model.search import Filters

Interaction = discord.Interaction[Any]
Tree = CommandTree[Any]

_ABOUT: Final = 100
_KEY: Final = re.compile(r"[a-z0-9~]+(?:-[a-z0-9~]+)+")
_LONGEST: Final = 80
_HELP: Final = {"help", "?"}


def add_commands(tree: Tree, interactions: Interactions) -> None:
    """Add the commands that look something up."""
    completion = Autocomplete(interactions.presenter.lookup)
    _add_issue(tree, interactions, completion)
    _add_paper(tree, interactions, completion)
    _add_topic(tree, interactions, completion)
    _add_help(tree, interactions)
    _add_message_command(tree, interactions)


def _add_issue(tree: Tree, interactions: Interactions, completion: Autocomplete) -> None:
    @tree.command(name="an", description=_about(commands.AN))
    @describe(issue="Its number or a word of its title; latest, random, or help")
    @autocomplete(issue=completing(completion.issues))
    async def an(interaction: Interaction, issue: str = "") -> None:
        await interactions.respond(interaction, parse(f"/an {issue}"))


def _add_paper(tree: Tree, interactions: Interactions, completion: Autocomplete) -> None:
    @tree.command(name="paper", description=_about(commands.PAPER))
    @describe(
        words="Title, part of it, author, acronym, idea, arXiv number or address; or help",
        by="Only by this author",
        section="Only in this section",
        issue="Only in this issue",
        year="Only from this year",
        highlight="Only what the newsletter highlighted",
    )
    @rename(section="in", issue="an")
    @autocomplete(
        words=completing(completion.papers),
        by=completing(completion.people),
        section=completing(completion.sections),
        issue=completing(completion.numbers),
        year=completing(completion.years),
    )
    async def paper(  # noqa: PLR0913, PLR0917 - one parameter an option
        interaction: Interaction,
        words: str = "",
        by: str | None = None,
        section: str | None = None,
        issue: int | None = None,
        year: int | None = None,
        highlight: bool = False,  # noqa: FBT001, FBT002 - Discord's own kind of option
    ) -> None:
        filters = Filters(by=by, section=section, issue=issue, year=year, highlight=highlight)
        await interactions.show(
            interaction, lambda preferences: _paper(interactions, words.strip(), filters, preferences)
        )


async def _paper(interactions: Interactions, words: str, filters: Filters, preferences: Preferences) -> Card:
    request: Request = FindPaper(words=words, filters=filters)
    if filters == Filters() and words.casefold() in {*_HELP, ""}:
        request = ShowHelp(command=commands.PAPER)
    elif len(words) <= _LONGEST and _KEY.fullmatch(words):
        # A completed choice is a key; anything else is words.
        if await interactions.presenter.lookup.library.summary(words):
            request = ShowSummary(key=words)
    elif words:
        request = _narrowed(parse(f"/paper {words}"), filters)
    return await interactions.presenter.card_for(request, preferences)


def _narrowed(request: Request, chosen: Filters) -> Request:
    """The request with the filters chosen as options, which count before typed ones."""
    if not isinstance(request, FindPaper):
        return request
    given = {name: value for name, value in asdict(chosen).items() if value}
    return replace(request, filters=replace(request.filters, **given))


def _add_topic(tree: Tree, interactions: Interactions, completion: Autocomplete) -> None:
    @tree.command(name="topic", description=_about(commands.TOPIC))
    @describe(section="Its name or part of it; help; nothing for all sections")
    @autocomplete(section=completing(completion.topics))
    async def topic(interaction: Interaction, section: str = "") -> None:
        await interactions.respond(interaction, _topic(section.strip()))


def _topic(section: str) -> Request:
    if section.casefold() in _HELP:
        return ShowHelp(command=commands.TOPIC)
    return ShowTopic(section=section) if section else ShowSections()


def _add_help(tree: Tree, interactions: Interactions) -> None:
    choices = [Choice(name=f"/{command.name}", value=command.name) for command in HERE]

    @tree.command(name="help", description=_about(commands.HELP))
    @describe(command="One command; nothing for all of them")
    @app_commands.choices(command=choices)
    async def help_(interaction: Interaction, command: str = "") -> None:
        await interactions.respond(interaction, ShowHelp(command=BY_NAME.get(command)))


def _add_message_command(tree: Tree, interactions: Interactions) -> None:
    @tree.context_menu(name="Find summaries")
    async def find_summaries(interaction: Interaction, message: discord.Message) -> None:
        lookup = interactions.presenter.lookup

        async def made(_: Preferences) -> Card:
            summaries = await mentioned(message_text(message), lookup.library, lookup.finder)
            return mentioned_card(summaries.issues, summaries.headlines, summaries.more, DISCORD_FORMAT)

        await interactions.show(interaction, made, private=True)


def _about(command: Command) -> str:
    return cut(command.about, _ABOUT)
