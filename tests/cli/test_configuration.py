"""Where settings come from: the environment, files of single variables, and a TOML file."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import build_app
from bot.app import App
from bot.cli import anbot
from bot.errors import InputError
from bot.ports import DatabaseAddress

ROOT = Path(__file__).resolve().parents[2]


def app_of(config: Path, text: str, **variables: str) -> App:
    config.write_text(text, encoding="utf-8")
    return build_app({"ANBOT_CONFIG": str(config), **variables})


def configured(app: App) -> set[str]:
    return {platform.name for platform in app.platforms if platform.configured}


def test_a_toml_file_sets_what_the_environment_does_not(tmp_path: Path) -> None:
    text = 'ANBOT_DB = "of-file.db"\nANBOT_QUIET = 5\nANBOT_ALLOW_PRIVATE = true\nDISCORD_TOKEN = "x.y.z"\n'
    app = app_of(tmp_path / "an.toml", text, ANBOT_DB="of-environment.db")
    assert app.settings.database == Path("of-environment.db")
    assert app.settings.quiet.total_seconds() == 300
    assert app.settings.allow_private
    assert configured(app) == {"discord"}


def test_a_secret_may_be_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("x.y.z\n", encoding="utf-8")
    given = {"DISCORD_TOKEN_FILE": str(tmp_path / "token")}
    assert configured(build_app(given)) == {"discord"}
    assert configured(build_app({**given, "DISCORD_TOKEN": ""})) == {"discord"}
    assert configured(app_of(tmp_path / "an.toml", 'DISCORD_TOKEN = " "', **given)) == {"discord"}


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_words_that_switch_on(value: str) -> None:
    assert build_app({"ANBOT_ALLOW_PRIVATE": value}).settings.allow_private


@pytest.mark.parametrize("value", ["", "0", "False", "no", "off"])
def test_words_that_do_not(value: str) -> None:
    assert not build_app({"ANBOT_ALLOW_PRIVATE": value}).settings.allow_private


@pytest.mark.parametrize("variable", ["ANBOT_ALLOW_PRIVATE", "DISCORD_MESSAGE_CONTENT", "SLACK_SETTLING"])
def test_another_word_is_refused_wherever_it_stands(variable: str) -> None:
    with pytest.raises(InputError, match=f"{variable} is “maybe”. Set it to yes or no, or leave it out."):
        build_app({variable: "maybe"})


@pytest.mark.parametrize(
    ("variable", "value", "form"),
    [
        ("ANBOT_LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("ANBOT_LOG_FORMAT", "xml", "text or json"),
        ("ANBOT_HEALTH_PORT", "65536", "a number from 1 to 65535"),
        ("ANBOT_HEALTH_PORT", "http", "a number from 1 to 65535"),
        ("PORT", "-1", "a number from 1 to 65535"),
        ("ANBOT_QUIET", "1.5", "a number of minutes, such as 90"),
        ("ANBOT_QUIET", "999999999999", "a number of minutes, such as 90"),
    ],
)
def test_a_value_that_its_type_does_not_have_is_refused(variable: str, value: str, form: str) -> None:
    with pytest.raises(InputError, match=f"{variable} is “{value}”. Set it to {form}, or leave it out."):
        build_app({variable: value})


def test_case_and_blanks_around_a_value_do_not_count() -> None:
    settings = build_app({"ANBOT_LOG_LEVEL": " Debug ", "ANBOT_HEALTH_PORT": " 9464 "}).settings
    assert (settings.log_level, settings.health_port) == ("debug", 9464)


def test_a_variable_that_is_set_to_nothing_is_not_set_but_for_lists_and_programs() -> None:
    names = ("ANBOT_DB", "ANBOT_HEALTH_HOST", "ANBOT_HEALTH_PORT", "ANBOT_QUIET", "ANBOT_SOURCES", "PAGER")
    default, empty = build_app({}).settings, build_app(dict.fromkeys(names, "")).settings
    assert (default.sources, default.pager) == (("sheet", "feed", "podcast"), ("less", "-RFX"))
    assert empty == replace(default, sources=(), pager=())


@pytest.mark.parametrize("variable", ["ANBOT_SOURCES", "PAGER"])
def test_a_quotation_mark_that_is_not_closed_is_refused(variable: str) -> None:
    with pytest.raises(InputError, match=f"{variable} is “less '-R”: a quotation mark is not closed"):
        build_app({variable: "less '-R"})


def test_a_variable_of_our_name_that_is_none_is_refused() -> None:
    sentence = "The environment sets ANBOT_QUITE, which is no variable. Did you mean ANBOT_QUIET?"
    for name in ("ANBOT_QUITE", "ANBOT_QUITE_FILE"):
        with pytest.raises(InputError, match=re.escape(sentence)):
            build_app({name: "5"})
    build_app({"SLACK_WEBHOOK": "of another program", "ANBOT_QUIET": "5"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('anbot_quite = "5"', "sets anbot_quite, which is no variable. Did you mean ANBOT_QUIET?"),
        ("ANBOT_QUIET = 5 minutes", r"is no TOML: .*line 1, column 17"),
        ("[discord]\nTOKEN = 1", "sets discord to what is neither a text nor a number nor true or false."),
        ('ANBOT_QUIET = "soon"', "ANBOT_QUIET is “soon”. Set it to a number of minutes"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        app_of(tmp_path / "an.toml", text)


@pytest.mark.slow
@pytest.mark.parametrize("variable", ["ANBOT_CONFIG", "SLACK_BOT_TOKEN_FILE"])
def test_a_file_that_is_not_there_ends_the_program_with_a_sentence(tmp_path: Path, variable: str) -> None:
    environment = {**os.environ, variable: str(tmp_path / "nowhere")}
    command = [sys.executable, "-m", "bot", "doctor"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 2
    sentence = (
        f"Error: {variable} is {tmp_path / 'nowhere'}, which cannot be read (No such file or directory).\n"
    )
    assert ended.stderr == sentence


ADDRESSES = [
    "postgresql:anbot?password=hunter2",
    "mysql://anbot:hunter2@127.0.0.1/anbot",
    "sqlite:///hunter2.sqlite",
    "HTTPS://example.org/?hunter2",
    " postgresq://:hunter2@/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_database_of_another_kind_is_refused_and_its_password_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(tmp_path)
    begins = (
        f"begins with {address.strip().split(':')[0]}: but anbot knows SQLite files and postgresql:// alone."
    )
    with pytest.raises(InputError, match=begins) as refused:
        build_app({"ANBOT_DB": address})
    ended = CliRunner().invoke(anbot, ["doctor", "--db", address], obj=build_app({}))
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == f"Error: {refused.value}\n"
    assert "hunter2" not in ended.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "address", ["postgresql://an:hunter2@db.example.org/an", " POSTGRES://an:hunter2@h/an?a=b"]
)
def test_an_address_of_a_server_is_shown_without_its_password(address: str) -> None:
    database = build_app({"ANBOT_DB": address}).settings.database
    assert database == DatabaseAddress(address.strip())
    assert str(database) in {"postgresql://db.example.org/an", "postgresql://h/an"}
    assert "hunter2" not in repr(database)


def test_a_file_may_have_a_colon_in_its_name() -> None:
    assert build_app({"ANBOT_DB": "./an:2.sqlite"}).settings.database == Path("an:2.sqlite")


@pytest.mark.slow
def test_the_example_can_be_sourced_and_is_understood(tmp_path: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^#(?=[A-Z_]+=)", "", example, flags=re.MULTILINE), encoding="utf-8")
    script = f'set -a; . "{file}"; set +a; env -0'
    printed = subprocess.run(["/bin/sh", "-euc", script], env={}, capture_output=True, text=True, check=True)
    environment = dict(line.split("=", 1) for line in printed.stdout.split("\0") if line)
    app = build_app(environment)
    assert app.settings.sources == ("sheet", "feed", "podcast")
    assert app.settings.allow_private


def test_systemd_and_docker_compose_read_the_example_as_a_shell_does() -> None:
    """They differ over expansion, escapes, comments behind values and `export`, of which it has none."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    lines = [line.removeprefix("#") for line in example.splitlines() if line and not line.startswith("# ")]
    assert lines
    assert [line for line in lines if not re.fullmatch(r"""[A-Z_]+=([\w./:,-]*|"[\w./:, -]+")""", line)] == []
