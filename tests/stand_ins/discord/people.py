"""Acting as a person: writing, reacting, using commands, pressing what the application shows."""

from typing import Any

from tests.stand_ins.common.planted import plant
from tests.stand_ins.discord import components, payloads, permissions, posting
from tests.stand_ins.discord.asking import ask
from tests.stand_ins.discord.call import Site
from tests.stand_ins.discord.components import SELECTS, Kind
from tests.stand_ins.discord.entities import Application, Channel, Json, Message, User
from tests.stand_ins.discord.filled import filled_in
from tests.stand_ins.discord.interactions import Asked, Interaction
from tests.stand_ins.discord.offered import NotPossible, Offer, find
from tests.stand_ins.discord.posting import Origin
from tests.stand_ins.discord.typed import command_data

FROM_BOT_DM, MESSAGE_COMMAND = 1, 3


class Person:
    """A user as tests move it. Whatever Discord's client would not offer raises NotPossible."""

    def __init__(self, site: Site, user: User) -> None:
        self._site, self._world = site, site.world
        self.user = user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def mention(self) -> str:
        return f"<@{self.user.id}>"

    def direct(self, app: Application) -> Channel:
        """The direct channel with an application's bot."""
        return self._world.direct_channel(self.user, app.bot)

    def install(self, app: Application) -> None:
        """Installs an application for oneself, to use it anywhere."""
        app.installed_by.add(self.user.id)

    def sees(self, channel: Channel) -> list[Message]:
        """The channel's messages, oldest first, with those only this person sees."""
        self._needs(channel, "view_channel")
        return [each for each in channel.messages.values() if each.seen_only_by in (None, self.user.id)]

    async def send(self, channel: Channel, content: str, *, answers: Message | None = None) -> Message:
        """Writes a message, pinging whom it names."""
        self._needs(channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
        plant(content)
        reference = {"message_reference": {"message_id": answers.id}} if answers else {}
        body = {"content": content, **reference}
        posting.check_body(body)
        message = posting.compose(self._world, channel, Origin(author=self.user), body, files=[])
        posting.publish(self._world, message)
        return message

    async def forward(self, channel: Channel, message: Message) -> Message:
        """Forwards a message: the new one's own text is empty."""
        sent = await self.send(channel, "-")
        whole = self._world.message_json(message)
        fields = ("type", "content", "embeds", "attachments", "components", "timestamp", "edited_timestamp")
        snapshot = {name: whole[name] for name in (*fields, "flags", "mentions", "mention_roles")}
        sent.content, sent.forwarded = "", [snapshot]
        sent.reference = {"type": 1, "message_id": message.id, "channel_id": message.channel_id}
        return sent

    async def edit(self, message: Message, content: str) -> None:
        self._owns(message)
        posting.edit(self._world, message, {"content": content})

    async def delete(self, message: Message) -> None:
        """Deletes an own message, or anyone's with manage_messages."""
        if message.author is not self.user and message.seen_only_by != self.user.id:
            self._needs(self._world.channel(message.channel_id), "manage_messages")
        posting.delete(self._world, message)

    async def react(self, message: Message, emoji: str, *, add: bool = True) -> None:
        self._visible(message)
        posting.react(self._world, message, self.user, emoji, add=add)

    async def slash(
        self, command: str, values: dict[str, Any] | None = None, *, channel: Channel
    ) -> Interaction:
        """Uses a slash command ("digest here" for a sub-command) with values by option."""
        name, *path = command.split()
        offer = find(self._world, self.user, channel, name, 1)
        data = command_data(self._world, self.user, offer, path, values or {})
        plant(*(value for value in (values or {}).values() if isinstance(value, str)))
        return self._interact(offer, Asked.COMMAND, channel, data)

    async def autocomplete(
        self,
        command: str,
        option: str,
        typed: str,
        *,
        channel: Channel,
        others: dict[str, Any] | None = None,
    ) -> list[tuple[str, Any]]:
        """Types into an option; the name and value of each suggestion."""
        interaction = await self.start_typing(command, option, typed, channel=channel, others=others)
        await interaction.acknowledgement()
        return [(choice["name"], choice["value"]) for choice in interaction.choices]

    async def start_typing(
        self,
        command: str,
        option: str,
        typed: str,
        *,
        channel: Channel,
        others: dict[str, Any] | None = None,
    ) -> Interaction:
        """As autocomplete, without waiting for suggestions."""
        name, *path = command.split()
        offer = find(self._world, self.user, channel, name, 1)
        data = command_data(
            self._world, self.user, offer, path, {**(others or {}), option: typed}, typing=option
        )
        return self._interact(offer, Asked.AUTOCOMPLETE, channel, data)

    async def message_command(self, name: str, message: Message) -> Interaction:
        """Uses a command from a message's menu."""
        self._visible(message)
        channel = self._world.channel(message.channel_id)
        offer = find(self._world, self.user, channel, name, MESSAGE_COMMAND)
        resolved = {"messages": {message.id: self._world.message_json(message)}}
        data = {
            "id": offer.command["id"],
            "name": name,
            "type": MESSAGE_COMMAND,
            "target_id": message.id,
            "resolved": resolved,
        }
        return self._interact(offer, Asked.COMMAND, channel, data)

    async def click(self, message: Message, button: str) -> Interaction:
        """Presses a button, named by its custom id or its label."""
        pressed = self._component(message, button, {Kind.BUTTON})
        if not pressed.get("custom_id"):
            raise NotPossible(f"the button {button!r} opens an address")
        data = {"component_type": int(Kind.BUTTON), "custom_id": pressed["custom_id"], "id": pressed["id"]}
        return self._use(message, data)

    async def select(self, message: Message, custom_id: str, *values: str) -> Interaction:
        """Chooses options of a menu by their values."""
        menu = self._component(message, custom_id, set(SELECTS))
        known = [option["value"] for option in menu.get("options", ())]
        if menu["type"] == Kind.SELECT and not set(values) <= set(known):
            raise NotPossible(f"{sorted(set(values) - set(known))} are none of {known}")
        if not menu["min_values"] <= len(values) <= menu["max_values"]:
            raise NotPossible(
                f"{len(values)} values where {menu['min_values']} to {menu['max_values']} are asked"
            )
        data: Json = {"component_type": menu["type"], "custom_id": custom_id, "id": menu["id"]}
        resolved = {} if menu["type"] == Kind.SELECT else {"resolved": self._chosen(values)}
        return self._use(message, data | {"values": list(values)} | resolved)

    async def submit(self, shown: Interaction, values: dict[str, Any]) -> Interaction:
        """Fills in the form an interaction has shown: values by custom id, lists for menus."""
        if shown.modal is None or shown.user is not self.user:
            raise NotPossible(f"no form is open for {self.user.name}")
        filled = filled_in(shown.modal["components"], values)
        picked = [value for each in components.walk(filled) for value in each.get("values", ())]
        resolved = self._chosen(tuple(picked))
        data = {
            "custom_id": shown.modal["custom_id"],
            "components": filled,
            **({"resolved": resolved} if resolved else {}),
        }
        offer = self._again(shown.application, shown.channel)
        return self._interact(offer, Asked.MODAL, shown.channel, data, source=shown.source, shown_by=shown)

    def _use(self, message: Message, data: Json) -> Interaction:
        channel = self._world.channel(message.channel_id)
        app = self._world.applications[message.author.id]
        return self._interact(self._again(app, channel), Asked.COMPONENT, channel, data, source=message)

    def _again(self, app: Application, channel: Channel) -> Offer:
        """The use of something an application has shown, which needs no command."""
        guild = self._world.guild_of(channel)
        by_guild = {"0": guild.id if guild else "0"} if not guild or app.bot.id in guild.members else {}
        by_user = {"1": self.user.id} if self.user.id in app.installed_by else {}
        context = 0 if guild else FROM_BOT_DM if app.bot in channel.recipients else 2
        return Offer(application=app, command={}, owners=by_guild | by_user, context=context)

    def _component(self, message: Message, name: str, kinds: set[Kind]) -> Json:
        self._visible(message)
        matching = [each for each in components.walk(message.components) if each["type"] in kinds]
        for component in matching:
            if name in (component.get("custom_id"), component.get("label")):
                if component.get("disabled"):
                    raise NotPossible(f"{name!r} is disabled")
                return component
        names = [each.get("label") or each.get("custom_id") for each in matching]
        raise NotPossible(f"there is no {name!r}; there are {names}")

    def _chosen(self, values: tuple[str, ...]) -> Json:
        """What a menu of people, roles or channels tells of those chosen."""
        world = self._world
        users = {each: payloads.user(world.users[each]) for each in values if each in world.users}
        channels = {each: payloads.channel(world.channels[each]) for each in values if each in world.channels}
        known = {role.id: role for guild in world.guilds.values() for role in guild.roles.values()}
        roles = {each: payloads.role(known[each], 1) for each in values if each in known}
        chosen = (("users", users), ("channels", channels), ("roles", roles))
        return {key: chosen_ for key, chosen_ in chosen if chosen_}

    def _interact(
        self, offer: Offer, kind: Asked, channel: Channel, data: Json, **origin: Any
    ) -> Interaction:
        """Starts an interaction; origin is its source message, or what showed the form."""
        return ask(self._site, self.user, channel, offer, kind=kind, data=data, **origin)

    def _needs(self, channel: Channel, right: str) -> None:
        if not permissions.has(self._world.rights(channel, self.user), right):
            raise NotPossible(f"{self.user.name} has no right to {right} here")

    def _owns(self, message: Message) -> None:
        if message.author is not self.user:
            raise NotPossible("only the author edits a message")

    def _visible(self, message: Message) -> None:
        channel = self._world.channel(message.channel_id)
        if message not in self.sees(channel):
            raise NotPossible(f"{self.user.name} does not see this message")
