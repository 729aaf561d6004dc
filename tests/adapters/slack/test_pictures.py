"""A picture comes after the list that it shows, and with it once Slack has it."""

from bot.model.places import Place, Preferences
from store import open_store
from tests.adapters.slack.picturing import (
    TOPIC,
    YEARS,
    images,
    of_years,
    pictured,
    pictures,
    refused,
    uploads,
)
from tests.adapters.slack.world import LOOPS, World, labels, words
from tests.stand_ins.slack import Message
from tests.support.fakes import MemoryLibrary

CITED = "“Risks from Learned Optimization” is cited by “A mesa follow-up” (AN #76)."


async def cites(illustrated: World) -> Message:
    """A card of alice's that was turned to what cites it."""
    await illustrated.command("/paper risks from")
    message = await illustrated.posted()
    await illustrated.alice.use(message, "Cited by 1")
    await illustrated.until(lambda: "A mesa follow-up" in words(message))
    return message


async def test_the_years_of_a_topic_follow_its_list(illustrated: World) -> None:
    await illustrated.command(TOPIC)
    listed = await illustrated.posted()
    assert images(listed) == []
    await pictured(illustrated)
    after = await illustrated.posted(2)
    (image,) = images(after)
    assert image["alt_text"] == after.text == YEARS
    assert labels(after) == ["Remove"]
    assert refused(illustrated) == ["['invalid slack file [json-pointer:/blocks/0/slack_file]']"]
    await illustrated.alice.use(after, "Remove")
    await illustrated.until(lambda: len(illustrated.slack.messages(illustrated.general)) == 1)


async def test_what_slack_has_comes_with_the_list_at_once(illustrated: World) -> None:
    await illustrated.command(TOPIC)
    await pictured(illustrated)
    await illustrated.command(TOPIC)
    both = await illustrated.posted(3)
    assert images(both)[0]["slack_file"]["id"] == pictures(illustrated)[0]
    assert "A mesa follow-up" in words(both)
    assert uploads(illustrated) == 1


async def test_the_uploaded_file_says_what_it_shows(illustrated: World) -> None:
    await illustrated.command(TOPIC)
    await pictured(illustrated)
    (file,) = illustrated.slack.world.files.values()
    assert (file.name, file.alternative) == ("years.png", YEARS)
    (completed,) = illustrated.slack.journal.of("files.completeUploadExternal")
    assert completed.args.keys() <= {"files", "team_id"}  # shared with no channel


async def test_citations_are_drawn_as_long_as_they_are_listed(illustrated: World) -> None:
    message = await cites(illustrated)
    await pictured(illustrated)
    assert [each["alt_text"] for each in images(message)] == [CITED]
    assert "A mesa follow-up" in words(message)
    await illustrated.alice.use(message, "Summary")
    await illustrated.until(lambda: not images(message))
    await illustrated.alice.use(message, "Cited by 1")
    await illustrated.until(lambda: images(message))
    assert (uploads(illustrated), len(illustrated.slack.messages(illustrated.general))) == (1, 1)


async def test_a_card_that_was_turned_meanwhile_keeps_what_it_was_turned_to(illustrated: World) -> None:
    message = await cites(illustrated)
    await illustrated.until(lambda: uploads(illustrated))
    await illustrated.alice.use(message, "Summary")
    await illustrated.until(lambda: "A mesa follow-up" not in words(message))
    await illustrated.passing(lambda: illustrated.clock.waiting == LOOPS)
    assert images(message) == []
    assert refused(illustrated) == []


async def test_a_card_that_was_removed_meanwhile_gets_no_picture(illustrated: World) -> None:
    message = await cites(illustrated)
    await illustrated.until(lambda: uploads(illustrated))
    await illustrated.alice.use(message, "Remove")
    await illustrated.until(lambda: not illustrated.slack.messages(illustrated.general))
    await illustrated.passing(lambda: illustrated.clock.waiting == LOOPS)
    assert refused(illustrated) == []


async def test_what_one_person_sees_has_no_picture_until_it_is_shared(illustrated: World) -> None:
    async with open_store(illustrated.database, clock=illustrated.now) as store:
        await store.preferences.put(
            Place(platform="slack", server=illustrated.team.id), Preferences(private=True)
        )
    await illustrated.command(TOPIC)
    whispered = await illustrated.whispered()
    assert (images(whispered), illustrated.slack.journal.of("files.*")) == ([], [])
    await illustrated.alice.use(whispered, "Share")
    await pictured(illustrated)
    first, second = illustrated.slack.messages(illustrated.general)
    assert (len(images(first)), len(images(second))) == (0, 1)
    assert "Shared by" in words(second)
    assert (uploads(illustrated), len(refused(illustrated))) == (1, 1)  # the one try that was too early


async def test_somebody_elses_copy_has_no_picture(illustrated: World) -> None:
    await illustrated.command("/paper risks from")
    await illustrated.bob.use(await illustrated.posted(), "Cited by 1")
    copy = await illustrated.whispered(to=illustrated.bob)
    assert "A mesa follow-up" in words(copy)
    assert illustrated.slack.journal.of("files.*") == []


async def test_a_picture_that_has_changed_is_uploaded_anew(illustrated: World) -> None:
    await illustrated.command(TOPIC)
    await pictured(illustrated)
    assert isinstance(illustrated.library, MemoryLibrary)
    illustrated.library.issues = of_years(2022).issues
    await illustrated.command(TOPIC)
    await pictured(illustrated, 2)
    assert uploads(illustrated) == 2
    assert "2022: 1" in images(illustrated.slack.messages(illustrated.general)[-1])[0]["alt_text"]


async def test_a_file_that_was_deleted_is_uploaded_anew(illustrated: World) -> None:
    await illustrated.command(TOPIC)
    await pictured(illustrated)
    illustrated.slack.world.files.clear()
    await illustrated.command(TOPIC)
    assert images(await illustrated.posted(3)) == []
    await pictured(illustrated, 2)
    assert uploads(illustrated) == 2


async def test_two_who_ask_at_once_share_an_upload(illustrated: World) -> None:
    await illustrated.command(TOPIC)
    await illustrated.command(TOPIC, by=illustrated.bob)
    await pictured(illustrated, 2)
    assert len(set(pictures(illustrated))) == uploads(illustrated) == 1
