"""The head of a page."""

from app.ui.shell.page_header import PageHeader
from app.ui.widgets.button import Button


def test_a_path_is_as_high_with_actions_beside_it_as_without(qtbot):
    header = PageHeader()
    qtbot.addWidget(header)
    header.set_path("Customers", "Acme", lambda: None)
    actions = (Button("", "quiet", glyph="arrow-up", name="Previous"),)
    header.set_actions("customer", actions)
    header.show()
    with_actions = header.sizeHint().height()
    actions[0].hide()
    assert header.sizeHint().height() == with_actions
