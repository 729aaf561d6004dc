"""Payloads as goldens hold them: what differs from run to run has a name, a text's lines stand apart."""

import json
import re
from collections.abc import Mapping
from typing import Any

_BY_CHANCE = re.compile(
    r"(?<=incident )[0-9a-f]{8}|\b[0-9a-f]{16}\b|\b[0-9]{17,20}\b|\b[0-9]{10}\.[0-9]{6}\b"
)
"""The numbers of incidents, the names of questions, the ids of messages."""

_OWN = re.compile(r"http://127\.0\.0\.1:[^\s\"]+")
"""An address of a stand-in."""
_MINUTE = re.compile(r"0[345]:\d\d UTC")
"""The time of a scene, whose clock goes on from three while the bot works: on a busy machine for an hour."""
_MOMENT = re.compile(r"(?<=<t:)[0-9]{10}(?=:)|(?<=<!date\^)[0-9]{10}(?=\^)")
"""The same as a number, in seconds."""
_THREE, _SIX, _DAY = 3 * 3600, 6 * 3600, 24 * 3600
_LARGEST = 10**16
"""No number of a card is larger."""


def readable(payload: Any, names: Mapping[str, str]) -> Any:
    """`names` is what stands for each id that a test's world made."""
    match payload:
        case dict():
            return {named(key, names): _value(key, each, names) for key, each in payload.items()}
        case list() | tuple():
            return [readable(each, names) for each in payload]
        case str():
            return _text(payload, names)
        case int() if payload > _LARGEST:
            return named(str(payload), names)
        case _:
            return payload


def _value(key: str, value: Any, names: Mapping[str, str]) -> Any:
    drawn = key == "nonce" and str(value).isdecimal()
    return "CHANCE" if drawn else readable(value, names)


def _text(text: str, names: Mapping[str, str]) -> Any:
    """JSON within JSON is opened."""
    if text[:1] in {"{", "["} and text[1:2] in {"{", '"', "}", "]"}:
        return readable(json.loads(text), names)
    lines = named(text, names).split("\n")
    return lines if len(lines) > 1 else lines[0]


def named(text: str, names: Mapping[str, str]) -> str:
    for value, name in names.items():
        text = text.replace(value, name)
    text = _MOMENT.sub(_about, text)
    return _MINUTE.sub("03:04 UTC", _BY_CHANCE.sub("CHANCE", _OWN.sub("ADDRESS", text)))


def _about(moment: re.Match[str]) -> str:
    """Three o'clock for all moments of a scene; others as they are."""
    seconds = int(moment[0])
    of_scene = _THREE <= seconds % _DAY < _SIX
    return str(seconds // _DAY * _DAY + _THREE if of_scene else seconds)
