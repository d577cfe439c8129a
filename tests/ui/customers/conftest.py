from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt

from app import i18n
from app.domain.customer import ContactDraft, PointDraft
from app.domain.vocabulary import Grade, Kind, PointKind, Stage
from app.ui.customers.screen import CustomersScreen
from app.ui.theme import theme
from tests import factories
from tests.databases import CLOCK
from tests.ui.screens import make_stage

TODAY = CLOCK.today()


@pytest.fixture
def stage(qtbot, db, tmp_path):
    i18n.use("en")
    theme().apply("light", zoom=1.0, motion=False)
    made = make_stage(qtbot, db, tmp_path, factories.director(db))
    yield made
    made.tasks.shut_down()


@pytest.fixture
def team(db, stage):
    """A second staff member."""
    return factories.staff(db, "周凯")


@pytest.fixture
def people(db, stage, team):
    """Six customers by name."""
    actor = stage.actor
    phone = (PointDraft(PointKind.PHONE, "138 1234 5678", 0),)
    made = {
        "张三": {"kind": Kind.PERSON, "stage": Stage.KEEPING, "grade": Grade.A},
        "李思远": {"kind": Kind.PERSON, "stage": Stage.LOST, "notes": "发票只收电子专票"},
        "华信科技有限公司": {
            "contacts": (ContactDraft("陈雅琳", "采购总监"),),
            "points": phone,
            "stage": Stage.GROWING,
            "tags": ("VIP",),
            "last_contact": TODAY - timedelta(days=3),
        },
        "国强建材": {"owner_id": team.id, "last_contact": TODAY - timedelta(days=45)},
        "Grace Miller": {"kind": Kind.PERSON, "code": "C-7", "last_contact": TODAY},
        "Anna Garcia": {"kind": Kind.PERSON, "grade": Grade.C},
    }
    return {name: factories.customer(db, actor, name, **fields) for name, fields in made.items()}


@pytest.fixture
def screen(stage, people):
    made = CustomersScreen(stage.context)
    stage.show(made)
    stage.until(lambda: len(made.card.model.ids) == 6 and made.card.listing.complete)
    return made


@pytest.fixture
def names(screen):
    """The names in the list, from the top; "" for what a server has not sent yet."""

    def read():
        model = screen.card.model
        rows = [model.row_at(place) for place in range(len(model.ids))]
        return [row.name if row else "" for row in rows]

    return read


@pytest.fixture
def pick(stage, screen, people, qtbot):
    """Choose the customers with these names with the mouse."""

    def click(*wanted):
        table = screen.table
        held = Qt.KeyboardModifier.NoModifier
        for name in wanted:
            row = screen.card.model.row_of(people[name])
            at = table.visualRect(screen.card.model.index(row, 0)).center() + QPoint(0, 2)
            qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, at)
            held = Qt.KeyboardModifier.ControlModifier

    return click
