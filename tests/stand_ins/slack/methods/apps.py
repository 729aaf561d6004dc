"""auth.*, oauth.v2.* and apps.*: who an application is and where it is installed."""

from tests.stand_ins.slack import events
from tests.stand_ins.slack.building import Builder
from tests.stand_ins.slack.call import Call, Method, Token
from tests.stand_ins.slack.entities import App, Installation, Json
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.world import present

LASTING = 12 * 60 * 60


def test(call: Call) -> Json:
    """auth.test."""
    installation, team = call.installation, call.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "team_id": team.id,
        "user": installation.bot.name,
        "user_id": installation.bot.id,
        "bot_id": installation.bot_id,
        "is_enterprise_install": False,
    }


def echo(_: Call) -> Json:
    """api.test, which tells nothing but that Slack is there."""
    return {}


def access(call: Call) -> Json:
    """Exchanges a code for a bot's token, once."""
    app = _client(call)
    if call.args.get("grant_type") == "refresh_token":
        return _refreshed(call, app)
    code = present(call.world.codes.get(str(call.args.get("code"))), "invalid_code")
    if code.app is not app or call.world.clock.now() > code.expires:
        raise SlackError("invalid_code")
    if code.used:
        raise SlackError("code_already_used")
    if code.redirect_uri and code.redirect_uri != call.args.get("redirect_uri"):
        raise SlackError("bad_redirect_uri")
    code.used = True
    build = Builder(call.world)
    if code.organisation:
        installed = build.install_for(app, code.organisation, scopes=code.scopes)
    else:
        installed = build.install(app, code.team, scopes=code.scopes)
    if code.rotating:
        build.renew(installed)
    team = {"id": code.team.id, "name": code.team.name}
    organisation = {"id": code.organisation, "name": "org"} if code.organisation else None
    return {
        **_rotation(installed),
        "app_id": app.id,
        "access_token": installed.token,
        "token_type": "bot",
        "scope": ",".join(sorted(installed.scopes)),
        "bot_user_id": installed.bot.id,
        "team": None if organisation else team,
        "enterprise": organisation,
        "is_enterprise_install": bool(organisation),
        "authed_user": {"id": code.user.id},
    }


def _refreshed(call: Call, app: App) -> Json:
    """Exchanges a refresh token for another token, once."""
    installations = call.world.installations.values()
    refresh = call.args.get("refresh_token")
    installed = next(
        (each for each in installations if each.refresh_token and each.refresh_token == refresh), None
    )
    installed = present(installed, "invalid_refresh_token")
    Builder(call.world).renew(installed)
    return {"app_id": app.id, "access_token": installed.token, "token_type": "bot", **_rotation(installed)}


def _rotation(installed: Installation) -> Json:
    if not installed.refresh_token:
        return {}
    return {"refresh_token": installed.refresh_token, "expires_in": LASTING}


def _client(call: Call) -> App:
    """The application whose client id and secret came along."""
    apps = call.world.apps.values()
    app = next((each for each in apps if each.client_id == call.args.get("client_id")), None)
    app = present(app, "invalid_client_id")
    if call.args.get("client_secret") != app.client_secret:
        raise SlackError("bad_client_secret")
    return app


def uninstall(call: Call) -> Json:
    if _client(call) is not call.installation.app:
        raise SlackError("client_id_token_mismatch")
    events.uninstalled(call.site, call.installation)
    return {}


def connect(call: Call) -> Json:
    """apps.connections.open."""
    assert call.app is not None, "called with an application's token"
    if call.app.request_url:
        raise SlackError("socket_mode_not_enabled")
    return {"url": call.site.sockets.ticket(call.app)}


METHODS = (
    Method(name="api.test", handle=echo, tier=4, token=Token.NONE),
    Method(name="auth.test", handle=test, tier=0),
    Method(name="oauth.v2.access", handle=access, tier=4, token=Token.NONE),
    Method(name="apps.uninstall", handle=uninstall, tier=1),
    Method(name="apps.connections.open", handle=connect, tier=1, token=Token.APP),
)
