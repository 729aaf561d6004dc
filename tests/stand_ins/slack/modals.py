"""What becomes of a form when its application has answered a submission."""

from typing import Any

from tests.stand_ins.slack.call import Site
from tests.stand_ins.slack.entities import View
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.methods import views


def answered(site: Site, view: View, answer: Any) -> None:
    """Closes, changes or keeps the form, as the acknowledgement says."""
    if not answer:
        view.open = False
        return
    match answer.get("response_action") if isinstance(answer, dict) else None:
        case "clear":
            for each in site.world.views.values():
                each.open = each.open and each.root_id != view.root_id
        case "update":
            views.replace(site, view, answer.get("view"))
        case "push":
            views.show(site, view.app, view.user, answer.get("view"), above=view)
        case "errors":
            _explained(view, answer.get("errors"))
        case _:
            raise SlackError("invalid_response_action")


def _explained(view: View, errors: Any) -> None:
    """Errors belong to the input blocks of the form; Slack shows no others."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise SlackError("invalid_response_errors")
