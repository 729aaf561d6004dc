"""All that a reader sees in a message, and where its links lead."""

from collections.abc import Iterable, Iterator
from typing import Any

import discord
from discord import components


def message_text(message: discord.Message | discord.MessageSnapshot) -> str:
    """Its text, what its embeds, polls, parts and attachments say and link, and the same of
    messages that it forwards.
    """
    return "\n".join(part for part in _parts(message) if part and isinstance(part, str))


def _parts(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        yield from _of_embed(embed)
    yield from _of_components(getattr(message, "components", ()))  # discord.py sets them if there are any
    for attachment in message.attachments:
        yield attachment.description or ""
    if isinstance(message, discord.Message):
        if message.poll:
            yield message.poll.question
            yield from (answer.text or "" for answer in message.poll.answers)
        for forwarded in message.message_snapshots:
            yield from _parts(forwarded)
        begun_by = message.reference and message.reference.resolved
        starts = message.type is discord.MessageType.thread_starter_message
        if starts and isinstance(begun_by, discord.Message):  # it shows what the thread is about
            yield from _parts(begun_by)


def _of_embed(embed: discord.Embed) -> Iterator[str]:
    yield embed.author.name or ""
    yield embed.author.url or ""
    yield embed.title or ""
    yield embed.url or ""
    yield embed.description or ""
    for field in embed.fields:
        yield field.name or ""
        yield field.value or ""
    yield embed.footer.text or ""


def _of_components(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        match part:
            case components.TextDisplay():
                yield part.content
            case components.Button():
                yield part.label or ""
                yield part.url or ""
            case components.ThumbnailComponent():
                yield part.description or ""
            case components.FileComponent():
                yield part.name or ""
            case components.MediaGalleryComponent():
                yield from (item.description or "" for item in part.items)
            case components.SectionComponent():
                yield from _of_components([*part.children, part.accessory])
            case components.Container() | components.ActionRow():
                yield from _of_components(part.children)
            case _:
                pass
