"""Spreadsheets saved as web pages."""

from bot.readers.sheet.cells import Cell
from bot.readers.sheet.tables import read_tables
from tests.support.sheets import as_page, first_table, texts, zipped


class TestPages:
    def test_a_row_keeps_the_number_shown_beside_it(self) -> None:
        page = as_page([["Title"], ["a"], ["b"]]).replace(b">3</div>", b">7</div>")
        assert [row.number for row in first_table(page).rows] == [1, 2, 7]

    def test_a_plain_table_is_numbered_from_one_and_may_leave_tags_open(self) -> None:
        page = b"<table><tr><th>Title<th>Email<tr><td colspan=2>a<td>b<td>c<br>d</table>"
        table = first_table(page)
        assert texts(table) == [["Title", "Email"], ["a", "", "b", "c\nd"]]
        assert [row.number for row in table.rows] == [1, 2]

    def test_a_cell_over_several_rows_is_in_each_of_them_and_shifts_none(self) -> None:
        page = b"<table><tr><td>Email<td>Title<td>Year<tr><td rowspan=2>AN #7<td>x<td>2019<tr><td>y<td>2020<tr><td>AN #8<td>z</table>"
        assert texts(first_table(page)) == [
            ["Email", "Title", "Year"],
            ["AN #7", "x", "2019"],
            ["AN #7", "y", "2020"],
            ["AN #8", "z"],
        ]

    def test_the_first_link_of_a_cell_is_its_link_and_only_one_of_the_web(self) -> None:
        page = b"<table><tr><td><a href='javascript:x'>a</a> <a href='https://b.example'>b</a>"
        page += b"<a href='https://c.example'>c</a><td>d</table>"
        assert first_table(page).rows[0].cells == (Cell("a bc", "https://b.example"), Cell("d"))

    def test_every_page_of_an_archive_is_a_table(self) -> None:
        data = zipped({"One.html": as_page([["a"]]), "Two.html": as_page([["b"]])})
        assert [texts(table) for table in read_tables(data, "x")] == [[["a"]], [["b"]]]
