"""The list that opens under a field."""

import pytest

from app.ui.theme import CONTROL, theme, tokens
from app.ui.widgets.suggest import KnownEdit


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_list_is_as_high_as_its_entries(qtbot, count):
    theme().apply("light", zoom=1.0, motion=False)
    edit = KnownEdit("Tag")
    qtbot.addWidget(edit)
    edit.show()
    edit.suggestions.offer([(f"monthly {one}", one) for one in range(count)])
    qtbot.waitExposed(edit.suggestions)
    rows = count * tokens().px(CONTROL)
    assert rows <= edit.suggestions.height() < rows + tokens().px(CONTROL)
    assert edit.suggestions.list.viewport().height() >= rows
    edit.suggestions.hide()
