import threading
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.i18n import Message
from app.ui.table_model import AHEAD, PAGE, PAGES, Cell, Column, ListModel, RowSource
from app.ui.tasks import Tasks


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    amount: int


COLUMNS = (
    Column[Person](
        "name", Message("Name"), lambda row: row.name, cell=lambda row: Cell(row.name, "second")
    ),
    Column[Person]("amount", Message("Amount"), lambda row: row.amount, paint="number"),
)


class Source:
    def __init__(self) -> None:
        self.asked: list[int] = []
        self.gone: set[int] = set()

    def fetch(self, ids):
        self.asked.append(len(ids))
        return [None if i in self.gone else Person(int(i), f"n{i}", int(i) * 2) for i in ids]


@pytest.fixture
def source():
    return Source()


@pytest.fixture
def model(qapp, source):
    return ListModel(COLUMNS, RowSource(source.fetch))


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.shut_down()


def text(model, row, column):
    return model.data(model.index(row, column))


def test_the_model_keeps_the_contract_of_qt(model):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(np.arange(1000, dtype=np.int64))
    model.update_rows([3])
    model.set_ids(np.arange(0, dtype=np.int64))
    model.set_ids(np.arange(10, dtype=np.int64))
    assert tester.model() is model


def test_cells_headings_and_alignment_come_from_the_columns(model):
    model.set_ids(np.array([7, 5]))
    assert text(model, 0, 0) == "n7, second"
    assert text(model, 1, 1) == "10"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Amount"
    right = model.data(model.index(0, 1), int(Qt.ItemDataRole.TextAlignmentRole))
    assert right & Qt.AlignmentFlag.AlignRight.value


def test_a_million_rows_are_fetched_a_page_at_a_time(model, source):
    model.set_ids(np.arange(1_000_000, dtype=np.int64))
    assert model.rowCount() == 1_000_000
    assert source.asked == []
    assert text(model, 999_999, 0) == "n999999, second"
    assert text(model, 999_998, 0) == "n999998, second"
    assert source.asked == [(1_000_000 - 1) % PAGE + 1]


def test_rows_that_come_with_the_ids_are_not_fetched_again(model, source):
    model.set_ids(np.array([7, 5]), source.fetch(np.array([7, 5])))
    source.asked.clear()
    assert text(model, 1, 0) == "n5, second"
    assert source.asked == []
    model.update_all()
    assert text(model, 1, 0) == "n5, second"
    assert source.asked == [2]


def test_fewer_rows_than_a_page_are_fetched_with_the_page(model, source):
    ids = np.arange(PAGE * 2, dtype=np.int64)
    model.set_ids(ids, source.fetch(ids[:3]))
    source.asked.clear()
    assert text(model, 0, 0) == "n0, second"
    assert source.asked == [PAGE]


def test_the_page_used_longest_ago_is_let_go(model, source):
    model.set_ids(np.arange(PAGE * (PAGES + 1), dtype=np.int64))
    for page in range(PAGES):
        model.row_at(page * PAGE)
    model.row_at(0)
    model.row_at(PAGES * PAGE)
    assert model.cached_pages() == PAGES
    before = len(source.asked)
    model.row_at(0)
    assert len(source.asked) == before
    model.row_at(PAGE)
    assert len(source.asked) == before + 1


def test_updated_rows_are_fetched_anew_and_others_are_not(model, source, qtbot):
    model.set_ids(np.arange(PAGE * 3, dtype=np.int64))
    for row in (0, PAGE, PAGE * 2):
        model.row_at(row)
    with qtbot.waitSignal(model.dataChanged) as blocker:
        model.update_rows([PAGE + 1])
    assert (blocker.args[0].row(), blocker.args[1].row()) == (PAGE, PAGE * 2 - 1)
    model.row_at(0)
    assert len(source.asked) == 3
    model.row_at(PAGE)
    assert len(source.asked) == 4


def test_a_row_that_is_gone_is_empty(model, source):
    source.gone.add(4)
    model.set_ids(np.array([4, 5]))
    assert text(model, 0, 0) is None
    assert text(model, 1, 0) == "n5, second"


def test_places_and_ids_are_found_both_ways(model):
    model.set_ids(np.array([30, 10, 20]))
    assert model.row_id(1) == 10
    assert model.row_of(20) == 2
    assert model.row_of(99) is None
    assert model.column_index("amount") == 1
    assert model.column_index("nothing") is None


def test_rows_of_a_slow_source_appear_when_they_arrive(tasks, source, qtbot):
    model = ListModel(COLUMNS, RowSource(source.fetch, instant=False), tasks)
    model.set_ids(np.arange(1000, dtype=np.int64))
    assert text(model, 0, 0) is None
    with qtbot.waitSignal(model.dataChanged):
        pass
    assert text(model, 0, 0) == "n0, second"


def test_rows_for_an_older_list_are_dropped(tasks, qtbot):
    release = threading.Event()

    def fetch(ids):
        release.wait(5)
        return [Person(int(i), f"n{i}", 0) for i in ids]

    model = ListModel(COLUMNS, RowSource(fetch, instant=False), tasks)
    model.set_ids(np.array([1, 2]))
    model.row_at(0)
    model.set_ids(np.array([8, 9]))
    release.set()
    qtbot.waitUntil(tasks.idle)
    assert model.cached_pages() == 0
    with qtbot.waitSignal(model.dataChanged):
        model.row_at(0)
    assert text(model, 0, 0) == "n8, second"


def test_a_slow_source_that_was_scrolled_past_is_asked_for_the_last_pages_only(tasks, qtbot):
    release, asked = threading.Event(), []

    def fetch(ids):
        release.wait(5)
        asked.append(int(ids[0]) // PAGE)
        return [None] * len(ids)

    model = ListModel(COLUMNS, RowSource(fetch, instant=False), tasks)
    model.set_ids(np.arange(PAGE * 100, dtype=np.int64))
    for page in range(100):
        model.row_at(page * PAGE)
    release.set()
    qtbot.waitUntil(lambda: tasks.idle() and len(asked) == AHEAD + 1)
    assert asked == [0, *range(99, 99 - AHEAD, -1)]


def test_a_slow_source_that_fails_is_announced_once(tasks, qtbot):
    errors = []
    tasks.failed.connect(errors.append)
    model = ListModel(COLUMNS, RowSource(lambda ids: 1 // 0, instant=False), tasks)
    model.set_ids(np.arange(3, dtype=np.int64))
    model.row_at(0)
    qtbot.waitUntil(lambda: bool(errors))
    model.row_at(0)
    assert tasks.idle()
    model.update_all()
    model.row_at(0)
    qtbot.waitUntil(lambda: len(errors) == 2)


def test_a_slow_source_without_tasks_is_refused(qapp, source):
    with pytest.raises(ValueError, match="slow source"):
        ListModel(COLUMNS, RowSource(source.fetch, instant=False))
