"""A digest as messages: whatever the newsletter says, Slack takes them and nobody is pinged."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.digest_card import digest_message, digest_parts, digest_payload
from adapters.slack.spots import Verb, decode
from bot.digests.values import Digest, Kind, Wish
from bot.types import Issue
from tests.adapters.slack.digests import new_issue
from tests.adapters.slack.limits import check, elements
from tests.adapters.slack.world import START
from tests.drafts import TEXT as ANY
from tests.fakes import summary
from tests.services import subscription_of
from tests.slack_stand_in.blocks import IN_ALL, length
from tests.slack_stand_in.posting import content
