"""Contacts of phones become customers: checked, imported, mended, taken back."""

import pytest

from app.config import Workspace
from app.db.check import check
from app.domain.lists import ListQuery
from app.domain.vocabulary import Kind, PointKind
from app.exchange.tables import NO_HEADER
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.import_plan import ImportOptions, Verdict
from app.services.imports import ImportService
from tests import factories

ANN = ("FN:Ann Smith", "ORG:Acme Trading;Sales", "TITLE:Buyer", "TEL;TYPE=CELL:13812345678",
       "TEL:010-88886666", "TEL:010-88886667", "TEL:010-88886668", "EMAIL:a@x.example",
       "EMAIL:b@x.example", "EMAIL:c@x.example", "URL:https://x.example", "URL:https://y.example",
       "BDAY:--0315", "X-WECHAT:ann", "X-WECHAT:ann2", "CATEGORIES:VIP,My Contacts",
       "TEL;TYPE=FAX:010-88886669", "NOTE:likes tea")  # fmt: skip


@pytest.fixture
def boss(db):
    return factories.staff(db)


@pytest.fixture
def service(db):
    return ImportService(db)


@pytest.fixture
def book(tmp_path):
    def book(*cards, name="cards.vcf"):
        path = tmp_path / name
        lines = [
            line
            for card in cards
            for line in ("BEGIN:VCARD", "VERSION:3.0", *card, "END:VCARD" if card else "")
        ]
        path.write_text("\r\n".join([*lines, ""]), "utf-8")
        return path

    return book


@pytest.fixture
def drafts(db, boss):
    def drafts():
        service = CustomerService(db)
        found = (service.get(boss, int(one)).draft for one in service.ids(boss, ListQuery()))
        return {draft.name: draft for draft in found}

    return drafts


def test_a_person_is_a_customer_who_belongs_to_a_company(db, tmp_path, boss, service, book, drafts):
    made = service.run(boss, book(ANN))
    assert (made.created, made.companies, made.errors) == (1, 1, ())
    assert (made.encoding, made.sheet, made.header_row) == ("utf-8", None, NO_HEADER)
    found = drafts()
    ann, acme = found["Ann Smith"], found["Acme Trading"]
    assert (ann.kind, acme.kind) == (Kind.PERSON, Kind.COMPANY)
    assert ann.birthday == "--03-15"
    assert ann.tags == ("VIP",)
    assert [(point.kind, point.raw) for point in ann.points] == [
        (PointKind.PHONE, "13812345678"),
        (PointKind.PHONE, "010-88886666"),
        (PointKind.PHONE, "010-88886667"),
        (PointKind.PHONE, "010-88886668"),
        (PointKind.EMAIL, "a@x.example"),
        (PointKind.EMAIL, "b@x.example"),
        (PointKind.EMAIL, "c@x.example"),
        (PointKind.WECHAT, "ann"),
        (PointKind.WECHAT, "ann2"),
        (PointKind.WEBSITE, "https://x.example"),
        (PointKind.WEBSITE, "https://y.example"),
    ]
    assert ann.notes.splitlines() == [
        "likes tea", "Fax: 010-88886669", "Department: Sales", "Position: Buyer",
    ]  # fmt: skip
    assert check(Workspace(tmp_path), db) == []


def test_a_company_is_a_company_whatever_its_name(service, boss, book, drafts):
    firm = ("FN:Acme", "ORG:Acme", "N:Smith;Ann;;;", "X-ABShowAs:COMPANY", "BDAY:1980-03-15")
    service.run(boss, book(firm, ("ORG:Northwind", "TEL:13900001111"), ("FN:Bo Ray",)))
    found = drafts()
    kinds = {name: draft.kind for name, draft in found.items()}
    assert kinds == {
        "Acme": Kind.COMPANY, "Northwind": Kind.COMPANY, "Bo Ray": Kind.PERSON,
    }  # fmt: skip
    (ann,) = found["Acme"].contacts
    assert (ann.name, ann.birthday, found["Acme"].birthday) == ("Ann Smith", "1980-03-15", "")


def test_damaged_cards_are_refused_and_the_others_are_imported(service, boss, book, drafts):
    made = service.run(boss, book(("FN:Ann",), (), ("FN:Bo", "TEL:1381234567"), ("FN:Cy",)))
    assert [(one.row, one.column) for one in made.errors] == [(2, ""), (3, "Phone")]
    assert "no END:VCARD" in str(made.errors[0].reason)
    assert set(drafts()) == {"Ann", "Cy"}


def test_refused_cards_are_mended_in_a_workbook(service, boss, book, drafts, tmp_path):
    path = book(ANN, ("FN:Bo", "TEL:1381234567", "EMAIL:b@bo.example", "BDAY:1980-03-15"))
    plan = service.plan(boss, path)
    assert len(plan.positions(Verdict.REFUSED)) == 1
    assert service.write_rejected(plan, tmp_path / "refused.csv").rows == 1
    plan.close()
    assert drafts() == {}
    text = (tmp_path / "refused.csv").read_text("utf-8-sig")
    (tmp_path / "mended.csv").write_text(text.replace("1381234567", "13812345670"), "utf-8")
    made = service.run(boss, tmp_path / "mended.csv")
    assert (made.created, made.refused) == (1, 0)
    bo = drafts()["Bo"]
    assert (bo.kind, bo.birthday) == (Kind.PERSON, "1980-03-15")
    assert [point.raw for point in bo.points] == ["13812345670", "b@bo.example"]


def test_the_same_cards_again_change_nothing_and_more_of_them_update(
    db, service, boss, book, drafts
):
    service.run(boss, book(ANN))
    before = drafts()
    update = ImportOptions(duplicates="update")
    again = service.run(boss, book(ANN), update)
    assert (again.skipped, again.updated, again.created) == (1, 0, 0)
    made = service.run(boss, book((*ANN, "TEL:13900001111", "BDAY:1980-03-15")), update)
    assert made.updated == 1
    assert "13900001111" in {point.raw for point in drafts()["Ann Smith"].points}
    HistoryService(db).undo(boss, made.change_set)
    assert drafts() == before


def test_undo_takes_all_cards_back(db, service, boss, book, drafts):
    made = service.run(boss, book(ANN, ("FN:Bo",)))
    HistoryService(db).undo(boss, made.change_set)
    assert drafts() == {}


def test_thousands_of_cards_are_read(service, boss, book, drafts):
    cards = [(f"FN:客户 {number}", f"TEL:138{number:08d}") for number in range(2_500)]
    made = service.run(boss, book(*cards), ImportOptions(dry_run=True))
    assert (made.rows, made.created) == (2_500, 2_500)
    assert drafts() == {}
