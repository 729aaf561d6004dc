"""Discord's own errors: an HTTP status, a code of its own, a message, and what is wrong where."""

from collections.abc import Mapping
from typing import Any

UNKNOWN = {
    "Application": 10002,
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "Role": 10011,
    "User": 10013,
    "Emoji": 10014,
    "Webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}


class ApiError(Exception):
    """An answer that is an error, in the shape Discord gives it."""

    def __init__(
        self, status: int, code: int, message: str, errors: Mapping[str, Any] | None = None, **more: Any
    ) -> None:
        super().__init__(f"{status} ({code}): {message}")
        self.status = status
        self.code = code
        self.body: dict[str, Any] = {"message": message, "code": code, **more}
        if errors:
            self.body["errors"] = dict(errors)


def unknown(what: str) -> ApiError:
    """404 for something that is not there (a key of UNKNOWN)."""
    return ApiError(404, UNKNOWN[what], f"Unknown {what}")


def not_found() -> ApiError:
    return ApiError(404, 0, "404: Not Found")


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def invalid_form(errors: Mapping[str, Any]) -> ApiError:
    return ApiError(400, 50035, "Invalid Form Body", errors)
