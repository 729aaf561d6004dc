"""views.*: modals and the App Home."""

from typing import Any

from tests.stand_ins.slack import payloads
from tests.stand_ins.slack.blocks import VIEWS
from tests.stand_ins.slack.call import Call, Method, Site, check
from tests.stand_ins.slack.entities import App, Json, User, View
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.posting import named_blocks
from tests.stand_ins.slack.world import present

MOST_STACKED = 3


def checked(site: Site, app: App, body: Any, kind: str) -> Json:
    """The body of a view, with the ids Slack adds; invalid_arguments where it is none."""
    check(VIEWS[kind], body, "/view", "invalid_arguments")
    views = site.world.views.values()
    external = body.get("external_id")
    if external and any(each.app is app and each.body.get("external_id") == external for each in views):
        raise SlackError("duplicate_external_id")
    return {**body, "blocks": named_blocks(site.world, body["blocks"])}


def show(site: Site, app: App, user: User, body: Any, *, above: View | None = None) -> View:
    """Opens a modal, above another if one is given."""
    body, world = checked(site, app, body, "modal"), site.world
    if above is not None and _depth(site, above) >= MOST_STACKED:
        raise SlackError("push_limit_reached")
    view_id = world.id("V")
    view = View(
        id=view_id,
        app=app,
        team=world.teams[user.team_id],
        user=user,
        body=body,
        hash=world.id("hash"),
        root_id=above.root_id if above else view_id,
        previous_id=above.id if above else None,
    )
    world.views[view_id] = view
    world.changes.notify()
    return view


def _depth(site: Site, view: View | None) -> int:
    depth = 0
    while view is not None:
        depth, view = depth + 1, site.world.views.get(view.previous_id or "")
    return depth


def replace(site: Site, view: View, body: Any) -> None:
    kind = str(view.body["type"])
    external, view.body["external_id"] = view.body.get("external_id"), None
    try:
        view.body = checked(site, view.app, body, kind)
    except SlackError:
        view.body["external_id"] = external
        raise
    view.hash = site.world.id("hash")
    site.world.changes.notify()


def open_(call: Call) -> Json:
    app = call.installation.app
    trigger = call.world.exchange(call.args.get("trigger_id"), app)
    return {"view": payloads.view(show(call.site, app, trigger.user, call.args.get("view")))}


def push(call: Call) -> Json:
    app = call.installation.app
    trigger = call.world.exchange(call.args.get("trigger_id"), app)
    if trigger.view is None:
        raise SlackError("invalid_trigger_id")
    view = show(call.site, app, trigger.user, call.args.get("view"), above=trigger.view)
    return {"view": payloads.view(view)}


def update(call: Call) -> Json:
    app, args = call.installation.app, call.args
    shown = [*call.world.views.values(), *call.world.homes.values()]
    own = [each for each in shown if each.app is app and each.team is call.team]
    view_id, external = args.get("view_id"), args.get("external_id") or object()
    fits = [each for each in own if view_id in (None, each.id)]
    fits = fits if view_id else [each for each in fits if each.body.get("external_id") == external]
    view = present(next((each for each in fits if each.open), None), "not_found")
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")
    replace(call.site, view, args.get("view"))
    return {"view": payloads.view(view)}


def publish(call: Call) -> Json:
    user = present(call.team.users.get(call.given("user_id")), "user_not_found")
    app, world = call.installation.app, call.world
    former = world.homes.get((app.id, user.id))
    if former and call.args.get("hash") not in (None, former.hash):
        raise SlackError("hash_conflict")
    body = checked(call.site, app, call.args.get("view"), "home")
    view_id = former.id if former else world.id("V")
    view = View(
        id=view_id, app=app, team=call.team, user=user, body=body, hash=world.id("hash"), root_id=view_id
    )
    world.homes[app.id, user.id] = view
    world.changes.notify()
    return {"view": payloads.view(view)}


METHODS = (
    Method(name="views.open", handle=open_, tier=4),
    Method(name="views.push", handle=push, tier=4),
    Method(name="views.update", handle=update, tier=4),
    Method(name="views.publish", handle=publish, tier=4),
)
