"""Asking and being answered, as people in a workspace do, in both ways of meeting Slack."""

from tests.adapters.slack.world import World, labels, picker, words


async def test_a_clear_answer_is_posted_in_the_channel(place: World) -> None:
    await place.command("/paper risks from learned optimization")
    card = await place.posted()
    assert "Risks from Learned Optimization" in words(card)
    assert labels(card)[-1] == "Remove"
    assert not card.pings
    assert place.slack.ephemerals(place.general, place.alice) == []


async def test_an_issue_opens_its_entries_and_its_neighbours(place: World) -> None:
    await place.command("/an 58")
    card = await place.posted()
    assert "AN #58 — Mesa optimization" in words(card)
    menu = picker(card)
    opened = await place.alice.use(card, menu["action_id"], menu["options"][1]["value"])
    await opened.acknowledged()
    await place.until(lambda: "A long read" in words(place.slack.messages(place.general)[0]))
    assert len(place.slack.messages(place.general)) == 1


async def test_a_miss_and_help_are_for_who_asked_alone(place: World) -> None:
    await place.command("/paper pizza recipe")
    assert "Nothing here fits" in words(await place.whispered(1))
    await place.command("/an help")
    assert "/an latest" in words(await place.whispered(2))
    await place.command("/an what is this")
    assert "not the number of an issue" in words(await place.whispered(3))
    assert place.slack.messages(place.general) == []


async def test_typed_text_comes_as_it_was_typed(place: World) -> None:
    await place.command("/paper a < b & c <https://arxiv.org/abs/1906.01820|paper>")
    told = words(await place.whispered())
    assert "a &lt; b &amp; c" in told
    assert "|paper" not in told


async def test_who_asked_turns_the_card_itself_and_others_get_a_copy(place: World) -> None:
    await place.command("/paper risks from learned optimization")
    card = await place.posted()
    await (await place.bob.use(card, "Opinion")).acknowledged()
    copy = await place.whispered(to=place.bob)
    assert "Rohin’s opinion" in words(copy)
    assert "Rohin’s opinion" not in words(place.slack.messages(place.general)[0])
    await (await place.alice.use(card, "Opinion")).acknowledged()
    await place.until(lambda: "Rohin’s opinion" in words(place.slack.messages(place.general)[0]))


async def test_what_is_private_is_shared_once_under_the_askers_name(place: World) -> None:
    await place.command("/paper risks from learned optimization")
    card = await place.posted()
    await (await place.bob.use(card, "Opinion")).acknowledged()
    copy = await place.whispered(to=place.bob)
    first = await place.bob.use(copy, "Share")
    second = await place.bob.use(copy, "Share")
    await first.acknowledged()
    await second.acknowledged()
    shared = await place.posted(2)
    assert f"Shared by <@{place.bob.id}>" in words(shared)
    assert "Rohin’s opinion" in words(shared)
    assert shared.pings <= {place.bob.id}
    await place.until(lambda: "Share" not in labels(place.slack.ephemerals(place.general, place.bob)[0]))
    assert len(place.slack.messages(place.general)) == 2


async def test_a_shared_card_keeps_its_name_when_it_is_turned(place: World) -> None:
    await place.command("/paper risks from learned optimization")
    await (await place.bob.use(await place.posted(), "Opinion")).acknowledged()
    await (await place.bob.use(await place.whispered(to=place.bob), "Share")).acknowledged()
    shared = await place.posted(2)
    await (await place.bob.use(shared, "Summary")).acknowledged()
    await place.until(lambda: "Rohin’s opinion" not in words(place.slack.messages(place.general)[1]))
    assert "Shared by" in words(place.slack.messages(place.general)[1])


async def test_an_answer_is_removed_by_who_asked_and_by_nobody_else(place: World) -> None:
    await place.command("/an 58")
    card = await place.posted()
    await (await place.bob.use(card, "Remove")).acknowledged()
    told = await place.whispered(to=place.bob)
    assert "Only the asker" in told.text
    assert len(place.slack.messages(place.general)) == 1
    await (await place.alice.use(card, "Remove")).acknowledged()
    await place.until(lambda: not place.slack.messages(place.general))


async def test_a_message_is_looked_through_for_summaries(place: World) -> None:
    said = await place.bob.send(place.general, "see https://arxiv.org/abs/1906.01820 and AN #76")
    await (await place.alice.shortcut("find_summaries", said)).acknowledged()
    found = await place.whispered()
    assert "AN #76" in words(found)
    assert "Mentioned in that message" in words(found)


async def test_a_message_that_mentions_nothing_says_so(place: World) -> None:
    said = await place.bob.send(place.general, "x" * 10_000)
    await (await place.alice.shortcut("find_summaries", said)).acknowledged()
    assert "mentions" in words(await place.whispered())


async def test_what_was_shared_can_be_shared_again_when_it_is_turned_to_again(place: World) -> None:
    await place.command("/paper risks from learned optimization")
    await (await place.bob.use(await place.posted(), "Opinion")).acknowledged()
    copy = await place.whispered(to=place.bob)
    for count, turned in ((2, "Summary"), (3, "Opinion")):
        await (await place.bob.use(copy, "Share")).acknowledged()
        await place.posted(count)
        await place.until(lambda: "Share" not in labels(place.slack.ephemerals(place.general, place.bob)[0]))
        await (await place.bob.use(copy, turned)).acknowledged()
        await place.until(lambda: "Share" in labels(place.slack.ephemerals(place.general, place.bob)[0]))
    await (await place.bob.use(copy, "Share")).acknowledged()
    await place.posted(4)
