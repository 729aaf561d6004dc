"""What follows the first answer, for 15 minutes: by the interaction's token, without the bot's."""

from tests.stand_ins.discord import permissions, posting
from tests.stand_ins.discord.call import EMPTY, Call, Reply, Routes
from tests.stand_ins.discord.entities import Json, Message, MessageFlag
from tests.stand_ins.discord.errors import ApiError, unknown
from tests.stand_ins.discord.interactions import FOLLOW_UPS_ELSEWHERE, Asked, Callback, Interaction, answered
from tests.stand_ins.discord.posting import Origin
from tests.stand_ins.discord.world import World

routes = Routes()
ONE = "/webhooks/{application_id}/{token}/messages/{message_id}"
BY_COMMAND, BY_MENU = 20, 23  # message types


def origin(world: World, interaction: Interaction, body: Json) -> Origin:
    """Where an answer to an interaction comes from, and who alone sees it if it is ephemeral.

    The body keeps only the flags that an answer may have.
    """
    forced = MessageFlag.EPHEMERAL if private(world, interaction) else 0
    body["flags"] = int(body.get("flags") or 0) & (posting.BY_BOTS | MessageFlag.EPHEMERAL) | forced
    ephemeral = body["flags"] & MessageFlag.EPHEMERAL
    by_command = BY_COMMAND if interaction.data.get("type") == 1 else BY_MENU
    return Origin(
        author=interaction.application.bot,
        application_id=interaction.application.id,
        webhook_id=interaction.application.id,
        interaction=interaction.metadata(),
        seen_only_by=interaction.user.id if ephemeral else None,
        type=by_command if interaction.kind is Asked.COMMAND else 0,
    )


def private(world: World, interaction: Interaction) -> bool:
    """Whether a person may use her own application here, but not openly."""
    guild = interaction.guild
    if guild is None or interaction.application.bot.id in guild.members:
        return False
    return not permissions.has(world.rights(interaction.channel, interaction.user), "use_external_apps")


def _interaction(call: Call) -> Interaction:
    """The interaction of a token that still lives and was acknowledged."""
    interaction = call.site.interactions.get(call.path["token"])
    if interaction is None or interaction.application.id != call.path["application_id"]:
        raise unknown("Webhook")
    if interaction.expired(call.world.clock):
        raise ApiError(401, 50027, "Invalid Webhook Token")
    if not interaction.acknowledged or interaction.callback is Callback.CHOICES:
        raise unknown("Webhook")
    if interaction.channel.id not in call.world.channels:
        raise unknown("Channel")
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    """@original or a follow-up, if it is still there."""
    wanted = call.path["message_id"]
    mine = [interaction.original] if interaction.original else []
    for message in [*mine, *interaction.follow_ups]:
        named = wanted == message.id or (wanted == "@original" and message is interaction.original)
        if named and message.id in interaction.channel.messages:
            return message
    raise unknown("Message")


@routes.on("POST", "/webhooks/{application_id}/{token}", bot=False)
async def follow_up(call: Call) -> Reply:
    """A further message; the first after a deferral fills the one that is loading."""
    interaction = _interaction(call)
    posting.check_body(call.fields, files=len(call.files))
    if interaction.loading and interaction.original:
        _fill(call, interaction.original)
        return 200, call.world.message_json(interaction.original)
    _count(call, interaction)
    message = posting.compose(
        call.world,
        interaction.channel,
        origin(call.world, interaction, call.fields),
        call.fields,
        files=call.files,
    )
    message.type = 0
    interaction.follow_ups.append(message)
    posting.publish(call.world, message)
    return 200, call.world.message_json(message)


def _count(call: Call, interaction: Interaction) -> None:
    """Where the application is not a member it may follow up five times."""
    guild = interaction.guild
    if guild and interaction.application.bot.id not in guild.members:
        if interaction.follow_ups_sent >= FOLLOW_UPS_ELSEWHERE:
            raise ApiError(
                400, 40094, "This interaction has reached the maximum number of follow up messages"
            )
        interaction.follow_ups_sent += 1
        call.world.changes.notify()


def _fill(call: Call, message: Message) -> None:
    if message.loading:
        answered(message)
        posting.edit(call.world, message, call.fields, call.files)
        message.edited_at = None
        message.earlier.clear()
    else:
        posting.edit(call.world, message, call.fields, call.files)


@routes.on("GET", ONE, bot=False)
async def read(call: Call) -> Reply:
    return 200, call.world.message_json(_message(call, _interaction(call)))


@routes.on("PATCH", ONE, bot=False)
async def change(call: Call) -> Reply:
    message = _message(call, _interaction(call))
    posting.check_body(call.fields, files=len(call.files), before=message)
    _fill(call, message)
    return 200, call.world.message_json(message)


@routes.on("DELETE", ONE, bot=False)
async def remove(call: Call) -> Reply:
    posting.delete(call.world, _message(call, _interaction(call)))
    return EMPTY
