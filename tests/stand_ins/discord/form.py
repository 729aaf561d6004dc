"""Checks a body field by field and collects what is wrong, nested as Discord nests it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tests.stand_ins.discord.errors import invalid_form

Where = tuple[str | int, ...]


class Form:
    """What is wrong with one body. Every check returns whether the value passed."""

    def __init__(self) -> None:
        self.errors: dict[str, Any] = {}

    def report(self, where: Where, code: str, message: str) -> bool:
        """Notes an error at a place, such as ("embeds", 0, "title"); always False."""
        node = self.errors
        for step in where:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
        return False

    def finish(self) -> None:
        """Raises Discord's 50035 if anything was reported."""
        if self.errors:
            raise invalid_form(self.errors)

    def required(self, where: Where) -> bool:
        return self.report(where, "BASE_TYPE_REQUIRED", "This field is required")

    def text(self, where: Where, value: Any, *, most: int, least: int = 0, required: bool = False) -> bool:
        """A string of least to most characters; where required, not of blanks alone."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return self.required(where) if required else True
        if not isinstance(value, str):
            return self.report(where, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        if least and not least <= len(value) <= most:
            return self.report(
                where, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
            )
        if len(value) > most:
            return self.report(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return True

    def items(
        self, where: Where, value: Any, *, most: int, least: int = 0, required: bool = False
    ) -> list[Any]:
        """The list itself, if it has least to most items; nothing where it is missing or refused."""
        if value is None:
            if required:
                self.required(where)
            return []
        if not isinstance(value, list):
            self.report(where, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        elif least and not least <= len(value) <= most:
            self.report(where, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif len(value) > most:
            self.report(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        else:
            return value
        return []

    def objects(
        self, where: Where, value: Any, *, most: int, least: int = 0, required: bool = False
    ) -> list[tuple[int, dict[str, Any]]]:
        """As items, with their places, for a list of JSON objects; what is none is reported."""
        items = self.items(where, value, most=most, least=least, required=required)
        return [(index, each) for index, each in enumerate(items) if self.object((*where, index), each)]

    def object(self, where: Where, value: Any) -> bool:
        """A JSON object."""
        if isinstance(value, dict):
            return True
        return self.report(where, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")

    def choice(self, where: Where, value: Any, allowed: Collection[Any]) -> bool:
        if type(value) in {type(each) for each in allowed} and value in allowed:
            return True
        shown = ", ".join(map(str, allowed))
        return self.report(where, "BASE_TYPE_CHOICES", f"Value must be one of {{{shown}}}.")

    def number(self, where: Where, value: Any, *, least: float, most: float) -> bool:
        """A whole number in a range; None passes."""
        if value is None:
            return True
        if isinstance(value, bool) or not isinstance(value, int):
            return self.report(where, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        if value < least:
            return self.report(
                where, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}."
            )
        if value > most:
            return self.report(where, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        return True

    def url(self, where: Where, value: Any, *, schemes: Collection[str] = ("http", "https")) -> bool:
        """A well-formed address of one of the schemes, 2,048 characters at most; None passes."""
        if value is None:
            return True
        if not self.text(where, value, most=2048, required=True):
            return False
        if not well_formed(value):
            return self.report(where, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        scheme = urlsplit(value).scheme.lower()
        if scheme not in schemes:
            shown = ", ".join(f"'{known}'" for known in schemes)
            return self.report(
                where, "URL_TYPE_INVALID_SCHEME", f'Scheme "{scheme}" must be one of ({shown}).'
            )
        return True

    def instant(self, where: Where, value: Any) -> bool:
        """An ISO 8601 instant; None passes."""
        try:
            return value is None or bool(datetime.fromisoformat(value))
        except (TypeError, ValueError):
            return self.report(where, "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")


def well_formed(address: str) -> bool:
    """Whether an address has a scheme and a host that could exist, and no blanks.

    >>> well_formed("https://example.org/a?b"), well_formed("example.org"), well_formed("https://a b.org")
    (True, False, False)
    """
    if any(character.isspace() for character in address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    if parts.scheme == "attachment":
        return bool(parts.netloc)
    labels = (host or "").split(".")
    return bool(parts.scheme and host) and ("." in str(host) or host == "localhost") and all(labels)
