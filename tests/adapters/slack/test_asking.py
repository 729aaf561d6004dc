"""Asking and being answered, as people in a workspace do, in both ways of meeting Slack."""

from tests.adapters.slack.world import World, labels, words


async def test_typed_text_comes_as_it_was_typed(place: World) -> None:
    await place.command("/paper a < b & c <https://arxiv.org/abs/1906.01820|paper>")
    sentence = words(await place.whispered())
    assert "a < b & c" in sentence
    assert "|paper" not in sentence


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
