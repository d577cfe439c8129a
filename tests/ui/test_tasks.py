import gc
import threading
import weakref

import pytest
from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from app.errors import Cancelled
from app.i18n import Message
from app.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.shut_down()


def test_the_outcome_arrives_on_the_gui_thread(tasks, qtbot):
    seen = []
    tasks.run(tasks, threading.get_ident, lambda who: seen.extend([who, threading.get_ident()]))
    qtbot.waitUntil(lambda: bool(seen))
    worker, gui = seen
    assert gui == threading.get_ident() != worker


def test_the_outcome_never_arrives_inside_run(tasks, qtbot):
    seen = []
    tasks.run(tasks, lambda: 1, seen.append)
    assert seen == []
    qtbot.waitUntil(lambda: seen == [1])


def test_writes_happen_one_after_the_other_in_order(tasks, qtbot):
    seen = []
    threads = set()

    def write(number):
        threads.add(threading.get_ident())
        return number

    for number in range(20):
        tasks.run(tasks, lambda number=number: write(number), seen.append, lane="write")
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))
    assert len(threads) == 1


def test_reads_go_on_while_a_write_is_waiting(tasks, qtbot):
    release, seen = threading.Event(), []
    tasks.run(tasks, release.wait, lambda _: seen.append("written"), lane="write")
    tasks.run(tasks, lambda: "read", seen.append)
    qtbot.waitUntil(lambda: seen == ["read"])
    release.set()
    qtbot.waitUntil(lambda: seen == ["read", "written"])


def test_a_failure_goes_to_the_one_who_asked(tasks, qtbot):
    errors, others = [], []
    tasks.failed.connect(others.append)
    tasks.run(tasks, lambda: 1 // 0, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)
    assert others == []


def test_a_failure_nobody_asked_for_is_announced(tasks, qtbot):
    with qtbot.waitSignal(tasks.failed) as blocker:
        tasks.run(tasks, lambda: 1 // 0, lambda _: None)
    assert isinstance(blocker.args[0], ZeroDivisionError)


def test_an_outcome_for_a_closed_widget_is_dropped(tasks, qtbot):
    label, release, seen = QLabel(), threading.Event(), []
    tasks.run(label, release.wait, seen.append)
    delete(label)
    release.set()
    qtbot.waitUntil(tasks.idle)
    assert seen == []


def test_what_the_work_held_is_let_go_after_the_outcome(tasks, qtbot):
    label = QLabel()
    gone = weakref.ref(label)
    tasks.run(label, lambda held=label: None, lambda _, held=label: None)
    del label
    qtbot.waitUntil(tasks.idle)
    gc.collect()
    assert gone() is None


def test_long_work_says_how_far_it_is_and_ends_when_it_is_stopped(tasks, qtbot):
    errors, heard, going = [], threading.Event(), threading.Event()

    def count(progress):
        for step in range(1_000_000):
            progress(step, 1_000_000)
            going.set()
            heard.wait()

    with qtbot.waitSignal(tasks.busy_changed):
        task = tasks.run_long(tasks, count, print, errors.append, title=Message("Counting"))
    assert [str(one.title) for one in tasks.running()] == ["Counting"]
    assert going.wait(5)
    assert task.progress.total == 1_000_000
    task.cancel()
    heard.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)
    assert tasks.running() == ()


def test_what_was_stopped_before_it_began_is_never_done(tasks, qtbot):
    release, done, errors = threading.Event(), [], []
    tasks.run(tasks, release.wait, lambda _: None, lane="write")
    second = tasks.run(tasks, lambda: done.append(1), print, errors.append, lane="write")
    second.cancel()
    release.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert done == []


def test_nothing_arrives_after_shutting_down(qapp, qtbot):
    tasks, seen = Tasks(), []
    tasks.run(tasks, lambda: 1, seen.append)
    tasks.shut_down()
    assert tasks.idle()
    qapp.processEvents()
    assert seen == []
