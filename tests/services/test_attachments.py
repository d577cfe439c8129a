"""Files of customers: copies kept first, then named in one change set."""

import pytest

from app.config import Workspace
from app.errors import NotFound
from app.services.attachments import AttachmentService
from app.services.history import HistoryService
from tests import factories


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def service(db, tmp_path):
    return AttachmentService(Workspace(tmp_path / "workspace"), db)


@pytest.fixture
def kept(service, tmp_path):
    sources = [tmp_path / name for name in ("合同.pdf", "照片.jpg")]
    for one in sources:
        one.write_text(one.name)
    return [service.keep(one) for one in sources]


def test_several_files_are_one_change_that_undo_takes_back(db, actor, service, kept):
    customer = factories.customer(db, actor)
    made = service.add_kept(actor, customer, kept)
    names = {one.name for one in service.of_customer(actor, customer)}
    assert names == {"合同.pdf", "照片.jpg"}
    last = HistoryService(db).last(actor)
    assert (last.id, str(last.title)) == (made.change_set_id, "Add 2 files")
    HistoryService(db).undo(actor, made.change_set_id)
    assert service.of_customer(actor, customer) == []


def test_kept_files_are_named_for_nobody_who_is_gone(db, actor, service, kept):
    newest = HistoryService(db).newest()
    with pytest.raises(NotFound):
        service.add_kept(actor, 99, kept)
    assert HistoryService(db).newest() == newest
