"""`anbot move` says what it did, or why not."""

from pathlib import Path

from tests.support.one_issue import Run


def test_a_database_is_moved_and_the_copy_answers(
    run: Run, database: Path, issue: Path, tmp_path: Path
) -> None:
    run("index", issue)
    result = run("move", database, tmp_path / "new.sqlite")
    assert result.exit_code == 0
    assert f" rows of {database} are in {tmp_path / 'new.sqlite'}, each compared." in result.output
    assert run("export", "--db", tmp_path / "new.sqlite").output == run("export").output


def test_nothing_can_be_moved_from_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("move", tmp_path / "nowhere.sqlite", tmp_path / "new.sqlite")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert result.output == f"Error: There is no database {tmp_path / 'nowhere.sqlite'}.\n"
