"""A small, strict stand-in for Slack, over real HTTP and a real websocket.

    async with StandIn() as slack:
        team = slack.build.team("readers")
        app = slack.build.app("an", commands=["/paper"], events=["app_home_opened"])
        token = slack.build.install(app, team).token
        general = slack.general(team)
        alice = slack.person("alice", team, general)
        ...  # start a bot with token, app.app_token and slack.api_url
        used = await alice.command("/paper mesa", general)
        await used.acknowledged()

It answers as Slack's Web API does, error by error, and refuses what Slack refuses; it also refuses
a message without text beside its blocks, and one too long to be shown whole, which Slack would take.
An application with a request_url is met over HTTP, signed; one without it by Socket Mode.

What it makes fail, and when, is up to the test:

    app.signature = Signature.WRONG                  # OLD, MISSING; await slack.post.replay(used)
    slack.faults.add(TooMany(retry_after=1), method="chat.postMessage")
    slack.faults.add(Cut(taken=True), method="response_url")
    slack.faults.add(Slow(until=event), method="views.*", times=None)
    await slack.sockets.disconnect(app)              # or reason="refresh_requested"
    slack.sockets.drop(app)                          # silence(app): open, and dead
    slack.uninstall(app, team)                       # slack.revoke(app, team)
    slack.limits.window_scale = 0.01                         # windows a hundred times shorter; 0 lifts the limits
    clock.advance(3)                                 # made with clock=ManualClock(): retries, expiries

And what came of it can be asked:

    slack.messages(general)                          # everyone's; ephemerals(general, alice): hers alone
    message.pings                                    # the ids of those it notified
    alice.modal, alice.home(app)
    used.attempts, used.answer, slack.events("link_shared")
    slack.journal.of("chat.*"), slack.limits.refused
    await slack.until(lambda: slack.sockets.connected(app))

What it does not have: files, reactions, pins, group direct messages, user tokens, workflows, search,
and legacy attachments' limits.
"""

from tests.stand_ins.common.clock import Clock, ManualClock, SystemClock
from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.slack.delivery import Attempt, Delivery, NotAcknowledged, Way
from tests.stand_ins.slack.entities import App, Channel, Installation, Kind, Message, Team, User, View
from tests.stand_ins.slack.errors import NotPossible
from tests.stand_ins.slack.faults import Answer, Fault, TooMany
from tests.stand_ins.slack.journal import Record
from tests.stand_ins.slack.limits import Limit
from tests.stand_ins.slack.people import Person
from tests.stand_ins.slack.server import StandIn
from tests.stand_ins.slack.signing import Signature

__all__ = [
    "Answer",
    "App",
    "Attempt",
    "Channel",
    "Clock",
    "Cut",
    "Delivery",
    "Fault",
    "Installation",
    "Kind",
    "Limit",
    "ManualClock",
    "Message",
    "NotAcknowledged",
    "NotPossible",
    "Person",
    "Record",
    "Signature",
    "Slow",
    "StandIn",
    "SystemClock",
    "Team",
    "TooMany",
    "User",
    "View",
    "Way",
]
