from PySide6.QtWidgets import QWidget

from app.ui.changes import Changes, WhileShown


def test_announcements_of_one_turn_arrive_together(qtbot):
    changes, seen = Changes(), []
    changes.changed.connect(seen.append)
    changes.announce(["customer"])
    changes.announce(["customer", "complaint"])
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [frozenset({"customer", "complaint"})]


def test_a_later_turn_announces_again(qtbot):
    changes, seen = Changes(), []
    changes.changed.connect(seen.append)
    for _ in range(2):
        changes.announce(["customer"])
        with qtbot.waitSignal(changes.changed):
            pass
    assert seen == [frozenset({"customer"})] * 2


def test_nothing_changed_is_not_announced(qapp, qtbot):
    changes = Changes()
    with qtbot.assertNotEmitted(changes.changed, wait=10):
        changes.announce([])


def test_what_is_hidden_hears_of_changes_when_it_is_shown_again(qtbot):
    changes, heard = Changes(), []
    widget = QWidget()
    qtbot.addWidget(widget)
    WhileShown(widget, changes, heard.append)
    widget.show()
    changes.announce({"customer"})
    qtbot.waitUntil(lambda: heard == [frozenset({"customer"})])
    widget.hide()
    for area in ("note", "fact"):
        with qtbot.waitSignal(changes.changed):
            changes.announce({area})
    assert len(heard) == 1
    widget.show()
    assert heard[1:] == [frozenset({"note", "fact"})]
    widget.hide()
    widget.show()
    assert len(heard) == 2
