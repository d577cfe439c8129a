"""The head of a page."""

from app.ui.shell.page_header import PageHeader
from app.ui.widgets.button import Button


def test_a_path_is_as_high_with_actions_beside_it_as_without(qtbot):
    with_actions, without = PageHeader(), PageHeader()
    for header in (with_actions, without):
        qtbot.addWidget(header)
        header.set_path("Customers", "Acme", lambda: None)
    step = Button("", "quiet", glyph="arrow-up", name="Previous")
    with_actions.set_actions("customer", (step,))
    assert without.sizeHint().height() == with_actions.sizeHint().height()
