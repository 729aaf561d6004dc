"""What is seen and kept of `/digest`, as the world of a test has it."""

from simcord import InteractionResult

from bot.model.digests import Subscription
from bot.model.places import Place
from tests.adapters.discord.world import Bench, World, shown


def private_text(result: InteractionResult) -> str:
    """The text that the asker alone sees."""
    message = shown(result)
    assert message.ephemeral
    cards = [f"{card.title or ''}. {card.description}" for card in message.embeds]
    return "\n".join([message.content or "", *cards])


async def subscriptions(world: World, bench: Bench) -> list[Subscription]:
    """What the server is subscribed to."""
    place = Place(platform="discord", server=str(world.guild.id))
    return list(await bench.store.subscriptions.of(place))


async def only(world: World, bench: Bench) -> Subscription:
    """Its sole subscription."""
    (subscription,) = await subscriptions(world, bench)
    return subscription
