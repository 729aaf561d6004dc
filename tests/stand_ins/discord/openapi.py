"""A check of bodies against Discord's own OpenAPI document, where it is at hand.

Violations are collected, not raised: a test asks at its end.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.journal import Record

# The document's own names of path parameters differ here and there from ours.
PARAMETER = "{}"
CALLBACKS = {
    1: "PongInteractionCallbackRequest",
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}


def at_hand(document: Path) -> Path | None:
    """The document, if it is there."""
    return document if document.is_file() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What the document does not allow: of a request or of our own answer to it."""

    method: str
    route: str
    side: str  # "request" or "answer"
    where: str
    message: str


class OpenApi:
    """Checks requests and answers as they come."""

    def __init__(self, document: Path) -> None:
        self._document = document
        self._paths = {_shape(path): item for path, item in _read(document)["paths"].items()}
        self.violations: list[Violation] = []
        self.checked = 0

    def of(self, side: str) -> list[Violation]:
        """What is wrong with requests ("request") or with our answers ("answer")."""
        return [violation for violation in self.violations if violation.side == side]

    def check(self, record: Record) -> None:
        """Notes what is wrong with a request's body, and with the answer if it was no error."""
        item = self._paths.get(_shape(record.route), {})
        operation = item.get(record.method.lower())
        if operation is None:
            self._note(record, "request", "", "there is no such operation")
            return
        if record.json is not None:
            schema = (
                operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            )
            self._check_side(record, "request", _of_callback(record) or schema, record.json)
        if record.status in (200, 201) and record.taken:
            answer = operation["responses"].get(str(record.status), {}).get("content", {})
            self._check_side(
                record, "answer", answer.get("application/json", {}).get("schema"), record.answer
            )

    def _check_side(self, record: Record, side: str, schema: Json | None, body: Any) -> None:
        self.checked += 1
        if schema is None:
            self._note(record, side, "", "the document has no body here")
            return
        for error in _validator(self._document, json.dumps(schema)).iter_errors(_with_text_ids(body)):
            deepest = _deepest(error)
            where = "$" + "".join(
                f".{step}" if isinstance(step, str) else f"[{step}]" for step in deepest.instance_path
            )
            self._note(record, side, where, deepest.message[:300])

    def _note(self, record: Record, side: str, where: str, message: str) -> None:
        self.violations.append(
            Violation(method=record.method, route=record.route, side=side, where=where, message=message)
        )


@cache
def _read(document: Path) -> Json:
    """The document, read once for all stand-ins."""
    read: Json = json.loads(document.read_text(encoding="utf-8"))
    return read


@cache
def _validator(document: Path, schema: str) -> Draft202012Validator:
    """A validator of one schema of the document, made once for all stand-ins."""
    return Draft202012Validator({"components": _read(document)["components"]} | json.loads(schema))


def _deepest(error: ValidationError) -> ValidationError:
    """What is wrong in the alternative that got furthest, where none of several fits."""
    branches = [each for branch in getattr(error.kind, "context", ()) for each in branch]
    return max(map(_deepest, branches), key=lambda each: len(each.instance_path)) if branches else error


def _of_callback(record: Record) -> Json | None:
    """The schema of an interaction's answer, by its type: the union as a whole explains nothing."""
    if not record.route.endswith("/callback") or not isinstance(record.json, dict):
        return None
    name = CALLBACKS.get(record.json.get("type", 0))
    return {"$ref": f"#/components/schemas/{name}"} if name else None


def _shape(path: str) -> str:
    """A route without the names of its parameters.

    >>> _shape("/channels/{channel_id}/messages/{message_id}")
    '/channels/{}/messages/{}'
    """
    return "/".join(PARAMETER if part.startswith("{") else part for part in path.split("/"))


def _with_text_ids(body: Any) -> Any:
    """A body with snowflakes as text: discord.py sends some as numbers, which Discord takes too."""
    if isinstance(body, dict):
        return {key: _text_id(key, value) for key, value in body.items()}
    return [_with_text_ids(each) for each in body] if isinstance(body, list) else body


def _text_id(key: str, value: Any) -> Any:
    listed = key in ("users", "roles", "messages", "applied_tags", "sticker_ids")
    if (key == "id" or key.endswith("_id")) and isinstance(value, int) and value > 1 << 32:
        return str(value)
    if listed and isinstance(value, list) and all(isinstance(each, int) for each in value):
        return [str(each) for each in value]
    if key == "attachments" and isinstance(value, list):
        return [each | {"id": str(each["id"])} if "id" in each else each for each in value]
    return _with_text_ids(value)
