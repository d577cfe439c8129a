import numpy as np
import pytest

from app import i18n
from app.domain.lists import ListQuery
from app.exchange.reading import open_table
from app.ui.export_dialog import ExportDialog, ExportedList
from app.ui.screen import Screen
from app.ui.theme import theme
from tests import factories
from tests.ui.screens import make_stage


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def open_dialog(stage):
    ids = [factories.customer(stage.services.database, stage.actor, name) for name in "甲乙丙"]

    def open_dialog(chosen):
        screen = Screen()
        stage.show(screen)
        picked = np.array([ids[place] for place in chosen], dtype=np.int64)
        shown = ExportedList(ListQuery(), ("name", "stage"), 3, picked)
        made = ExportDialog(screen, stage.context, shown)
        made.open()
        return made

    return open_dialog


def test_the_whole_list_is_written_with_its_columns(stage, open_dialog, tmp_path):
    dialog = open_dialog([])
    assert dialog.rows.value() == "all"
    dialog.export_to(tmp_path / "out.xlsx")
    dialog.reject()
    stage.until(stage.said)
    table = open_table(tmp_path / "out.xlsx")
    assert table.columns == ("Shuke id", "Name", "Stage")
    assert len(list(table.rows)) == 3
    stage.until(lambda: stage.said() == [f"3 customers written to {tmp_path / 'out.xlsx'}."])


def test_only_the_chosen_ones_with_every_column_as_text(stage, open_dialog, tmp_path):
    dialog = open_dialog([2, 0])
    assert dialog.rows.value() == "chosen"
    dialog.columns.choose("every")
    dialog.format.choose(".csv")
    dialog.export_to(tmp_path / "out")
    dialog.reject()
    stage.until(stage.said)
    table = open_table(tmp_path / "out.csv")
    assert len(table.columns) > 20
    assert [row.cells[1] for row in table.rows] == ["丙", "甲"]


def test_a_folder_that_is_not_there_is_said_in_a_sentence(stage, open_dialog, tmp_path):
    dialog = open_dialog([])
    dialog.export_to(tmp_path / "gone" / "out.xlsx")
    dialog.reject()
    stage.until(lambda: stage.failures)
    assert "gone" in str(stage.failures[0])
