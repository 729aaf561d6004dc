"""What runs the bot on a server fits the bot: unit, containers, workflows, shell completion."""

import configparser
import functools
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from click.testing import CliRunner

from bot import __version__
from bot.__main__ import build_app
from bot.cli import anbot
from bot.config import READ_ELSEWHERE, Settings
from bot.ports import DatabaseAddress
from bot.runtime.environment import Environment, settings_from, variables_of

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "docs" / "deploy"
UNIT = DEPLOY / "anbot.service"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
ANALYZE = shutil.which("systemd-analyze")
_SUFFICIENT = 20
"""Tenths of systemd's exposure level, of 100; under 20 it calls a service OK."""
_OFFLINE = 250


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that exists."""
    if ANALYZE is None:
        pytest.skip("systemd-analyze is not installed")
    here = tmp_path / UNIT.name
    here.write_text(
        UNIT.read_text(encoding="utf-8").replace("/opt/anbot/bin/anbot", sys.executable), encoding="utf-8"
    )
    return here


def analyzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    assert ANALYZE
    return subprocess.run([ANALYZE, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_systemd_takes_the_unit_without_a_word(unit: Path) -> None:
    verified = analyzed("verify", str(unit))
    about_it = [line for line in verified.stderr.splitlines() if unit.name in line]
    assert (verified.returncode, about_it) == (0, [])


@pytest.mark.slow
def test_systemd_finds_little_that_the_unit_could_harm(unit: Path) -> None:
    version = re.match(r"systemd (\d+)", analyzed("--version").stdout)
    if version is None or int(version[1]) < _OFFLINE:
        pytest.skip(f"systemd-analyze judges a file since version {_OFFLINE}")
    checked = analyzed("security", "--offline=true", f"--threshold={_SUFFICIENT}", "--no-pager", str(unit))
    assert checked.returncode == 0, checked.stdout[-400:]


def test_the_unit_runs_the_bot_and_waits_for_it_to_end() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign] # as configparser documents it
    unit.read(UNIT, encoding="utf-8")
    service = unit["Service"]
    assert shlex.split(service["ExecStart"])[1:] == ["run"]
    assert service["RestartPreventExitStatus"] == "2"
    assert int(service["TimeoutStopSec"]) > 10  # what Slack gets to finish


def copied() -> list[str]:
    """What the container is built of."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, re.MULTILINE)
    return [name for line in lines for name in line.split()[:-1]]


def test_all_that_the_container_is_built_of_is_there_and_let_through() -> None:
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = [line[1:] for line in ignored if line.startswith("!")]
    for name in copied():
        assert (ROOT / name).exists()
        assert any(fnmatch(name, each) for each in let_through), name
    for package in ("adapters", "bot", "store", "README.md", "LICENSE", "constraints.txt"):
        assert package in copied()


def test_the_container_runs_as_nobody_and_has_a_health_check() -> None:
    assert re.search(r"^USER 65534", CONTAINERFILE, re.MULTILINE)
    assert "HEALTHCHECK" in CONTAINERFILE
    command = re.search(r"^    (\[.*\])$", CONTAINERFILE, re.MULTILINE)
    assert command
    compile(command[1].partition('"-c", ')[2].strip('"]'), "the health check", "exec")


@pytest.mark.parametrize("file", ["Containerfile", "compose.yml", "compose.postgres.yml", "anbot.service"])
def test_every_variable_that_is_set_is_one_of_the_bot(file: str) -> None:
    known = {
        *READ_ELSEWHERE,
        *variables_of(Settings),
        *(name for each in build_app({}).platforms for name in each.variables),
    }
    named = re.findall(r"\b(?:ANBOT|DISCORD|SLACK)_\w+", (DEPLOY / file).read_text(encoding="utf-8"))
    assert {name.removesuffix("_FILE") for name in named} <= known


