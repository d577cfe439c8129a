import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QGuiApplication

from app.errors import Damaged, UserError
from app.i18n import Message
from app.ui.errors import (
    LOG_FILE,
    CrashDialog,
    ErrorDesk,
    SentenceDialog,
    install,
    report_of,
    scrub,
)
from app.ui.tasks import Tasks
from app.ui.theme import theme
from app.ui.widgets.layout import STRETCH, col
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.surface import Surface


@pytest.fixture
def window(qtbot):
    theme().apply("light", zoom=1.0, motion=False)
    made = Surface("page")
    made.strip = MessageStrip()
    made.setLayout(col(made.strip, STRETCH))
    qtbot.addWidget(made)
    made.show()
    yield made
    theme().apply("light", motion=True)


@pytest.fixture
def desk(qapp, tmp_path, window):
    made = ErrorDesk(tmp_path)
    made.attach(window, window.strip)
    return made


def broken(name):
    raise ValueError(f"no column '{name}' for 13812345678 of a@b.cn 王伟")


def failure():
    try:
        broken("secret")
    except ValueError as error:
        return error


def crash_of(window):
    return next((one for one in window.children() if isinstance(one, CrashDialog)), None)


def test_what_the_user_can_act_on_is_a_sentence_in_the_strip(desk, window, qtbot):
    desk.report(UserError(Message("The disk is full. Nothing was changed.")))
    qtbot.waitUntil(lambda: window.strip.text() == "The disk is full. Nothing was changed.")
    assert crash_of(window) is None


def test_damage_leads_to_the_backups(desk, window, qtbot):
    went = []
    desk.attach(window, window.strip, lambda: went.append("settings"))
    desk.report(Damaged(Message("The file is damaged.")))
    qtbot.waitUntil(lambda: window.strip.text() == "The file is damaged.")
    window.strip._button.click()
    assert went == ["settings"]


def test_without_a_strip_the_sentence_is_a_dialog_that_does_not_block(desk, window, qtbot):
    unseen = MessageStrip()
    qtbot.addWidget(unseen)
    desk.attach(window, unseen)
    desk.report(UserError(Message("No.")))
    qtbot.waitUntil(lambda: any(isinstance(one, SentenceDialog) for one in window.children()))


def test_a_bug_is_a_report_that_can_be_copied(desk, window, qtbot):
    desk.report(failure())
    qtbot.waitUntil(lambda: crash_of(window) is not None)
    crash = crash_of(window)
    crash.copy()
    copied = QGuiApplication.clipboard().text()
    assert "test_errors.py" in copied
    assert "in broken" in copied
    assert "ValueError" in copied


def test_a_second_bug_joins_the_open_report(desk, window, qtbot):
    desk.report(failure())
    desk.report(KeyError("x"))
    qtbot.waitUntil(lambda: crash_of(window) is not None)
    qtbot.waitUntil(lambda: "KeyError" in crash_of(window).report.text())
    with qtbot.waitSignal(crash_of(window).destroyed):
        crash_of(window).reject()
    desk.report(failure())
    qtbot.waitUntil(lambda: crash_of(window) is not None)


def test_the_report_holds_nothing_personal():
    report = report_of(failure())
    for personal in ("secret", "13812345678", "a@b.cn", "王伟"):
        assert personal not in report


def test_messages_lose_values_sql_and_parameters():
    said = scrub(
        "(Error) near \"x\": [SQL: INSERT INTO customer VALUES (?)]\n[parameters: ('王伟',)]"
    )
    assert said == "(Error) near '…': [SQL left out]"


def test_the_cause_is_in_the_report():
    try:
        try:
            broken("x")
        except ValueError as error:
            raise RuntimeError("outer") from error
    except RuntimeError as error:
        report = report_of(error)
    assert "RuntimeError: outer" in report
    assert "ValueError" in report


def test_failed_tasks_reach_the_desk(desk, window, qtbot):
    tasks = Tasks()
    tasks.failed.connect(desk.report)
    tasks.run(window, lambda: 1 // 0, print)
    qtbot.waitUntil(lambda: crash_of(window) is not None)
    tasks.shut_down()


@pytest.fixture
def hooks(qapp, tmp_path, window):
    desk, hooks = install(qapp, tmp_path / "logs")
    desk.attach(window, window.strip)
    yield desk
    hooks.take_back()
    desk.detach()


def test_the_hooks_are_taken_back(qapp, tmp_path):
    before = (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers))
    _, hooks = install(qapp, tmp_path)
    assert sys.excepthook is not before[0]
    hooks.take_back()
    assert (sys.excepthook, threading.excepthook, logging.getLogger().handlers) == before


def test_what_escapes_is_shown_and_logged_from_any_thread(hooks, window, qtbot, tmp_path):
    sys.excepthook(ValueError, failure(), None)
    qtbot.waitUntil(lambda: crash_of(window) is not None)
    thread = threading.Thread(target=broken, args=["y"])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: crash_of(window).report.text().count("ValueError") == 2)
    log = (tmp_path / "logs" / LOG_FILE).read_text(encoding="utf-8")
    assert log.count("ValueError") == 2
    assert "王伟" not in log


def test_what_qt_says_is_logged_without_values(hooks, tmp_path, qtbot):
    qWarning("odd thing 'customer name'")
    log = (tmp_path / "logs" / LOG_FILE).read_text(encoding="utf-8")
    assert "odd thing '…'" in log
