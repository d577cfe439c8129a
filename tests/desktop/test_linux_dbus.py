"""Against a real server of notifications."""

import html

import pytest

from app.desktop.linux_dbus import LinuxDBus
from app.desktop.notifier import Answer, Bubble

BUTTONS = ((Answer.OPEN, "Open"), (Answer.DONE, "Done"), (Answer.SNOOZE, "Snooze 10 min"))
CALL = Bubble("给王伟打电话", "华信科技 · 今天 15:00", BUTTONS)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def notifier(dunst, bus_address, heard):
    made = LinuxDBus(lambda key, answer: heard.append((key, answer)), bus_address)
    yield made
    made.close()


def test_a_notification_is_shown(notifier, dunst):
    assert notifier.ready()
    assert notifier.show("7", CALL)
    assert dunst.shown() == 1
    dunst.control("close-all")
    (one,) = dunst.history()
    assert one["summary"] == "给王伟打电话"
    assert "urgent" not in one["message"]
    assert "华信科技 · 今天 15:00" in one["body"]


@pytest.mark.parametrize(
    ("line", "answer"),
    [("open]", Answer.OPEN), ("#Done", Answer.DONE), ("#Snooze 10 min", Answer.SNOOZE)],
)
def test_every_button_tells_which_notification_it_was_pressed_on(
    notifier, dunst, heard, until, line, answer
):
    notifier.show("7", CALL)
    dunst.press(line)
    until(lambda: bool(heard))
    assert heard == [("7", answer)]


def test_a_click_on_the_notification_itself_opens(notifier, dunst, heard, until):
    notifier.show("7", CALL)
    dunst.click()
    until(lambda: bool(heard))
    assert heard == [("7", Answer.OPEN)]


def test_one_that_is_closed_is_told_as_dismissed(notifier, dunst, heard, until):
    notifier.show("7", CALL)
    dunst.dismiss()
    until(lambda: bool(heard))
    assert heard == [("7", Answer.DISMISSED)]


def test_the_same_key_takes_the_place_of_what_it_showed(notifier, dunst):
    notifier.show("7", CALL)
    notifier.show("7", Bubble("later", "", BUTTONS))
    notifier.show("8", CALL)
    assert dunst.shown() == 2


def test_what_is_taken_back_is_gone_and_tells_nothing(notifier, dunst, heard, until):
    notifier.show("7", CALL)
    notifier.take_back("7")
    until(lambda: dunst.shown() == 0)
    notifier.take_back("7")
    notifier.show("8", CALL)
    dunst.click()
    until(lambda: bool(heard))
    assert heard == [("8", Answer.OPEN)]


@pytest.mark.parametrize("markup", ["full", "no"])
@pytest.mark.parametrize("body", ["<b>A&B</b> <i>", "1 < 2 && 3 > 2", "&amp; <a href='x'>y</a>"])
def test_what_looks_like_markup_is_shown_as_it_was_typed(notifier, dunst, body, markup):
    dunst.stop()
    dunst.start(markup)
    assert notifier.show("7", Bubble(body, body, BUTTONS))
    dunst.control("close-all")
    (one,) = dunst.history()
    # "message" is what is drawn, with marks for what is to be bold; "body" is what was sent
    assert html.unescape(one["message"]).count(body) == 2
    assert (html.escape(body, quote=False) == one["body"]) == (markup == "full")


@pytest.mark.parametrize("text", ["\x00a\x1b[31m", "half \ud83d of a character", "😀" * 500, ""])
def test_no_text_keeps_a_notification_from_being_shown(notifier, dunst, text):
    assert notifier.show("7", Bubble(text or "x", text, ((Answer.DONE, text or "x"),)))
    assert dunst.shown() == 1


def test_what_is_urgent_says_so(notifier, dunst):
    notifier.show("7", Bubble("late", "", BUTTONS, urgent=True))
    dunst.control("close-all")
    assert dunst.history()[0]["message"] == "urgent: late"


def test_after_the_server_started_anew_notifications_are_shown_and_answered(
    notifier, dunst, heard, until
):
    notifier.show("7", CALL)
    dunst.stop()
    until(lambda: notifier._ids == {})
    assert not notifier.ready()
    assert not notifier.show("8", CALL)
    dunst.start()
    assert notifier.ready()
    assert notifier.show("9", CALL)
    assert dunst.shown() == 1
    dunst.click()
    until(lambda: bool(heard))
    assert heard == [("9", Answer.OPEN)]


def test_closing_leaves_what_is_shown_and_ends_the_threads(dunst, bus_address, heard):
    made = LinuxDBus(lambda key, answer: heard.append((key, answer)), bus_address)
    made.show("7", CALL)
    threads = made._bus._threads
    made.close()
    assert not any(one.is_alive() for one in threads)
    assert dunst.shown() == 1


def test_who_hears_an_answer_may_show_another(dunst, bus_address, heard, until):
    def again(key, answer):
        heard.append((key, answer))
        made.show("next", CALL)

    made = LinuxDBus(again, bus_address)
    made.show("7", CALL)
    dunst.click()
    until(lambda: dunst.shown() == 1)
    assert heard == [("7", Answer.OPEN)]
    made.close()


@pytest.mark.parametrize(
    "address", ["", "unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "nonsense", ";;"]
)
def test_without_a_bus_nothing_is_shown_and_nothing_breaks(address):
    made = LinuxDBus(lambda key, answer: None, address)
    assert not made.ready()
    assert not made.show("7", CALL)
    made.take_back("7")
    made.close()
