"""What an application says without a token: to a response_url, or in an acknowledgement."""

from typing import Any

from tests.stand_ins.slack import events, payloads, posting
from tests.stand_ins.slack.call import Site
from tests.stand_ins.slack.entities import Channel, Hook, Installation, Json, Message, User
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.world import present

MOST_USES = 5
WHO = (None, "ephemeral", "in_channel")


def use(site: Site, key: str, args: Json) -> None:
    """Uses a response_url: expired_url, used_url, or one use less.

    That of a command has no original message: what shall replace it is a new one.
    """
    hook = present(site.world.hooks.get(key), "no_such_url")
    if site.world.clock.now() > hook.expires or hook.installation.dead:
        raise SlackError("expired_url")
    if hook.uses >= MOST_USES:
        raise SlackError("used_url")
    if hook.unfurl and (args.get("delete_original") or args.get("replace_original")):
        _preview(site, hook, hook.unfurl, args)
    elif args.get("delete_original"):
        posting.delete(site, _original(hook))
    elif args.get("replace_original") and hook.original is not None:
        posting.change(site, _original(hook), args, most=posting.MOST)
    else:
        say(site, hook.installation, hook.channel, hook.user, args)
    hook.uses += 1


def _preview(site: Site, hook: Hook, link: str, args: Json) -> None:
    """Takes a preview away or shows another; the message it is below is its writer's alone."""
    message = _original(hook)
    former = payloads.message(message)
    if args.get("delete_original"):
        message.unfurls.pop(link, None)
    else:
        shown = posting.content({"text": "-", **args})
        message.unfurls[link] = {"blocks": posting.named_blocks(site.world, shown["blocks"])}
    events.changed(site, message, former)


def _original(hook: Hook) -> Message:
    original = present(hook.original, "message_not_found")
    return present(hook.channel.messages.get(original.ts), "message_not_found")


def say(site: Site, installation: Installation, channel: Channel, user: User, args: Json) -> Message:
    """Posts an answer: for the asker alone unless response_type says "in_channel"."""
    if args.get("response_type") not in WHO:
        raise SlackError("invalid_response_type")
    only = None if args.get("response_type") == "in_channel" else user.id
    return posting.by_bot(site, installation, channel, args, only=only)


def acknowledged(site: Site, installation: Installation, channel: Channel, user: User, answer: Any) -> None:
    """Posts what came with a command's acknowledgement, if anything did."""
    if isinstance(answer, str):
        answer = {"text": answer} if answer.strip() else None
    if answer:
        say(site, installation, channel, user, answer)
