import pytest

from app.i18n import use
from app.ui.theme import theme
from app.ui.widgets.few_lines import FewLines


@pytest.fixture
def made(qtbot):
    use("en")
    theme().apply("light", zoom=1.0)

    def make(words, most=2):
        one = FewLines(words, 200, most)
        qtbot.addWidget(one)
        return one

    return make


def test_short_words_take_one_line_and_need_no_tip(made):
    one = made("国强建材")
    assert one.lines() == ["国强建材"]
    assert one.toolTip() == ""
    assert one.height() == made("Call back").height()


def test_words_that_need_two_lines_get_them(made):
    one = made("确认十二月排产和新模具的交期，再问清楚")
    assert len(one.lines()) == 2
    assert "".join(one.lines()) == one.text()
    assert one.toolTip() == ""


def test_what_does_not_fit_ends_in_dots_and_is_the_tip(made):
    one = made("很长的话" * 40)
    assert len(one.lines()) == 2
    assert one.lines()[-1].endswith("…")
    assert one.toolTip() == one.text()


def test_of_two_paragraphs_both_are_seen(made):
    one = made("国强建材有限公司很长的名字还有更长的名字\n" + "很长的话" * 40)
    first, second = one.lines()
    assert first.startswith("国强建材")
    assert second.startswith("很长的话")
    assert first.endswith("…")
    assert second.endswith("…")


def test_nothing_takes_no_room(made):
    assert made("").height() == 0