def merged(first: Any, second: Any) -> Any:
    """Two of Compose's files as it merges them: tables into one, lists one after the other."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {**first, **{key: merged(first.get(key), value) for key, value in second.items()}}
    return [*first, *second] if isinstance(first, list) and isinstance(second, list) else second


@pytest.fixture(params=[("compose.yml",), ("compose.yml", "compose.postgres.yml")], ids=str)
def composed(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What Compose is told, with and without PostgreSQL."""
    files = [yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8")) for name in request.param]
    return dict(functools.reduce(merged, files))


def test_all_that_compose_is_told_of_is_there(composed: dict[str, Any]) -> None:
    services = composed["services"]
    named = {volume.partition(":")[0] for each in services.values() for volume in each.get("volumes", ())}
    assert {name for name in named if not name.startswith(".")} == composed["volumes"].keys()
    assert all((DEPLOY / name).is_file() for name in named if name.startswith("."))
    secrets = {name for each in services.values() for name in each.get("secrets", ())}
    assert secrets == composed.get("secrets", {}).keys()
    awaited = {name for each in services.values() for name in each.get("depends_on", ())}
    assert awaited <= services.keys()
    build = services["anbot"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Containerfile")
    assert services["anbot"]["env_file"] == "anbot.env"


def test_no_server_but_the_proxy_is_reached_from_outside(composed: dict[str, Any]) -> None:
    assert [name for name, each in composed["services"].items() if "ports" in each] == ["proxy"]


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("vendor.compose-spec", "docs/deploy/compose*.yml"),
        ("vendor.github-workflows", ".github/workflows/*.yml"),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_what_others_read_is_of_the_form_that_they_read(schema: str, pattern: str) -> None:
    files = sorted(str(path) for path in ROOT.glob(pattern))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, bool(files)) == (0, True), checked.stdout


@pytest.fixture
def with_postgres() -> dict[str, Any]:
    """The services of the bot and its server."""
    return dict(yaml.safe_load((DEPLOY / "compose.postgres.yml").read_text(encoding="utf-8"))["services"])


def test_the_bot_waits_for_a_server_that_takes_connections(with_postgres: dict[str, Any]) -> None:
    bot, server = with_postgres["anbot"], with_postgres["database"]
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    check = server["healthcheck"]["test"]
    assert check[:2] == ["CMD", "pg_isready"]
    assert "--host=127.0.0.1" in check
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert bot["build"]["args"]["EXTRAS"] in metadata["project"]["optional-dependencies"]
    assert "ARG EXTRAS" in CONTAINERFILE


def test_the_documented_commands_give_the_server_and_the_bot_one_password(
    with_postgres: dict[str, Any], tmp_path: Path
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    page = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ (mkdir.*|password=.*|printf.*|chmod.*secrets.*)$", page, re.MULTILINE)
    (tmp_path / "docs" / "deploy").mkdir(parents=True)
    subprocess.run(["/bin/sh", "-e", "-c", "\n".join(commands)], cwd=tmp_path, check=True)
    folder = tmp_path / "docs" / "deploy" / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "address": 0o644,
        "password": 0o644,
    }
    server, bot = with_postgres["database"]["environment"], with_postgres["anbot"]["environment"]
    assert server["POSTGRES_PASSWORD_FILE"] == "/run/secrets/password"  # noqa: S105 - a path
    assert bot["ANBOT_DB_FILE"] == "/run/secrets/address"
    image = dict(re.findall(r"\b(ANBOT_\w+)=(\S+)", CONTAINERFILE))
    given = Environment({**image, **bot, "ANBOT_DB_FILE": str(folder / "address")})
    database = settings_from(given, Settings).database
    assert isinstance(database, DatabaseAddress)
    address = urlsplit(database.text)
    assert address.password == (folder / "password").read_text(encoding="utf-8") != ""
    assert address.hostname in with_postgres
    assert (address.username, address.path) == (server["POSTGRES_USER"], f"/{server['POSTGRES_DB']}")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "docs/deploy/secrets/" in ignored


@pytest.mark.parametrize(
    ("words", "at", "offered"),
    [
        ("anbot dig", 1, "digest"),
        ("anbot digest pa", 2, "pause"),
        ("anbot index --", 2, "--issue"),
        ("anbot mani", 1, "manifest"),
        ("anbot try --as ", 3, "discord"),
        ("anbot forget ser", 2, "server"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands_and_options(shell: str, words: str, at: int, offered: str) -> None:
    typed = {"COMP_WORDS": words, "COMP_CWORD": str(at)}
    if shell == "fish":
        typed["COMP_CWORD"] = words.rpartition(" ")[2]
    environment = {"_ANBOT_COMPLETE": f"{shell}_complete", **typed}
    result = CliRunner().invoke(anbot, [], obj=build_app({}), prog_name="anbot", env=environment)
    assert re.search(rf"(^|[,\s]){offered}\b", result.output, re.MULTILINE), result.output


def test_a_shell_completes_files_where_addresses_may_be_given() -> None:
    environment = {"_ANBOT_COMPLETE": "bash_complete", "COMP_WORDS": "anbot index is", "COMP_CWORD": "2"}
    result = CliRunner().invoke(anbot, [], obj=build_app({}), prog_name="anbot", env=environment)
    assert result.output == "file,is\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_documented_line_gives_a_shell_its_script(shell: str) -> None:
    page = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    assert f"_ANBOT_COMPLETE={shell}_source anbot" in page
    environment = {"_ANBOT_COMPLETE": f"{shell}_source"}
    result = CliRunner().invoke(anbot, [], obj=build_app({}), prog_name="anbot", env=environment)
    assert f"_ANBOT_COMPLETE={shell}_complete" in result.output


def test_the_list_of_changes_has_the_version_with_its_date() -> None:
    """As the workflow of a release wants it; its last entries wait above for the next one."""
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d", headings[1])


def test_the_workflow_tests_every_python_that_is_promised() -> None:
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    matrix = re.search(r"python: \[(.+)\]", workflow)
    assert matrix
    tested = re.findall(r"3\.\d+", matrix[1])
    metadata = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    promised = re.findall(r"Programming Language :: Python :: (3\.\d+)", metadata)
    assert set(promised) <= set(tested)
    assert tested[0] == "3.11"
