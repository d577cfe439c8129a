"""All of one customer, taken away as a workbook or as cards."""

from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from sqlalchemy import select

from app.config import Workspace
from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.facts import FactDraft, FactKind
from app.domain.interactions import Channel, Direction
from app.domain.reminders import ReminderKind
from app.domain.vocabulary import ContactRole, Kind, PointKind, Role, Stage
from app.errors import NotFound, Refused
from app.i18n import Message
from app.models import (
    Contact,
    Greeting,
    GreetingChoice,
    Interaction,
    Promise,
    PromiseMove,
    joined_models,
)
from app.services import timeline
from app.services.custom_fields import CustomFieldService
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.facts import FactService
from app.services.interactions import InteractionDraft, InteractionService
from app.services.notes import NoteDraft, NoteService
from app.services.reminders import Assignee, ReminderDraft, ReminderService
from app.services.whole_file import WholeFileService
from tests import factories

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHEETS = {
    "contact": "Contacts",
    "contact_point": "Contact points",
    "customer_tag": "Customer",
    "fact": "Facts",
    "interaction": "Interactions",
    "note": "Notes",
    "attachment": "Files",
    "custom_value": "Other fields",
    "promise": "Promises",
    "reminder": "Reminders",
    "greeting_choice": "Greetings",
    "greeting": "Greetings",
}


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def service(db, tmp_path):
    return WholeFileService(Workspace(tmp_path / "workspace"), db)


@pytest.fixture
def customer(db, actor):
    people = (ContactDraft("陈国强", "总经理", role=ContactRole.DECIDES, birthday="L--10-15"),)
    points = (
        PointDraft(PointKind.PHONE, "13858012246", 0),
        PointDraft(PointKind.WEBSITE, "https://guoqiang.example"),
    )
    draft = CustomerDraft("国强建材", contacts=people, points=points, birthday="2010-05-01")
    return CustomerEditing(db).add(actor, draft)


def test_the_workbook_holds_everything_and_nothing_that_runs(
    db, actor, service, customer, tmp_path
):
    draft = InteractionDraft(Channel.PHONE, Direction.OUT, NOW, "=1+1", rating=4)
    InteractionService(db).log(actor, customer, draft)
    NoteService(db).add(actor, customer, NoteDraft("寄样品"))
    FactService(db).add(actor, customer, FactDraft(FactKind.NEED, "抛光砖", NOW.date()))
    target = tmp_path / "国强.xlsx"
    service.write(actor, customer, target)
    book = openpyxl.load_workbook(target)
    rows = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert ["Name", "国强建材"] in rows["Customer"]
    assert rows["Contacts"][1][:3] == ["陈国强", "总经理", "Decides"]
    assert rows["Contact points"][1] == ["Phone", "13858012246", "陈国强"]
    assert rows["Facts"][1][1] == "抛光砖"
    assert rows["Interactions"][1][6] == "=1+1"
    assert book["Interactions"]["G2"].data_type == "s"
    assert rows["Notes"][1][2] == "寄样品"
    assert set(SHEETS.values()) <= set(rows)


