"""Variables of the environment and of files, typed as the fields of dataclasses."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias, TypeVar, get_args, get_type_hints

import msgspec
from msgspec import Meta

from bot.errors import InputError

T = TypeVar("T")

CONFIG: Final = "ANBOT_CONFIG"
_OURS: Final = "ANBOT_"
"""How names of variables begin that nobody else uses."""
_SWITCHES: Final = {"yes": True, "on": True, "no": False, "off": False}
"""What people write for true and false, besides what msgspec takes."""
Port: TypeAlias = Annotated[int, Meta(ge=0, le=65535)]
"""0 has the system choose one."""
PORT_FORM: Final = "a number from 1 to 65535"
"""What a port looks like."""


class Environment(Mapping[str, str]):
    """The variables of a process, completed by files.

    If NAME is not set, but NAME_FILE is, that file holds its value, as Docker and systemd
    hand secrets over. What neither sets is looked up in the TOML file that ANBOT_CONFIG names:
    a table of texts, numbers, true and false under the names of variables. Raises InputError
    if a file cannot be used.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._file = _config(variables.get(CONFIG, "").strip())

    def __getitem__(self, name: str) -> str:
        file = self._variables.get(f"{name}_FILE", "").strip()
        if file and not self._variables.get(name):
            return _read(f"{name}_FILE", file).strip()
        return self._variables[name] if name in self._variables else self._file[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._file, **self._variables})

    def __len__(self) -> int:
        return len({**self._file, **self._variables})

    def check_names(self, known: Collection[str]) -> None:
        """Raise InputError if the TOML file sets what is no variable, or the environment what has our name."""
        ours = (name.removesuffix("_FILE") for name in self._variables if name.startswith(_OURS))
        for where, names in (
            (self._variables.get(CONFIG, "").strip(), self._file),
            ("The environment", ours),
        ):
            if unknown := next((name for name in names if name not in known), ""):
                nearest = get_close_matches(unknown.upper(), known, n=1, cutoff=0)[0]
                raise InputError(f"{where} sets {unknown}, which is no variable. Did you mean {nearest}?")


@dataclass(frozen=True, slots=True)
class Variable:
    """Stands in the annotation of a field of settings.

    name   of the variable that sets the field
    form   what its values look like, for people, if the type does not say so
    read   makes the field's value of the text, if the type does not say how
    empty  whether an empty text is a value; else it counts as not set
    """

    name: str
    form: str = ""
    read: Callable[[str], object] | None = None
    empty: bool = False


def base_address(text: str) -> str:
    """An address that paths are added to."""
    return text.rstrip("/")


def settings_from(environ: Mapping[str, str], settings: Callable[..., T]) -> T:
    """Settings of that kind, a dataclass whose fields have a `Variable`, with its defaults for what is not set.

    Raises InputError for a value that cannot be meant.
    """
    given: dict[str, Any] = {}
    for field, (kind, variable) in _fields(settings).items():
        value = environ.get(variable.name, "").strip()
        if value or (variable.empty and variable.name in environ):
            given[field] = variable.read(value) if variable.read else _typed(value, kind, variable)
    return settings(**given)


def variables_of(settings: Callable[..., Any]) -> tuple[str, ...]:
    """The names of all variables that settings of that kind are read from."""
    return tuple(variable.name for _, variable in _fields(settings).values())


def _fields(settings: Callable[..., Any]) -> dict[str, tuple[Any, Variable]]:
    """The type and the variable of each field that has one."""
    hints = get_type_hints(settings, include_extras=True)
    return {
        field: (hint, variable)
        for field, hint in hints.items()
        for variable in get_args(hint)
        if isinstance(variable, Variable)
    }


def _typed(value: str, annotated: Any, variable: Variable) -> Any:
    """The value as msgspec reads it for that type. Raises InputError, which says what it may be."""
    kind = get_args(annotated)[0]
    text = value if kind is str else value.lower()
    try:
        return msgspec.convert(_SWITCHES.get(text, text) if kind is bool else text, annotated, strict=False)
    except msgspec.ValidationError as error:
        form = variable.form or _form(kind)
        raise InputError(f"{variable.name} is “{value}”. Set it to {form}, or leave it out.") from error


def _form(kind: Any) -> str:
    """What values of the type look like, for people."""
    if kind is bool:
        return "yes or no"
    *others, last = filter(None, get_args(kind))
    return f"{', '.join(others)} or {last}"


def _config(path: str) -> dict[str, str]:
    """What the TOML file sets; nothing without a path."""
    if not path:
        return {}
    try:
        read = tomllib.loads(_read(CONFIG, path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is no TOML: {error}.") from error
    for name, value in read.items():
        if not isinstance(value, str | int | float):
            raise InputError(f"{path} sets {name} to what is neither a text nor a number nor true or false.")
    return {name: str(value) for name, value in read.items()}


def _read(name: str, path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "it is no text"
        raise InputError(f"{name} is {path}, which cannot be read ({reason}).") from error
