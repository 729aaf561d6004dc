"""The Web API, one file per family of methods."""

from tests.stand_ins.slack.call import Method
from tests.stand_ins.slack.methods import apps, chat, conversations, files, unfurls, views

METHODS: dict[str, Method] = {
    method.name: method
    for module in (apps, chat, conversations, files, unfurls, views)
    for method in module.METHODS
}
