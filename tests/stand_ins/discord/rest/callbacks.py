"""The first answer to an interaction: once, and within 3 s."""

from collections.abc import Callable

from tests.stand_ins.discord import command_rules, modals, posting
from tests.stand_ins.discord.call import EMPTY, Call, Reply, Routes
from tests.stand_ins.discord.entities import Json, Message, MessageFlag
from tests.stand_ins.discord.errors import ApiError, unknown
from tests.stand_ins.discord.form import Form
from tests.stand_ins.discord.interactions import Asked, Callback, Interaction
from tests.stand_ins.discord.rest.webhooks import origin

routes = Routes()
FITTING = {
    Callback.MESSAGE: {Asked.COMMAND, Asked.COMPONENT, Asked.MODAL},
    Callback.DEFERRED_MESSAGE: {Asked.COMMAND, Asked.COMPONENT, Asked.MODAL},
    Callback.DEFERRED_UPDATE: {Asked.COMPONENT, Asked.MODAL},
    Callback.UPDATE: {Asked.COMPONENT, Asked.MODAL},
    Callback.CHOICES: {Asked.AUTOCOMPLETE},
    Callback.MODAL: {Asked.COMMAND, Asked.COMPONENT},
}
OF_A_MESSAGE = (Callback.DEFERRED_UPDATE, Callback.UPDATE)


@routes.on("POST", "/interactions/{interaction_id}/{token}/callback", bot=False, limited=False)
async def callback(call: Call) -> Reply:
    """Takes the first answer: 10062 when it comes too late, 40060 when it is not the first."""
    interaction = call.site.interactions.get(call.path["token"])
    if interaction is None or interaction.id != call.path["interaction_id"]:
        raise unknown("interaction")
    if interaction.acknowledged:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if interaction.too_late(call.world.clock):
        raise unknown("interaction")
    kind = _kind(interaction, call.fields)
    data = call.fields.get("data") or {}
    ANSWERS[kind](call, interaction, data)
    interaction.callback = kind
    call.world.changes.notify()
    return (200, _shown(call, interaction)) if call.query.get("with_response") in ("1", "true") else EMPTY


def _kind(interaction: Interaction, body: Json) -> Callback:
    """The type of the answer, if it fits what was asked."""
    form = Form()
    fitting = {int(kind) for kind, asked in FITTING.items() if interaction.kind in asked}
    if interaction.source is None:
        fitting -= set(map(int, OF_A_MESSAGE))
    if form.choice(("type",), body.get("type"), sorted(fitting)) and body.get("data") is not None:
        form.object(("data",), body["data"])
    form.finish()
    return Callback(body["type"])


def _message(call: Call, interaction: Interaction, data: Json) -> None:
    posting.check_body(data, files=len(call.files))
    message = posting.compose(
        call.world, interaction.channel, origin(call.world, interaction, data), data, files=call.files
    )
    posting.publish(call.world, message)
    interaction.original = message


def _deferred(call: Call, interaction: Interaction, data: Json) -> None:
    """An empty message that says the application is thinking."""
    form = Form()
    form.number(("data", "flags"), data.get("flags"), least=0, most=1 << 31)
    form.finish()
    body = {"flags": (data.get("flags") or 0) & MessageFlag.EPHEMERAL}
    made = origin(call.world, interaction, body)
    body["flags"] |= MessageFlag.LOADING
    message = posting.compose(call.world, interaction.channel, made, body, files=[])
    posting.publish(call.world, message)
    interaction.original = message


def _update(call: Call, interaction: Interaction, data: Json) -> None:
    source = _source(interaction)
    posting.check_body(data, files=len(call.files), before=source)
    posting.edit(call.world, source, data, call.files)
    interaction.original = source


def _deferred_update(_call: Call, interaction: Interaction, _data: Json) -> None:
    interaction.original = _source(interaction)


def _source(interaction: Interaction) -> Message:
    source = interaction.source
    if source is None or source.id not in interaction.channel.messages:
        raise unknown("Message")
    return source


def _choices(_call: Call, interaction: Interaction, data: Json) -> None:
    form = Form()
    choices = data.get("choices")
    if choices is None:
        form.required(("data", "choices"))
    kind = focused(interaction.data)["type"]
    command_rules.check_choices(form, ("data", "choices"), choices, kind)
    form.finish()
    interaction.choices = list(choices or [])


def focused(data: Json) -> Json:
    """The option a person is typing, however deep it stands."""
    for option in data.get("options", ()):
        if option.get("focused"):
            return dict(option)
        if option.get("options"):
            return focused(option)
    return {}


def _modal(_call: Call, interaction: Interaction, data: Json) -> None:
    form = Form()
    modals.check(form, data)
    form.finish()
    interaction.modal = data


ANSWERS: dict[Callback, Callable[[Call, Interaction, Json], None]] = {
    Callback.MESSAGE: _message,
    Callback.DEFERRED_MESSAGE: _deferred,
    Callback.DEFERRED_UPDATE: _deferred_update,
    Callback.UPDATE: _update,
    Callback.CHOICES: _choices,
    Callback.MODAL: _modal,
}


def _shown(call: Call, interaction: Interaction) -> Json:
    """What with_response asks for."""
    payload: Json = {"id": interaction.id, "type": int(interaction.kind)}
    message = interaction.original
    if message is None or interaction.callback is None:
        return {"interaction": payload}
    payload |= {
        "response_message_id": message.id,
        "response_message_loading": message.loading,
        "response_message_ephemeral": message.ephemeral,
    }
    if interaction.callback is Callback.DEFERRED_UPDATE:
        return {"interaction": payload}
    kind = Callback.UPDATE if interaction.callback is Callback.UPDATE else Callback.MESSAGE
    shown = call.world.message_json(message)
    return {"interaction": payload, "resource": {"type": int(kind), "message": shown}}
