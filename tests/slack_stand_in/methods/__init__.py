"""The Web API, one file per family of methods."""

from tests.slack_stand_in.call import Method
from tests.slack_stand_in.methods import apps, chat, conversations, unfurls, views

METHODS: dict[str, Method] = {
    method.name: method for module in (apps, chat, conversations, unfurls, views) for method in module.METHODS
}
