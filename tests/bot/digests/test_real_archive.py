"""The real archive, taken in while a channel waits for new issues."""

import random
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests.arrivals import QUIET
from bot.digests.compose import parts_of
from bot.model.digests import Digest, DigestOptions, Subscription
from bot.model.newsletter import Issue
from bot.readers import read
from store import open_store
from tests.bot.digests.scene import HERE, START, scene
from tests.support.archive import SHARED
from tests.support.indexing import take

pytestmark = pytest.mark.archive
ORDERS = 12
ANYONE = Subscription(id="any", place=HERE, options=DigestOptions(), by="", by_name="")


@pytest.fixture
async def archive() -> list[Issue]:
    files = [SHARED / "corpus" / "alignment_newsletter.xlsx", *sorted((SHARED / "corpus" / "html").iterdir())]
    async with open_store(":memory:", clock=lambda: START) as store:
        async with store.archive.many():
            for file in files:
                await take(store, file.name, read(file.read_bytes(), file.name))
        numbers = await store.library.numbers()
        return [issue for number in numbers if (issue := await store.library.issue(number))]


@pytest.mark.parametrize("dates", ["as they are", "none", "some"])
async def test_whatever_the_order_it_posts_three_messages_at_most(archive: list[Issue], dates: str) -> None:
    most = 0
    for seed in range(ORDERS):
        draw = random.Random(seed)  # noqa: S311 - no secret
        issues = [_with_date(issue, dates, draw) for issue in archive]
        known = draw.choice((1, 10, len(issues) // 2))
        rest = issues[known:]
        if draw.random() < 0.7:
            draw.shuffle(rest)
        async with scene() as place:
            place.platform.room = 3600
            place.quiet = draw.choice((timedelta(0), QUIET))
            place.issues[:] = issues[:known]
            await place.subscribe()
            while rest:
                portion = draw.choice((1, 2, 3, 50, len(rest)))
                place.issues += rest[:portion]
                rest = rest[portion:]
                place.later(minutes=draw.choice((1, 10, 30)))
                await place.look()
            place.later(hours=2)
            await place.look()
            most = max(most, len(place.platform.names))
    assert most <= 3


def _with_date(issue: Issue, dates: str, draw: random.Random) -> Issue:
    keeps = dates == "as they are" or (dates == "some" and draw.random() < 0.5)
    return issue if keeps else replace(issue, published=None)


async def test_no_lead_ends_in_the_number_of_a_list(archive: list[Issue]) -> None:
    leads = [
        span.text
        for issue in archive
        for part in parts_of(Digest(subscription=ANYONE, issues=(issue,)), 3600, lambda block: block.text)
        for block in part.blocks
        for span in block.spans
        if not block.heading and "\n" in block.text
    ]
    assert len(leads) > 200
    assert [lead for lead in leads if re.search(r"[:;(]\s*\(?\d{1,2}[.)]…?$", lead)] == []
