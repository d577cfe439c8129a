import gc
import weakref

from PySide6.QtCore import QObject

from app.ui.garbage import Garbage


class Ring(QObject):
    """An object that only the cyclic collector can free."""

    def __init__(self):
        super().__init__()
        self.me = self


def test_garbage_is_collected_by_the_window_and_never_by_itself(qapp):
    keeper = Garbage()
    try:
        ring = weakref.ref(Ring())
        waste = [[] for _ in range(5 * gc.get_threshold()[0])]
        for one in waste:
            one.append(one)
        del waste, one
        assert not gc.isenabled()
        assert ring() is not None
        keeper.look()
        assert ring() is None
    finally:
        keeper.give_back()
    assert gc.isenabled()
    gc.disable()


def test_little_garbage_is_left_lying(qapp):
    keeper = Garbage()
    try:
        gc.collect()
        ring = weakref.ref(Ring())
        keeper.look()
        assert ring() is not None
    finally:
        keeper.give_back()
    gc.collect()
    gc.disable()
