"""Managers define fields; everybody fills them in; nothing is lost when two do it at once."""

import pytest

from app.config import Workspace
from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.vocabulary import Role
from app.errors import Forbidden, NotFound, Refused
from app.services.custom_fields import CustomFieldService, ValueConflict
from app.services.customer_page import CustomerPageService
from app.services.finding import FindService
from app.services.history import HistoryService
from tests import factories

INVOICE = FieldDraft("开票种类", FieldKind.CHOICE, "开票信息", ("专票", "普票"))


@pytest.fixture
def actor(db):
    return factories.staff(db)


@pytest.fixture
def service(db):
    return CustomFieldService(db)


@pytest.fixture
def customer(db, actor):
    return factories.customer(db, actor)


def value(service, actor, customer, field):
    return {one.field.id: one.value for one in service.values(actor, customer)}[field]


def test_fields_come_in_the_order_in_which_they_were_added(service, actor):
    service.add(actor, FieldDraft("门店数", FieldKind.NUMBER))
    service.add(actor, INVOICE)
    assert [(one.name, one.kind, one.choices) for one in service.all(actor)] == [
        ("门店数", FieldKind.NUMBER, ()),
        ("开票种类", FieldKind.CHOICE, ("专票", "普票")),
    ]


def test_the_order_can_be_changed_and_taken_back(service, actor, db):
    ids = [service.add(actor, FieldDraft(name)) for name in "ABC"]
    service.order(actor, [ids[2], ids[0], ids[1]])
    assert [one.name for one in service.all(actor)] == ["C", "A", "B"]
    HistoryService(db).undo(actor, HistoryService(db).last(actor).id)
    assert [one.name for one in service.all(actor)] == ["A", "B", "C"]


