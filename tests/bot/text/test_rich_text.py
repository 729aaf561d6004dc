"""What headings are made of; texts are tested as cards show them."""

import pytest

from bot.text.rich_text import heading


@pytest.mark.parametrize("mark", ["", "### "])
def test_a_heading_is_one_line_so_that_its_mark_or_its_bold_covers_it(mark: str) -> None:
    block = heading(" Bo \n\n Chen’s opinion", mark=mark)
    assert [span.text for span in block.spans] == ["Bo Chen’s opinion"]
    assert block.spans[0].bold is not bool(mark)
