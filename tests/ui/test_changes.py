from app.ui.changes import Changes


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
