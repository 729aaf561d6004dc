"""Acting as a person: using commands and shortcuts, pressing and filling in what an application shows."""

from collections.abc import Mapping
from typing import Any

from tests.slack_stand_in import actions, events, hooks, modals, payloads
from tests.slack_stand_in.delivery import Delivery, Way
from tests.slack_stand_in.entities import App, Channel, Installation, Json, Kind, Message, View
from tests.slack_stand_in.writers import Writer


class Person(Writer):
    """A user as tests move it. Whatever Slack's client would not offer raises NotPossible."""

    @property
    def modal(self) -> View | None:
        """The form open before this person, the topmost."""
        mine = [each for each in self._world.views.values() if each.user is self.user and each.open]
        return mine[-1] if mine else None

    def home(self, app: App) -> View | None:
        """The App Home as last published."""
        return self._world.homes.get((app.id, self.user.id))

    def direct(self, app: App) -> Channel:
        """The direct channel with an application's bot."""
        return self._world.direct(self.team, self.user.id, self._installed(app).bot.id)

    async def command(self, line: str, channel: Channel) -> Delivery:
        """Uses a slash command, typed with its text: "/paper mesa"."""
        name, _, text = line.partition(" ")
        installation = self._offering("commands", name)
        app = installation.app
        if channel.kind is not Kind.PUBLIC:
            self._in(channel)
        payload = {
            "token": "verification",
            "team_id": self.team.id,
            "team_domain": self.team.domain,
            "channel_id": channel.id,
            "channel_name": payloads.place(channel)["name"],
            "user_id": self.user.id,
            "user_name": self.user.name,
            "command": name,
            "text": text.strip(),
            "api_app_id": app.id,
            "is_enterprise_install": "false",
            "response_url": self._world.hook(installation, channel, self.user),
            "trigger_id": self._world.trigger(app, self.user),
        }

        def answered(answer: Any) -> None:
            hooks.acknowledged(self._site, installation, channel, self.user, answer)

        return self._site.post.send(app, Way.COMMAND, payload, answered)

    async def shortcut(self, callback_id: str, message: Message) -> Delivery:
        """Uses a shortcut from a message's menu."""
        self._visible(message)
        installation = self._offering("shortcuts", callback_id)
        return self._interact(
            installation,
            "message_action",
            callback_id=callback_id,
            message_ts=message.ts,
            message=payloads.message(message),
            channel=payloads.place(message.channel),
            response_url=self._world.hook(installation, message.channel, self.user, message),
            trigger_id=self._world.trigger(installation.app, self.user),
        )

    async def use(self, shown: Message | View, name: str, value: Any = None) -> Delivery:
        """Presses a button (by action_id or text), chooses from a menu by value, or enters a text."""
        if isinstance(shown, Message):
            self._visible(shown)
        block, element = actions.find(shown.blocks, name)
        held = actions.used(element, value)
        place = {"block_id": block["block_id"], "action_id": element["action_id"]}
        action = held | place | {"action_ts": self._world.ts()}
        values = {} if value is None else {element["action_id"]: value}
        context = {"actions": [action], "state": actions.state(shown.blocks, values)}
        if isinstance(shown, View):
            return self._in_view(shown, context)
        return self._in_message(shown, context)

    async def submit(self, view: View, values: Mapping[str, Any]) -> Delivery:
        """Hands in a form: values by action_id."""
        self._opened(view)
        held = actions.state(view.blocks, values, complete=True)
        installation, trigger = self._installed(view.app), self._world.trigger(view.app, self.user, view)
        body = payloads.interaction("view_submission", installation, self.user)
        body |= {"view": payloads.view(view) | {"state": held}, "trigger_id": trigger, "response_urls": []}

        def answered(answer: Any) -> None:
            modals.answered(self._site, view, answer)

        return self._site.post.send(view.app, Way.INTERACTION, body, answered)

    async def close(self, view: View) -> Delivery | None:
        """Closes a form; its application hears of it if it asked to."""
        self._opened(view)
        view.open = False
        if not view.body.get("notify_on_close"):
            return None
        shown = payloads.view(view)
        return self._interact(self._installed(view.app), "view_closed", view=shown, is_cleared=False)

    async def open_home(self, app: App) -> Delivery | None:
        """Opens the App Home; none where the application does not subscribe to it."""
        held, home = self.direct(app), self.home(app)
        body: Json = {"type": "app_home_opened", "user": self.user.id, "channel": held.id, "tab": "home"}
        view = {"view": payloads.view(home)} if home else {}
        return events.emit(self._site, self._installed(app), "app_home_opened", body | view)

    def _in_message(self, shown: Message, context: Json) -> Delivery:
        installation = self._installed(self._world.apps[str(shown.app_id)])
        ephemeral = shown.seen_only_by is not None
        container = {"type": "message", "message_ts": shown.ts, "channel_id": shown.channel.id}
        message = {} if ephemeral else {"message": payloads.message(shown)}
        return self._interact(
            installation,
            "block_actions",
            container=container | {"is_ephemeral": ephemeral},
            channel=payloads.place(shown.channel),
            response_url=self._world.hook(installation, shown.channel, self.user, shown),
            trigger_id=self._world.trigger(installation.app, self.user),
            **message,
            **context,
        )

    def _in_view(self, shown: View, context: Json) -> Delivery:
        self._opened(shown)
        above = None if shown.body["type"] == "home" else shown
        return self._interact(
            self._installed(shown.app),
            "block_actions",
            container={"type": "view", "view_id": shown.id},
            view=payloads.view(shown) | {"state": context["state"]},
            trigger_id=self._world.trigger(shown.app, self.user, above),
            actions=context["actions"],
        )

    def _interact(self, installation: Installation, kind: str, **more: Any) -> Delivery:
        body = payloads.interaction(kind, installation, self.user, **more)
        return self._site.post.send(installation.app, Way.INTERACTION, body)
