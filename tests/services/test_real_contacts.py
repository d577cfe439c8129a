"""All the real address books there are, imported one after the other and taken back."""

from app.config import Workspace
from app.db.check import check
from app.domain.lists import ListQuery
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.imports import ImportService
from tests import factories


def test_real_address_books_are_imported_and_taken_back(db, tmp_path, shared_data):
    boss = factories.staff(db)
    service, history = ImportService(db), HistoryService(db)
    for path in sorted((shared_data / "contacts").glob("*.[vc][cs][fv]")):
        made = service.run(boss, path)
        assert made.created + made.skipped == made.rows, path.name
        assert made.errors == (), path.name
        if made.change_set is not None:
            history.undo(boss, made.change_set)
        assert len(CustomerService(db).ids(boss, ListQuery())) == 0
    assert check(Workspace(tmp_path), db) == []