def test_only_managers_define_fields_but_everybody_fills_them_in(service, actor, db):
    field = service.add(actor, FieldDraft("门店数", FieldKind.NUMBER))
    seller = factories.staff(db, "周凯", Role.SALESPERSON)
    own = factories.customer(db, seller, "自己的")
    for forbidden in (
        lambda: service.add(seller, FieldDraft("X")),
        lambda: service.add_invoice(seller),
        lambda: service.save(seller, field, FieldDraft("X")),
        lambda: service.order(seller, [field]),
        lambda: service.delete(seller, field),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    service.set(seller, own, field, "", "12")
    assert value(service, seller, own, field) == "12"


def test_nobody_fills_in_or_reads_for_a_customer_they_may_not_see(service, actor, customer, db):
    field = service.add(actor, FieldDraft("门店数", FieldKind.NUMBER))
    seller = factories.staff(db, "周凯", Role.SALESPERSON)
    with pytest.raises(NotFound):
        service.set(seller, customer, field, "", "12")
    with pytest.raises(NotFound):
        service.values(seller, customer)


def test_a_name_is_there_once_however_it_is_written(service, actor):
    service.add(actor, FieldDraft("开户行"))
    with pytest.raises(Refused) as refused:
        service.add(actor, FieldDraft("開戶行"))
    assert set(refused.value.fields) == {"name"}


def test_a_value_that_does_not_fit_its_kind_is_refused_and_nothing_changes(
    service, actor, customer
):
    field = service.add(actor, FieldDraft("额度", FieldKind.MONEY))
    service.set(actor, customer, field, "", "5万元")
    with pytest.raises(Refused) as refused:
        service.set(actor, customer, field, "CNY 5000000", "many")
    assert set(refused.value.fields) == {"value"}
    assert value(service, actor, customer, field) == "CNY 5000000"


def test_amounts_are_in_the_currency_of_the_country(db, actor, customer):
    service = CustomFieldService(db, "TW")
    field = service.add(actor, FieldDraft("额度", FieldKind.MONEY))
    service.set(actor, customer, field, "", "300元")
    assert value(service, actor, customer, field) == "TWD 30000"


def test_setting_one_value_is_one_step_that_can_be_taken_back(service, actor, customer, db):
    history = HistoryService(db)
    field = service.add(actor, FieldDraft("开户行"))
    service.set(actor, customer, field, "", "工商银行")
    service.set(actor, customer, field, "工商银行", "建设银行")
    history.undo(actor, history.last(actor).id)
    assert value(service, actor, customer, field) == "工商银行"
    history.undo(actor, history.last(actor).id)
    assert value(service, actor, customer, field) == ""


def test_a_value_is_emptied_filled_again_and_the_emptying_taken_back(service, actor, customer, db):
    field = service.add(actor, FieldDraft("开户行"))
    service.set(actor, customer, field, "", "工商银行")
    service.set(actor, customer, field, "工商银行", "")
    assert value(service, actor, customer, field) == ""
    emptied = HistoryService(db).last(actor).id
    HistoryService(db).undo(actor, emptied)
    assert value(service, actor, customer, field) == "工商银行"


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(service, actor, customer):
    field = service.add(actor, FieldDraft("开户行"))
    service.set(actor, customer, field, "", "工商银行")
    with pytest.raises(ValueConflict) as conflict:
        service.set(actor, customer, field, "", "建设银行")
    assert (conflict.value.theirs, conflict.value.mine) == ("工商银行", "建设银行")
    assert value(service, actor, customer, field) == "工商银行"


def test_saving_what_is_there_already_leaves_no_step(service, actor, customer, db):
    field = service.add(actor, FieldDraft("门店数", FieldKind.NUMBER))
    service.set(actor, customer, field, "", "12")
    before = HistoryService(db).last(actor).id
    service.set(actor, customer, field, "12", "12.0")
    assert HistoryService(db).last(actor).id == before


def test_a_choice_written_anew_in_its_place_is_renamed_everywhere(service, actor, customer, db):
    field = service.add(actor, INVOICE)
    service.set(actor, customer, field, "", "专票")
    service.save(actor, field, FieldDraft("开票种类", FieldKind.CHOICE, "", ("数电专票", "普票")))
    assert value(service, actor, customer, field) == "数电专票"
    HistoryService(db).undo(actor, HistoryService(db).last(actor).id)
    assert value(service, actor, customer, field) == "专票"


def test_a_choice_taken_off_the_list_stays_with_who_holds_it(service, actor, customer):
    field = service.add(actor, INVOICE)
    service.set(actor, customer, field, "", "专票")
    service.save(actor, field, FieldDraft("开票种类", FieldKind.CHOICE, "", ("普票",)))
    assert value(service, actor, customer, field) == "专票"
    with pytest.raises(Refused):
        service.set(actor, customer, field, "专票", "收据")


def test_the_kind_changes_only_as_long_as_nobody_holds_a_value(service, actor, customer):
    field = service.add(actor, FieldDraft("门店数"))
    service.save(actor, field, FieldDraft("门店数", FieldKind.NUMBER))
    service.set(actor, customer, field, "", "3")
    with pytest.raises(Refused) as refused:
        service.save(actor, field, FieldDraft("门店数", FieldKind.DATE))
    assert set(refused.value.fields) == {"kind"}


def test_a_deleted_field_takes_its_values_along_and_undo_brings_both(service, actor, customer, db):
    field = service.add(actor, FieldDraft("开户行"))
    service.set(actor, customer, field, "", "鹿鸣支行")
    assert service.held(actor, field) == 1
    service.delete(actor, field)
    assert service.all(actor) == []
    assert service.values(actor, customer) == ()
    assert FindService(db).matched(actor, "鹿鸣支行", [customer]).get(customer, ()) == ()
    with pytest.raises(NotFound):
        service.set(actor, customer, field, "", "x")
    HistoryService(db).undo(actor, HistoryService(db).last(actor).id)
    assert value(service, actor, customer, field) == "鹿鸣支行"


def test_a_value_is_found_by_searching(service, actor, customer, db):
    field = service.add(actor, FieldDraft("开户行"))
    service.set(actor, customer, field, "", "鹿鸣支行")
    assert FindService(db).matched(actor, "鹿鸣支行", [customer])[customer]


def test_the_invoice_fields_are_added_once_and_only_those_that_miss(service, actor):
    first = service.add_invoice(actor)
    assert first == 6
    with pytest.raises(Refused):
        service.add_invoice(actor)
    service.delete(actor, service.all(actor)[0].id)
    assert service.add_invoice(actor) == 1
    assert len({one.heading for one in service.all(actor)}) == 1


def test_the_page_has_every_field_also_the_empty_ones(service, actor, customer, db, tmp_path):
    other = factories.customer(db, actor, "别家")
    field = service.add(actor, FieldDraft("额度", FieldKind.MONEY))
    empty = service.add(actor, FieldDraft("开户行"))
    service.set(actor, customer, field, "", "1234.5")
    service.set(actor, other, empty, "", "工商银行")
    page = CustomerPageService(Workspace(tmp_path / "w"), db).load(actor, customer)
    assert [(one.field.id, one.words) for one in page.custom] == [
        (field, "¥1,234.50"),
        (empty, ""),
    ]
