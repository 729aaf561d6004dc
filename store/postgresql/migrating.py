"""Brings a database on a server up to date, and says what others have to hear of."""

from collections.abc import Sequence
from typing import Final

from bot.errors import StoreError
from store.database import Connection
from store.migrations import Migration
from store.postgresql.connections import ServerConnections
from store.postgresql.dialect import definition
from store.queries import select_as

LIBRARY: Final = "anbot_library"
PREFERENCES: Final = "anbot_preferences"
"""Channels of NOTIFY: the library has changed, or a server has other preferences."""

_TABLE: Final = "CREATE TABLE anbot_schema (version BIGINT NOT NULL)"
_VERSION: Final = "SELECT coalesce(max(version), 0) FROM anbot_schema"
_WHOSE: Final = """
    SELECT to_regclass('anbot_schema') IS NOT NULL, EXISTS (
        SELECT FROM pg_class
        WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p')
    )
"""
"""Whether it is ours, and whether it has tables: of one moment, because another process may be making ours."""
_TELLING: Final = (
    f"""
    CREATE FUNCTION anbot_tell_library() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('{LIBRARY}', ''); RETURN NULL; END $$
    """,
    f"""
    CREATE FUNCTION anbot_tell_preferences() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed preference := coalesce(NEW, OLD);
    BEGIN PERFORM pg_notify('{PREFERENCES}', changed.platform || ' ' || changed.server); RETURN NULL; END $$
    """,
    """
    CREATE TRIGGER tell AFTER UPDATE OF generation, changes ON search_index
    FOR EACH ROW EXECUTE FUNCTION anbot_tell_library()
    """,
    """
    CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON preference
    FOR EACH ROW EXECUTE FUNCTION anbot_tell_preferences()
    """,
)


async def schema_version(connection: Connection, database: str) -> int:
    """The version of the database, 0 for an empty one.

    Raises StoreError for a database of another program.
    """
    ((ours, used),) = await select_as(connection, tuple[bool, bool], _WHOSE)
    if ours:
        ((version,),) = await select_as(connection, tuple[int], _VERSION)
        return version
    if used:
        raise StoreError(
            f"{database} has tables of another program. Name a database of the bot's own; this one was left as it is."
        )
    return 0


async def migrate(database: ServerConnections, migrations: Sequence[Migration]) -> None:
    """Take the steps that this database has not taken, each in a transaction of its own."""
    for migration in migrations:
        async with database.transaction("migrations") as connection:
            connection.within = None
            # Read inside the transaction, because another process may have migrated meanwhile.
            version = await schema_version(connection, database.name)
            if version < migration.version:
                begin = () if version else (_TABLE,)
                tell = () if version else _TELLING
                for statement in (*begin, *map(definition, migration.statements), *tell):
                    await connection.execute_fetchall(statement)
                await connection.execute_fetchall("INSERT INTO anbot_schema VALUES (?)", (migration.version,))