def test_what_was_promised_what_is_due_and_how_it_is_greeted_is_written(
    db, actor, service, customer, tmp_path
):
    call = InteractionDraft(Channel.PHONE, Direction.OUT, NOW, "要报价")
    said = InteractionService(db).log(actor, customer, call)
    with db.write(actor, Message("Test")) as session:
        contact = session.scalars(select(Contact.id)).one()
        session.add(
            Promise(
                id=1, customer_id=customer, contact_id=contact, staff_id=actor.id, text="=发报价",
                interaction_id=session.scalars(select(Interaction.id)).one(), at=NOW,
                first_due_on=date(2026, 11, 23), due_on=date(2026, 11, 25), reason="缺料",
                state="broken", closed_at=NOW, closed_by_id=actor.id,
            )
        )  # fmt: skip
        for day, why in ((24, "客户要求"), (25, "")):
            session.add(
                PromiseMove(
                    customer_id=customer, promise_id=1, staff_id=actor.id, at=NOW, why=why,
                    from_on=date(2026, 11, day - 1), to_on=date(2026, 11, day),
                )
            )  # fmt: skip
        session.add(GreetingChoice(customer_id=customer, occasion="spring_festival", wanted=False))
        session.add(
            Greeting(
                customer_id=customer, contact_id=contact, staff_id=actor.id, how="wechat", at=NOW,
                occasion="mid_autumn", year=2026, day=date(2026, 9, 25), text="中秋快乐",
            )
        )  # fmt: skip
    assert said
    reminders = ReminderService(db)
    weekly = ReminderDraft(
        "寄样品", date(2026, 11, 23), customer, contact, ReminderKind.CARE, Channel.EMAIL,
        "两箱", deadline=True, rule="FREQ=WEEKLY;BYDAY=MO", assignee=Assignee(role=Role.LEAD),
    )  # fmt: skip
    reminders.add(actor, weekly)
    reminders.skip(actor, reminders.add(actor, ReminderDraft("对账", NOW, customer)).ids, "不用")
    service.write(actor, customer, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    naive = NOW.astimezone().replace(tzinfo=None)
    assert _below_titles(book["Promises"]) == [
        (
            naive, "李娜", "陈国强", "要报价", "=发报价", _midnight(23), _midnight(25), None, None,
            "Firm",
            "2026-11-23 → 2026-11-24 · 李娜 · 客户要求\n2026-11-24 → 2026-11-25 · 李娜",
            "Broken", naive, "李娜", "缺料",
        )
    ]  # fmt: skip
    assert book["Promises"]["E2"].data_type == "s"
    assert _below_titles(book["Reminders"]) == [
        (
            _midnight(23), None, "yes", "Care plan", "E-mail", "寄样品", "两箱", "陈国强",
            "Team lead", "Every week on Monday", None, None, None, None,
        ),
        (
            _midnight(22), f"{NOW.astimezone():%H:%M}", None, "Reminder", None, "对账", None, None,
            "李娜", None, naive, "李娜", "Skipped", "不用",
        ),
    ]  # fmt: skip
    assert _below_titles(book["Greetings"]) == [
        ("Spring Festival", "no", None, None, None, None, None, None),
        (
            "Mid-Autumn Festival", None, datetime(2026, 9, 25), naive, "李娜", "陈国强", "wechat",
            "中秋快乐",
        ),
    ]  # fmt: skip


def _below_titles(sheet):
    return [
        tuple(value or None for value in row)
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]


def _midnight(day):
    return datetime(2026, 11, day)


def test_a_long_story_is_written_to_its_end(db, actor, service, customer, tmp_path, monkeypatch):
    monkeypatch.setattr(timeline, "PAGE", 5)
    for number in range(23):
        NoteService(db).add(actor, customer, NoteDraft(f"note {number}"))
    service.write(actor, customer, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Notes"]
    assert sheet.max_row == 24


def test_added_fields_are_written_as_what_they_are(db, actor, service, customer, tmp_path):
    fields = CustomFieldService(db)
    typed = {
        FieldDraft("开户行", heading="开票信息"): "=工商银行",
        FieldDraft("员工", FieldKind.NUMBER): "1,200.5",
        FieldDraft("额度", FieldKind.MONEY): "NT$ 1,234.50",
        FieldDraft("续约", FieldKind.DATE): "2027-03-01",
        FieldDraft("月结", FieldKind.YES_NO): "是",
        FieldDraft("仓库", FieldKind.CHOICE, choices=("东", "西")): "西",
    }
    for draft, text in typed.items():
        fields.set(actor, customer, fields.add(actor, draft), "", text)
    fields.add(actor, FieldDraft("空着"))
    service.write(actor, customer, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Other fields"]
    assert [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ["开票信息", "开户行", "=工商银行", None, None],
        ["", "员工", 1200.5, None, None],
        ["", "额度", None, 1234.5, "TWD"],
        ["", "续约", datetime(2027, 3, 1, tzinfo=UTC).replace(tzinfo=None), None, None],
        ["", "月结", "Yes", None, None],
        ["", "仓库", "西", None, None],
    ]
    assert sheet["C2"].data_type == "s"
    assert sheet["C5"].is_date
    assert "0.00" in sheet["D4"].number_format


def test_what_was_changed_is_written_in_words(db, actor, service, customer, tmp_path):
    fields = CustomFieldService(db)
    field = fields.add(actor, FieldDraft("额度", FieldKind.MONEY))
    fields.set(actor, customer, field, "", "1234.5")
    before = CustomerService(db).get(actor, customer).draft
    after = replace(before, stage=Stage.KEEPING, tags=("老客户",))
    CustomerEditing(db).save(actor, customer, before, after)
    service.write(actor, customer, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Changes"]
    rows = {row[2:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows == {
        ("Stage", "Acquiring", "Keeping"),
        ("Tags", "", "老客户"),
        ("额度", "", "¥1,234.50"),
    }


def test_every_table_that_declares_to_be_exported_has_its_sheet():
    exported = {name for name, model in joined_models().items() if model.__joining__.exported}
    assert exported <= set(SHEETS)


def test_the_cards_are_the_customer_and_its_contacts(actor, service, customer, tmp_path):
    target = tmp_path / "a.vcf"
    assert service.write(actor, customer, target).rows == 2
    text = target.read_text(encoding="utf-8")
    assert text.count("BEGIN:VCARD") == 2
    assert "BDAY" in text
    assert text.count("BDAY") == 1  # the lunar one has no place in a card
    assert "国强建材" in text
    assert "13858012246" in text.replace(" ", "").replace("-", "")


def test_the_workbook_names_the_related_customers(db, actor, service, customer, tmp_path):
    editing = CustomerEditing(db)
    above = editing.add(actor, CustomerDraft("华东总代理", kind=Kind.INTERMEDIARY, code="A-1"))
    brought = editing.add(actor, CustomerDraft("老陈", kind=Kind.PERSON))
    before = CustomerService(db).get(actor, customer).draft
    linked = replace(before, parent_id=above, referred_by_id=brought)
    editing.save(actor, customer, before, linked)
    editing.add(actor, CustomerDraft("国强二厂", parent_id=customer))
    editing.add(actor, CustomerDraft("华信科技", referred_by_id=customer))
    target = tmp_path / "a.xlsx"
    service.write(actor, customer, target)
    rows = openpyxl.load_workbook(target)["Related customers"].iter_rows(values_only=True)
    assert list(rows)[1:] == [
        ("Belongs to", "华东总代理", "A-1", "Intermediary"),
        ("Referred by", "老陈", "", "Person"),
        ("Belonging to it", "国强二厂", "", "Company"),
        ("Referred by it", "华信科技", "", "Company"),
    ]


def test_a_related_customer_that_may_not_be_seen_is_not_written(db, actor, service, customer):
    other = factories.staff(db, "王磊", role=Role.SALESPERSON)
    CustomerEditing(db).add(actor, CustomerDraft("国强二厂", parent_id=customer))
    before = CustomerService(db).get(actor, customer).draft
    CustomerEditing(db).save(actor, customer, before, replace(before, owner_id=other.id))
    _, sheets = service.sheets(other, customer)
    assert [one.rows for one in sheets if one.title == "Related customers"] == [[]]


def test_a_company_has_a_founding_day_also_among_the_changes(
    db, actor, service, customer, tmp_path
):
    before = CustomerService(db).get(actor, customer).draft
    CustomerEditing(db).save(actor, customer, before, replace(before, birthday="2010-06-01"))
    target = tmp_path / "a.xlsx"
    service.write(actor, customer, target)
    book = openpyxl.load_workbook(target)
    assert ("Founded", "1 June 2010") in list(book["Customer"].iter_rows(values_only=True))
    assert [row[2] for row in book["Changes"].iter_rows(values_only=True)] == ["Field", "Founded"]


def test_a_birthday_that_no_address_book_knows_is_told_in_the_note(
    db, actor, service, customer, tmp_path
):
    before = CustomerService(db).get(actor, customer).draft
    people = (replace(before.contacts[0], note="只打电话"),)
    CustomerEditing(db).save(actor, customer, before, replace(before, contacts=people))
    target = tmp_path / "a.vcf"
    service.write(actor, customer, target)
    firm, person = target.read_text(encoding="utf-8").split("END:VCARD")[:2]
    assert "BDAY:2010-05-01" in firm
    assert "NOTE" not in firm
    assert "BDAY" not in person
    note = "NOTE;CHARSET=UTF-8:只打电话\\nBirthday: Lunar month 10\\, day 15"
    assert note in person.replace("\n ", "")


def test_what_may_not_be_seen_is_not_written(db, service, customer, tmp_path):
    stranger = factories.staff(db, "外人", Role.SALESPERSON)
    with pytest.raises(NotFound):
        service.write(stranger, customer, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_another_ending_is_refused(actor, service, customer, tmp_path):
    with pytest.raises(Refused, match=r"\.xlsx or \.vcf"):
        service.write(actor, customer, tmp_path / "a.doc")
