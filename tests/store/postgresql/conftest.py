"""An empty database on a server."""

import pytest

from bot.ports import DatabaseAddress
from tests.support.postgresql import Server


@pytest.fixture
def database(server: Server) -> DatabaseAddress:
    return server.database()
