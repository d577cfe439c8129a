"""A customer's page is read at once; files are kept by content; what is missing is named."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from app.config import Workspace
from app.domain.completeness import completeness
from app.domain.custom_fields import FieldDraft
from app.domain.customer import ContactDraft, CustomerDraft, PointDraft
from app.domain.facts import FactDraft, FactKind
from app.domain.interactions import Channel, Direction
from app.domain.vocabulary import ContactRole, Influence, Kind, PointKind, Role
from app.errors import Cancelled, NotFound, Refused, Unavailable
from app.i18n import Message
from app.services import attachments as attachment_module
from app.services.attachments import AttachmentService
from app.services.custom_fields import CustomFieldService
from app.services.customer_editing import CustomerEditing
from app.services.customer_page import CustomerPageService
from app.services.customers import CustomerService
from app.services.facts import FactService
from app.services.history import HistoryService
from app.services.interactions import InteractionDraft, InteractionService
from app.services.notes import NoteDraft, NoteService
from app.services.promises import PromiseDraft, PromiseService
from tests import factories

DAY = date(2026, 11, 22)


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def customer(db, actor):
    people = (
        ContactDraft(
            "陈国强", "总经理", None, ContactRole.DECIDES, Influence.HIGH, "L--10-15", "上午"
        ),
    )
    draft = CustomerDraft("国强建材", contacts=people, birthday="2010-05-01")
    return CustomerEditing(db).add(actor, draft)


def test_the_page_holds_what_is_known(db, actor, workspace, customer):
    editing = CustomerEditing(db)
    child = editing.add(actor, CustomerDraft("国强建材二店", parent_id=customer))
    brought = editing.add(actor, CustomerDraft("老陈介绍的", Kind.PERSON, referred_by_id=customer))
    FactService(db).add(actor, customer, FactDraft(FactKind.NEED, "抛光砖", DAY))
    NoteService(db).add(actor, customer, NoteDraft("以后再说"))
    promises = PromiseService(db)
    promises.make(actor, customer, PromiseDraft("下月对账", date(2026, 12, 5)))
    promises.make(actor, customer, PromiseDraft("寄样品", date(2026, 11, 23), deadline=True))
    page = CustomerPageService(workspace, db).load(actor, customer)
    assert page.record.draft.contacts[0].role is ContactRole.DECIDES
    assert page.record.draft.contacts[0].birthday == "L--10-15"
    assert page.record.draft.birthday == "2010-05-01"
    assert [one.id for one in page.belonging] == [child]
    assert [one.id for one in page.referred] == [brought]
    assert [one.text for one in page.facts] == ["抛光砖"]
    assert page.next_step.text == "寄样品"
    assert len(page.timeline.entries) == 3


def test_a_page_takes_the_same_few_questions_however_much_there_is(db, actor, workspace, customer):
    service, asked = CustomerPageService(workspace, db), []

    def count() -> int:
        asked.clear()
        service.load(actor, customer)
        return len(asked)

    event.listen(db.engine, "before_cursor_execute", lambda *_: asked.append(1))
    before = count()
    for number in range(30):
        NoteService(db).add(actor, customer, NoteDraft(f"{number}"))
    assert count() == before
    assert before < 30


def test_a_contact_keeps_influence_and_what_to_mind(db, actor, customer):
    before = CustomerService(db).get(actor, customer).draft
    assert (before.contacts[0].influence, before.contacts[0].note) == (Influence.HIGH, "上午")


def test_what_is_missing_is_named_the_weightiest_first():
    nothing = completeness(CustomerDraft("甲"), 0)
    assert nothing.percent == 0
    assert nothing.missing[0] == Message("A way to reach them")
    phone = PointDraft(PointKind.PHONE, "13800000001")
    better = completeness(CustomerDraft("甲", points=(phone,)), 1)
    assert better.percent == 35
    assert Message("Birthday") not in nothing.missing
    assert Message("Birthday") in completeness(CustomerDraft("乙", Kind.PERSON), 0).missing
    full = CustomerDraft(
        "乙", Kind.PERSON, owner_id=1, source="x", region="x", since=DAY, birthday="--05-01",
        points=(phone,),
    )  # fmt: skip
    assert completeness(full, 1).missing == (Message("Grade"),)


def test_a_file_is_kept_by_content_opened_under_its_name_and_taken_back(
    db, actor, workspace, customer, tmp_path
):
    source = tmp_path / "合同 2026.pdf"
    source.write_bytes(b"%PDF content")
    service = AttachmentService(workspace, db)
    one = service.add(actor, customer, source)
    source.unlink()
    again = tmp_path / "copy.pdf"
    again.write_bytes(b"%PDF content")
    two = service.add(actor, customer, again)
    kept = service.of_customer(actor, customer)
    assert {file.name for file in kept} == {"合同 2026.pdf", "copy.pdf"}
    assert kept[0].path == kept[1].path
    assert kept[0].media_type == "application/pdf"
    opened = service.copy_to(actor, one, tmp_path / "out")
    assert (opened.name, opened.read_bytes()) == ("合同 2026.pdf", b"%PDF content")
    service.delete(actor, two)
    assert [file.id for file in service.of_customer(actor, customer)] == [one]
    HistoryService(db).undo(actor, HistoryService(db).last(actor).id)
    assert len(service.of_customer(actor, customer)) == 2
    assert not list(workspace.attachments.rglob("*.part"))


def test_files_that_cannot_be_kept_leave_nothing_behind(
    db, actor, workspace, customer, tmp_path, monkeypatch
):
    service = AttachmentService(workspace, db)
    with pytest.raises(Refused, match="is not there"):
        service.add(actor, customer, tmp_path / "gone.pdf")
    with pytest.raises(Refused, match="is not there"):
        service.add(actor, customer, tmp_path)
    big = tmp_path / "big.bin"
    big.write_bytes(b"x" * 2_000)
    monkeypatch.setattr(attachment_module, "LARGEST", 1_000)
    with pytest.raises(Refused, match="at most"):
        service.add(actor, customer, big)
    monkeypatch.setattr(attachment_module, "LARGEST", 10_000)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled(Message("Stopped. Nothing was changed."))

    with pytest.raises(Cancelled):
        service.add(actor, customer, big, stop)
    assert service.of_customer(actor, customer) == []
    assert [one for one in workspace.attachments.rglob("*") if one.is_file()] == []


def test_a_file_whose_content_is_gone_is_said(db, actor, workspace, customer, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("a")
    service = AttachmentService(workspace, db)
    one = service.add(actor, customer, source)
    service.of_customer(actor, customer)[0].path.unlink()
    with pytest.raises(Unavailable, match=r"a\.txt"):
        service.copy_to(actor, one, tmp_path / "out")


def test_a_hostile_name_stays_inside_the_folder(db, actor, workspace, customer, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("a")
    service = AttachmentService(workspace, db)
    one = service.add(actor, customer, source)
    service.rename(actor, one, "../../evil.txt")
    assert service.copy_to(actor, one, tmp_path / "out") == tmp_path / "out" / "evil.txt"


def test_nobody_opens_the_page_or_the_files_of_a_customer_they_may_not_see(
    db, actor, workspace, customer, tmp_path
):
    source = tmp_path / "a.txt"
    source.write_text("a")
    service = AttachmentService(workspace, db)
    one = service.add(actor, customer, source)
    stranger = factories.staff(db, "外人", Role.SALESPERSON)
    with pytest.raises(NotFound):
        CustomerPageService(workspace, db).load(stranger, customer)
    with pytest.raises(NotFound):
        service.copy_to(stranger, one, tmp_path / "out")


def test_a_page_renewed_after_a_write_is_the_page_loaded_anew(db, actor, workspace, customer):
    pages = CustomerPageService(workspace, db)
    touched: list[frozenset[str]] = []
    db.on_change(lambda announcement: touched.append(announcement.areas))
    fields = CustomFieldService(db)
    manager = factories.staff(db, "周敏", Role.MANAGER)
    field = fields.add(manager, FieldDraft("开票抬头"))
    editing, notes, facts = CustomerEditing(db), NoteService(db), FactService(db)
    call = InteractionDraft(Channel.PHONE, Direction.IN, db.clock.now(), "要样品")
    records = CustomerService(db)
    writes = [
        lambda: InteractionService(db).log(actor, customer, call),
        lambda: notes.add(actor, customer, NoteDraft("对账单")),
        lambda: PromiseService(db).make(actor, customer, PromiseDraft("寄样品", DAY)),
        lambda: facts.add(actor, customer, FactDraft(FactKind.NEED, "抛光砖", DAY)),
        lambda: fields.set(actor, customer, field, "", "国强建材"),
        lambda: editing.add(actor, CustomerDraft("二店", parent_id=customer)),
        lambda: edited(editing, records, actor, customer, name="国强建材集团", tags=("vip",)),
        lambda: HistoryService(db).undo(actor, HistoryService(db).last(actor).id),
    ]
    page = pages.load(actor, customer)
    for write in writes:
        touched.clear()
        write()
        page = pages.renew(actor, page, frozenset().union(*touched))
        assert page == pages.load(actor, customer)


def edited(editing, records, actor, customer, **changes):
    before = records.get(actor, customer).draft
    editing.save(actor, customer, before, replace(before, **changes))
