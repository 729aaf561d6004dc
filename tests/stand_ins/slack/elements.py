"""What stands inside blocks: texts, options, buttons, menus and fields."""

from tests.stand_ins.slack.form import (
    Rule,
    both,
    exactly_one,
    flag,
    many,
    one_of,
    record,
    text,
    typed,
    url,
    whole,
)
from tests.stand_ins.slack.rich_text import MOST, PARTS

ACTION_ID = text(255)


def plain(most: int) -> Rule:
    """A plain_text object."""
    return typed(plain_text=record({"text": text(most)}, {"emoji": flag}))


def formatted(most: int) -> Rule:
    """A text object of either kind."""
    return typed(
        plain_text=record({"text": text(most)}, {"emoji": flag}),
        mrkdwn=record({"text": text(most)}, {"verbatim": flag}),
    )


CONFIRM = record(
    {"title": plain(100), "text": formatted(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def option(label: Rule, **more: Rule) -> Rule:
    return record({"text": label, "value": text(150)}, {"description": plain(75), **more})


OPTION = option(plain(75))
GROUP = record({"label": plain(75), "options": many(OPTION, 100)}, {})
MARKED = option(formatted(75))  # radio buttons and checkboxes alone show formatting


def acting(required: dict[str, Rule] | None = None, /, **optional: Rule) -> Rule:
    """An element a person uses."""
    return record(required or {}, {"action_id": ACTION_ID, "confirm": CONFIRM} | optional)


def menu(**optional: Rule) -> Rule:
    return acting(placeholder=plain(150), focus_on_load=flag, **optional)


def field(**optional: Rule) -> Rule:
    """A field to type into; it asks for no confirmation."""
    shared = {"action_id": ACTION_ID, "placeholder": plain(150), "focus_on_load": flag}
    return record({}, shared | {"dispatch_action_config": DISPATCH} | optional)


DISPATCH = record({"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)}, {})
STATIC = {"options": many(OPTION, 100), "option_groups": many(GROUP, 100)}
SEVERAL = {"max_selected_items": whole(1, 100)}
ONE_SOURCE = exactly_one("options", "option_groups")
IMAGE = record({"image_url": url(), "alt_text": text(2000)}, {})
BUTTON = acting(
    {"text": plain(75)},
    url=url(),
    value=text(2000),
    style=one_of("primary", "danger"),
    accessibility_label=text(75),
)
PLACES = {
    "response_url_enabled": flag,
    "default_to_current_conversation": flag,
    "filter": record(
        {},
        {
            "include": many(one_of("im", "mpim", "private", "public"), 4),
            "exclude_external_shared_channels": flag,
            "exclude_bot_users": flag,
        },
    ),
}
ACTIONS: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": acting({"options": many(option(plain(75), url=url()), 5)}),
    "static_select": both(menu(initial_option=OPTION, **STATIC), ONE_SOURCE),
    "multi_static_select": both(menu(initial_options=many(OPTION, 100), **STATIC, **SEVERAL), ONE_SOURCE),
    "external_select": menu(initial_option=OPTION, min_query_length=whole(0, 100)),
    "users_select": menu(initial_user=text(20)),
    "channels_select": menu(initial_channel=text(20), response_url_enabled=flag),
    "conversations_select": menu(initial_conversation=text(20), **PLACES),
    "radio_buttons": acting({"options": many(MARKED, 10)}, initial_option=MARKED, focus_on_load=flag),
    "checkboxes": acting({"options": many(MARKED, 10)}, initial_options=many(MARKED, 10), focus_on_load=flag),
    "datepicker": menu(initial_date=text(10)),
    "timepicker": menu(initial_time=text(5), timezone=text(50)),
}
FIELDS: dict[str, Rule] = {
    "plain_text_input": field(
        initial_value=text(3000), multiline=flag, min_length=whole(0, 3000), max_length=whole(1, 3000)
    ),
    "rich_text_input": field(initial_value=typed(rich_text=record({"elements": many(PARTS, MOST)}, {}))),
    "number_input": field(
        is_decimal_allowed=flag, initial_value=text(20), min_value=text(20), max_value=text(20)
    ),
}
