import pytest

from app.ui.duplicates_dialog import DuplicatesDialog
from app.ui.widgets.button import Button
from tests import factories


def _seen(dialog, name):
    return [one for one in dialog.findChildren(Button, name) if not one.isHidden()]


@pytest.fixture
def other(stage, screen, people):
    return factories.customer(stage.services.database, stage.actor, "华信科技（上海）")


@pytest.fixture
def dialog(stage, screen):
    made = DuplicatesDialog(screen, stage.context)
    made.open()
    stage.until(lambda: stage.tasks.idle() and made._progress is None)
    yield made
    made.reject()
    stage.settle()


def test_pairs_are_listed_and_merged_from_the_list(stage, other, dialog, people):
    (pair,) = dialog.pairs
    assert {pair.first.customer_id, pair.second.customer_id} == {
        people["华信科技有限公司"], other,
    }  # fmt: skip
    assert len(_seen(dialog, "open_pair")) == 2
    (button,) = _seen(dialog, "merge_pair")
    button.click()
    merging = stage.dialog("merge")
    merging.submit()
    stage.until(lambda: dialog.pairs == () and stage.tasks.idle())
    stage.undo_last()
    stage.until(lambda: len(dialog.pairs) == 1 and stage.tasks.idle())


def test_the_list_follows_what_is_changed(stage, other, dialog):
    assert len(dialog.pairs) == 1
    stage.services.editing.delete(stage.actor, other)
    stage.until(lambda: dialog.pairs == ())
    stage.until(lambda: stage.tasks.idle())


def test_without_duplicates_it_says_so(stage, dialog):
    assert dialog.pairs == ()
    assert not _seen(dialog, "merge_pair")


def test_the_command_opens_it(stage, screen):
    screen.doing.find_duplicates()
    made = stage.dialog("duplicates")
    stage.until(lambda: stage.tasks.idle() and made._progress is None)
    made.reject()
    stage.settle()
