"""Acting as a person: using commands and shortcuts, pressing and filling in what an application shows."""

from collections.abc import Mapping
from typing import Any

from tests.stand_ins.common.planted import plant
from tests.stand_ins.slack import actions, events, hooks, modals, payloads
from tests.stand_ins.slack.call import check
from tests.stand_ins.slack.delivery import Delivery, Way
from tests.stand_ins.slack.elements import STATIC
from tests.stand_ins.slack.entities import App, Channel, Installation, Json, Kind, Message, View
from tests.stand_ins.slack.errors import NotPossible
from tests.stand_ins.slack.form import any_of, both, record
from tests.stand_ins.slack.writers import Writer

SUGGESTED = both(record({}, STATIC), any_of(*STATIC))


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
        plant(text)
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
            "is_enterprise_install": "true" if installation.organisation else "false",
            **({"enterprise_id": installation.organisation} if installation.organisation else {}),
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
        blocks = self._offered(shown)
        block, element = actions.find(blocks, name)
        payload = actions.used(element, value)
        place = {"block_id": block["block_id"], "action_id": element["action_id"]}
        action = payload | place | {"action_ts": self._world.ts()}
        values = {} if value is None else {element["action_id"]: value}
        context = {"actions": [action], "state": actions.state(blocks, values)}
        if isinstance(shown, View):
            return self._in_view(shown, context)
        return self._in_message(shown, context, unfurl=None)

    async def use_unfurl(self, message: Message, url: str, name: str) -> Delivery:
        """Presses a button below a link that an application has unfurled."""
        self._visible(message)
        block, element = actions.find(message.unfurls.get(url, {}).get("blocks", []), name)
        place = {"block_id": block["block_id"], "action_id": element["action_id"]}
        action = actions.used(element, None) | place | {"action_ts": self._world.ts()}
        return self._in_message(message, {"actions": [action], "state": {"values": {}}}, unfurl=url)

    async def suggestions(self, shown: Message | View, name: str, typed: str) -> Delivery:
        """Types into a menu whose options the application suggests; the answer holds them."""
        block, element = actions.find(self._offered(shown), name)
        if element["type"] != "external_select":
            raise NotPossible(f"{name!r} suggests nothing")
        app = shown.app if isinstance(shown, View) else self._world.apps[str(shown.app_id)]
        body = payloads.interaction("block_suggestion", self._installed(app), self.user)
        body |= {"block_id": block["block_id"], "action_id": element["action_id"], "value": typed}
        where = "view" if isinstance(shown, View) else "message"
        body |= {"container": {"type": where}}

        def answered(answer: Any) -> None:
            values = answer if isinstance(answer, dict) else {}
            check(SUGGESTED, values, "", "invalid_suggestions")

        return self._site.post.send(app, Way.INTERACTION, body, answered)

    async def submit(self, view: View, values: Mapping[str, Any]) -> Delivery:
        """Hands in a form: values by action_id."""
        self._opened(view)
        state = actions.state(view.blocks, values, complete=True)
        installation, trigger = self._installed(view.app), self._world.trigger(view.app, self.user, view)
        body = payloads.interaction("view_submission", installation, self.user)
        body |= {"view": payloads.view(view) | {"state": state}, "trigger_id": trigger, "response_urls": []}

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
        direct, home = self.direct(app), self.home(app)
        body: Json = {"type": "app_home_opened", "user": self.user.id, "channel": direct.id, "tab": "home"}
        view = {"view": payloads.view(home)} if home else {}
        return events.emit(self._site, self._installed(app), "app_home_opened", body | view)

    def _offered(self, shown: Message | View) -> list[Json]:
        """The blocks a person may use."""
        if isinstance(shown, Message):
            self._visible(shown)
            return shown.all_blocks
        if shown.body["type"] == "modal":
            self._opened(shown)
        elif shown is not self.home(shown.app):
            raise NotPossible(f"{self.user.name} sees another App Home by now")
        return shown.blocks

    def _in_message(self, shown: Message, context: Json, *, unfurl: str | None) -> Delivery:
        app_id = shown.unfurled_by[unfurl] if unfurl else str(shown.app_id)
        installation = self._installed(self._world.apps[app_id], shown.channel)
        ephemeral = shown.seen_only_by is not None
        container: Json = {"type": "message", "message_ts": shown.ts, "channel_id": shown.channel.id}
        if unfurl:
            container |= {"type": "message_attachment", "is_app_unfurl": True, "app_unfurl_url": unfurl}
        message = {} if ephemeral else {"message": payloads.message(shown)}
        return self._interact(
            installation,
            "block_actions",
            container=container | {"is_ephemeral": ephemeral},
            channel=payloads.place(shown.channel),
            response_url=self._world.hook(installation, shown.channel, self.user, shown, unfurl),
            trigger_id=self._world.trigger(installation.app, self.user),
            **message,
            **context,
        )

    def _in_view(self, shown: View, context: Json) -> Delivery:
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
