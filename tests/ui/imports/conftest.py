import csv

import pytest

from app import i18n
from app.ui.imports.screen import ImportScreen
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
def screen(stage):
    made = ImportScreen(stage.context)
    stage.show(made)
    return made


@pytest.fixture
def write(tmp_path):
    def write(*rows, name="list.csv", encoding="utf-8"):
        path = tmp_path / name
        with path.open("w", newline="", encoding=encoding) as stream:
            csv.writer(stream).writerows(rows)
        return path

    return write


@pytest.fixture
def verdicts(screen):
    """The lines of the list: row, verdict, customer, what happens."""

    def read():
        model = screen.dry_page.model
        return [
            tuple(column.words(model.row_at(place)) for column in model.columns)
            for place in range(len(model.ids))
        ]

    return read
