"""What Discord refuses in a message's embeds."""

from typing import Any

from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.form import Form, Where

MOST = 10
TITLE, DESCRIPTION, FOOTER, AUTHOR = 256, 4096, 2048, 256
FIELDS, FIELD_NAME, FIELD_VALUE = 25, 256, 1024
IN_ALL = 6000
SHOWN = ("title", "description", "fields", "image", "thumbnail", "footer", "author", "video", "provider")
PICTURES = ("http", "https", "attachment")


def check(form: Form, embeds: Any) -> None:
    """Reports every broken limit of a list of embeds."""
    listed = form.objects(("embeds",), embeds, most=MOST)
    for index, embed in listed:
        _check_one(form, ("embeds", index), embed)
    if not form.errors and sum(_size(embed) for _, embed in listed) > IN_ALL:
        form.report(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {IN_ALL}")


def _check_one(form: Form, where: Where, embed: Json) -> None:
    if not any(embed.get(key) for key in SHOWN):
        form.required((*where, "description"))
    form.text((*where, "title"), embed.get("title"), most=TITLE)
    form.text((*where, "description"), embed.get("description"), most=DESCRIPTION)
    form.url((*where, "url"), embed.get("url"))
    form.number((*where, "color"), embed.get("color"), least=0, most=0xFFFFFF)
    form.instant((*where, "timestamp"), embed.get("timestamp"))
    _check_parts(form, where, embed)
    _check_fields(form, (*where, "fields"), embed.get("fields"))


def _check_parts(form: Form, where: Where, embed: Json) -> None:
    """The footer, the author and the pictures."""
    for part, key, most in (("footer", "text", FOOTER), ("author", "name", AUTHOR)):
        value = embed.get(part)
        if value is not None and form.object((*where, part), value):
            form.text((*where, part, key), value.get(key), most=most, required=True)
            form.url((*where, part, "url"), value.get("url"))
            form.url((*where, part, "icon_url"), value.get("icon_url"), schemes=PICTURES)
    for part in ("image", "thumbnail"):
        value = embed.get(part)
        if value is not None and form.object((*where, part), value):
            form.url((*where, part, "url"), value.get("url"), schemes=PICTURES)


def _check_fields(form: Form, where: Where, fields: Any) -> None:
    for index, field in form.objects(where, fields, most=FIELDS):
        form.text((*where, index, "name"), field.get("name"), most=FIELD_NAME, required=True)
        form.text((*where, index, "value"), field.get("value"), most=FIELD_VALUE, required=True)


def _size(embed: Json) -> int:
    """The characters of a checked embed that count towards the limit of a message."""
    fields = embed.get("fields") or []
    texts = [
        embed.get("title"),
        embed.get("description"),
        (embed.get("footer") or {}).get("text"),
        (embed.get("author") or {}).get("name"),
        *(field.get(key) for field in fields for key in ("name", "value")),
    ]
    return sum(len(text) for text in texts if isinstance(text, str))


def stored(embeds: list[Json]) -> list[Json]:
    """The embeds as Discord keeps and returns them."""
    return [_stored_one(embed) for embed in embeds]


def _stored_one(embed: Json) -> Json:
    filled = {key: value for key, value in embed.items() if value not in (None, "", [])}
    for field in filled.get("fields", ()):
        field.setdefault("inline", False)
    return filled | {"type": "rich"}
