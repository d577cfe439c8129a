import time
from datetime import UTC, datetime

import pytest

from app import i18n
from app.domain.vocabulary import Role, Stage
from app.i18n import Message
from app.models import Customer
from app.reports.runner import ReportRunner
from tests import databases, factories


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(autouse=True)
def shanghai(monkeypatch):
    """Eight hours ahead of UTC, wherever the tests run."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def runner(db):
    return ReportRunner(db)


@pytest.fixture
def manager(db):
    return factories.staff(db, "李娜", Role.MANAGER)


@pytest.fixture
def seller(db):
    return factories.staff(db, "周凯", Role.SALESPERSON)


@pytest.fixture
def add(db):
    """Adds a customer as of a moment given as ISO text in UTC."""

    def make(moment: str, owner=None, stage=Stage.KEEPING, source="", name="客户"):
        with db.write(databases.director(), Message("Add a customer")) as session:
            made = Customer(
                name=name,
                owner_id=owner.id if owner else None,
                stage=stage.value,
                source=source,
                created_at=datetime.fromisoformat(moment).replace(tzinfo=UTC),
            )
            session.add(made)
            session.flush()
            return made.id

    return make


@pytest.fixture
def customers(add, manager, seller):
    """Six customers over four months; on the clock of Shanghai two of them are a month later."""
    add("2026-07-31T15:59:59", seller, Stage.LOST, "展会")
    add("2026-07-31T16:00:00", seller, Stage.KEEPING, "展会")
    add("2026-08-10T08:00:00", seller, Stage.GROWING, "转介绍")
    add("2026-10-31T17:30:00", manager, Stage.KEEPING, "=1+1")
    add("2026-11-02T02:00:00", manager, Stage.ACQUIRING)
    add("2026-11-03T02:00:00", None, Stage.KEEPING, "展会")
