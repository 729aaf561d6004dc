"""A small language for what a JSON value must be; each rule tells what is wrong where.

Rules say it in Slack's words: "must be less than 151 characters [json-pointer:/blocks/0/text/text]".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def wrong(what: str, at: str) -> str:
    return f"{what} [json-pointer:{at}]"


def text(most: int, *, least: int = 1) -> Rule:
    """A string of so many characters; of at least one, some character is no blank."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield wrong("must be a string", at)
        elif len(value) > most:
            yield wrong(f"must be less than {most + 1} characters", at)
        elif len(value.strip()) < least:
            yield wrong(f"must be more than {least - 1} characters", at)

    return rule


def flag(value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield wrong("must be a boolean", at)


def whole(least: int, most: int) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            yield wrong(f"must be an integer from {least} to {most}", at)

    return rule


def fits(pattern: str) -> Rule:
    """A string that a regular expression fits."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.search(pattern, value):
            yield wrong(f"input must match regex pattern: {pattern}", at)

    return rule


def one_of(*allowed: str) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        if value not in allowed:
            yield wrong(f"value must be one of: {', '.join(allowed)}", at)

    return rule


def url(most: int = 3000) -> Rule:
    """An address with a scheme Slack opens."""
    length = text(most)

    def rule(value: Any, at: str) -> Iterator[str]:
        problems = list(length(value, at))
        yield from problems
        if not problems and not value.startswith(("http://", "https://", "mailto:")):
            yield wrong("must be a valid URL", at)

    return rule


def many(each: Rule, most: int, *, least: int = 1) -> Rule:
    """A list of least to most items that each obey a rule."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield wrong("must be an array", at)
            return
        if len(value) > most:
            yield wrong(f"no more than {most} items allowed", at)
        if len(value) < least:
            yield wrong(f"no less than {least} items required", at)
        for index, item in enumerate(value):
            yield from each(item, f"{at}/{index}")

    return rule


def record(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    """An object with these keys and no others; a type is left to `typed`."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must be an object", at)
            return
        for key in required.keys() - value.keys():
            yield wrong(f"missing required field: {key}", at)
        for key, child in value.items():
            known = required.get(key) or optional.get(key)
            if known is not None:
                yield from known(child, f"{at}/{key}")
            elif key != "type":
                yield wrong(f"invalid additional property: {key}", at)

    return rule


def typed(**kinds: Rule) -> Rule:
    """An object of one of several types, each with a rule of its own."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must be an object", at)
        elif not isinstance(value.get("type"), str) or value["type"] not in kinds:
            yield wrong(f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            yield from kinds[value["type"]](value, at)

    return rule


def both(*rules: Rule) -> Rule:
    """A value that obeys every rule."""

    def rule(value: Any, at: str) -> Iterator[str]:
        for each in rules:
            yield from each(value, at)

    return rule


def exactly_one(*keys: str) -> Rule:
    """An object with just one of these keys."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, dict) and sum(key in value for key in keys) != 1:
            yield wrong(f"exactly one of these fields is required: {', '.join(keys)}", at)

    return rule


def any_of(*keys: str) -> Rule:
    """An object with one of these keys at least."""

    def rule(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, dict) and not any(key in value for key in keys):
            yield wrong(f"one of these fields is required: {', '.join(keys)}", at)

    return rule
