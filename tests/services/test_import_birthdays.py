"""Birthdays of people and of contacts: read, kept, changed, exported and read again."""

import csv

import pytest

from app import i18n
from app.domain.lists import ListQuery
from app.domain.vocabulary import Kind
from app.services.customers import CustomerService
from app.services.exports import ExportService
from app.services.history import HistoryService
from app.services.import_plan import ImportOptions
from app.services.imports import ImportService
from tests import factories


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    i18n.use("en")


@pytest.fixture
def boss(db):
    return factories.staff(db)


@pytest.fixture
def service(db):
    return ImportService(db)


@pytest.fixture
def write(tmp_path):
    def write(*rows):
        path = tmp_path / "list.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
        return path

    return write


@pytest.fixture
def drafts(db, boss):
    def drafts():
        service = CustomerService(db)
        return {
            one.name: one
            for one in (
                service.get(boss, int(found)).draft for found in service.ids(boss, ListQuery())
            )
        }

    return drafts


@pytest.mark.parametrize(
    ("title", "written", "kept"),
    [
        ("生日", "1980-03-15", "1980-03-15"),
        ("出生日期", "1980年3月15日", "1980-03-15"),
        ("Birthday", "--03-15", "--03-15"),
        ("Birthday", " --12-12", "--12-12"),
        ("Date of birth", "3-15", "--03-15"),
        ("Date of birth", "13/3/1980", "1980-03-13"),
        ("生日", "农历八月十五", "L--08-15"),
        ("生日", "29295", "1980-03-15"),
        ("Birthday", "0/0/00", ""),
    ],
)
def test_a_persons_birthday_is_kept(service, boss, write, drafts, title, written, kept):
    made = service.run(boss, write(["Name", title], ["张伟", written]))
    assert made.errors == ()
    found = drafts()["张伟"]
    assert (found.kind, found.birthday, found.notes) == (Kind.PERSON, kept, "")


def test_beside_a_contact_of_a_company_it_is_the_contacts(service, boss, write, drafts):
    service.run(
        boss, write(["公司名称", "联系人", "生日"], ["华信有限公司", "陈雅琳", "1980-03-15"])
    )
    found = drafts()["华信有限公司"]
    assert found.birthday == ""
    assert [(one.name, one.birthday) for one in found.contacts] == [("陈雅琳", "1980-03-15")]


def test_a_contacts_birthday_without_a_contact_goes_into_the_notes(service, boss, write, drafts):
    service.run(
        boss, write(["公司名称", "联系人", "联系人生日"], ["华信有限公司", "", "1980-03-15"])
    )
    found = drafts()["华信有限公司"]
    assert (found.birthday, found.notes) == ("", "联系人生日: 1980-03-15")


@pytest.mark.parametrize("written", ["1980-02-30", "about forty", "3/4/1980"])
def test_a_birthday_that_is_none_or_could_be_two_is_refused(service, boss, write, written):
    made = service.run(boss, write(["Name", "Birthday"], ["张伟", written], ["Bo", ""]))
    assert [(one.row, one.column) for one in made.errors] == [(2, "Birthday")]
    assert made.created == 1


def test_a_column_shows_which_figure_is_the_day(service, boss, write, drafts):
    service.run(boss, write(["Name", "Birthday"], ["Ann", "3/4/1980"], ["Bo", "25/4/1980"]))
    assert [one.birthday for one in drafts().values()] == ["1980-04-03", "1980-04-25"]


def test_birthdays_are_updated_and_the_update_is_taken_back(db, service, boss, write, drafts):
    head = ["公司名称", "生日", "联系人", "联系人生日"]
    service.run(boss, write(head, ["华信有限公司", "2001-02-03", "陈雅琳", "--03-15"]))
    update = ImportOptions(duplicates="update")
    fill = ImportOptions(duplicates="fill")
    full = write(head, ["华信有限公司", "2001-02-04", "陈雅琳", "1980-03-15"])
    assert service.run(boss, full, fill).updated == 0
    made = service.run(boss, full, update)
    (found,) = drafts().values()
    assert (found.birthday, found.contacts[0].birthday) == ("2001-02-04", "1980-03-15")
    assert len(found.contacts) == 1
    HistoryService(db).undo(boss, made.change_set)
    (found,) = drafts().values()
    assert (found.birthday, found.contacts[0].birthday) == ("2001-02-03", "--03-15")


def test_a_birthday_without_its_year_takes_no_year_away(service, boss, write, drafts):
    service.run(boss, write(["Name", "Birthday"], ["张伟", "1980-03-15"]))
    update = ImportOptions(duplicates="update")
    assert service.run(boss, write(["Name", "Birthday"], ["张伟", "3-15"]), update).skipped == 1
    assert drafts()["张伟"].birthday == "1980-03-15"


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_birthdays_that_are_exported_and_imported_change_nothing(
    db, service, boss, write, tmp_path, drafts, language
):
    head = ["姓名", "生日", "联系人", "联系人生日"]
    path = write(
        head,
        ["张伟", "1980-03-15", "陈雅琳", "--03-15"],
        ["李娜", "农历1975年十月十五", "", ""],
        ["王芳", "", "阿宝", "闰四月初三"],
    )
    service.run(boss, path)
    before = drafts()
    i18n.use(language)
    ExportService(db).customers(boss, tmp_path / "out.csv", ListQuery())
    made = service.run(boss, tmp_path / "out.csv", ImportOptions(duplicates="update"))
    assert (made.errors, made.updated, made.skipped) == ((), 0, 3)
    assert drafts() == before
