"""A customer's page: with a story, while a call is logged, and with nothing on record yet."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.facts import FactDraft, FactKind
from app.domain.interactions import Channel, Direction, Step
from app.domain.lists import ListQuery
from app.domain.vocabulary import ContactRole, Influence, Kind
from app.services.interactions import InteractionDraft
from app.services.notes import NoteDraft
from app.services.promises import PromiseDraft
from app.ui.customer.contact_edit import ContactEditor
from app.ui.customer.profile_line import ProfileLine
from app.ui.trail import Trail
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineEdit
from app.ui.widgets.surface import Scroll
from tools.scenes.stage import Scene, Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.customer.screen import CustomerScreen
    from app.ui.customers.screen import CustomersScreen

_FACTS: Final = (
    (FactKind.NEED, "每月 600×600 抛光砖约 1,200 片，旺季加倍"),
    (FactKind.CONSTRAINT, "周五下午不收货；仓库限高 2.4 米"),
    (FactKind.EXPECTATION, "破损当天给答复，不要先问责任"),
    (FactKind.PREFERENCE, "打电话，不发语音；账期 30 天"),
)
_TOLD: Final = "十二月那批可提前到 12 月 3 日到货。对上次破损仍不放心，想先看样品再定旺季的量。"
_LINE: Final = "电话{name} 满意4 答应周一前寄3块样品"


def _chosen(stage: Stage, kind: Kind | None) -> Trail:
    """The first customer of the list, of this kind where one is wanted, in its list."""
    stage.go("customers")
    screen = cast("CustomersScreen", stage.shell.front())
    screen.show_all()
    stage.settle()
    context = stage.shell.context
    ids = screen.card.model.ids
    rows = context.services.customers.rows(context.actor, ids[:200].tolist())
    place = next(i for i, one in enumerate(rows) if one and kind in (None, one.kind))
    return Trail(ids, place, "")


def _tell(stage: Stage, customer_id: int) -> None:
    """A story, once."""
    services, actor = stage.shell.context.services, stage.shell.context.actor
    if services.timeline.page(actor, customer_id, text=_TOLD).entries:
        return
    now = services.clock.now()
    held = services.customers.get(actor, customer_id).draft
    people = tuple(
        replace(one, role=ContactRole.DECIDES, influence=Influence.HIGH, birthday="L--10-15")
        if place == 0
        else replace(one, note="只在上午接")
        for place, one in enumerate(held.contacts)
    )
    services.editing.save(actor, customer_id, held, replace(held, contacts=people))
    tiles = services.products.add(actor, "600×600 抛光砖", "瓷砖")
    for kind, text in _FACTS:
        services.facts.add(actor, customer_id, FactDraft(kind, text, now.date()))
    contact = services.customers.get(actor, customer_id).draft.contacts
    services.interactions.log(
        actor,
        customer_id,
        InteractionDraft(
            Channel.VISIT,
            Direction.OUT,
            now - timedelta(days=10),
            "看了新展厅，要一份目录",
            minutes=40,
            step=Step.COMPARE,
            rating=2,
            unhappy=True,
            product_ids=(tiles,),
        ),
    )
    services.interactions.log(
        actor,
        customer_id,
        InteractionDraft(
            Channel.PHONE,
            Direction.OUT,
            now - timedelta(minutes=20),
            _TOLD,
            contact_id=contact[0].id if contact else None,
            minutes=8,
            rating=3,
            promises=(PromiseDraft("寄出 600×600 样品 3 块", now.date() + timedelta(days=1)),),
        ),
    )
    services.notes.add(actor, customer_id, NoteDraft("对账单要分项目编号"))
    stage.settle()


def _page(stage: Stage) -> None:
    trail = _chosen(stage, Kind.COMPANY)
    _tell(stage, trail.current)
    stage.shell.navigate("customer", trail)
    stage.settle()
    _give_up_typed(cast("CustomerScreen", stage.shell.front()))
    stage.settle()


def _give_up_typed(screen: "CustomerScreen") -> None:
    """The page as it is opened: what another scene typed and unfolded is put away."""
    screen.quick_log.line.set_text("")
    editor = screen.contacts.editor
    if editor is not None:
        screen.contacts.close_editor(editor)
    lines = screen.profile.findChildren(ProfileLine)
    for line in lines:
        if line.editing is not None:
            line.editing.leave()
    if any(line.is_empty() and not line.isHidden() for line in lines):
        _fold(screen).click()
    _left(screen).verticalScrollBar().setValue(0)


def _fold(screen: "CustomerScreen") -> Button:
    return cast("Button", screen.profile.findChild(Button, "empty_fields"))


def _left(screen: "CustomerScreen") -> Scroll:
    return cast("Scroll", screen.findChild(Scroll, "left_scroll"))


def _logging(stage: Stage) -> None:
    _page(stage)
    screen = cast("CustomerScreen", stage.shell.front())
    context = stage.shell.context
    people = context.services.customers.get(context.actor, screen.customer_id or 0).draft.contacts
    screen.quick_log.start()
    screen.quick_log.line.set_text(_LINE.format(name=people[0].name if people else ""))
    stage.settle()


def _only(stage: Stage) -> None:
    stage.shell.navigate("customer", _chosen(stage, None))
    stage.settle()


def _person(stage: Stage) -> None:
    stage.shell.navigate("customer", _chosen(stage, Kind.PERSON))
    stage.settle()


def _products(stage: Stage) -> None:
    _page(stage)
    stage.go("settings")
    screen = stage.shell.front()
    products = screen.products  # type: ignore[attr-defined]  # the settings have them
    screen.sections.ensureWidgetVisible(products)  # type: ignore[attr-defined]
    stage.settle()


def _fields(stage: Stage) -> None:
    """Details with fields of one's own; one line is being changed and refused, another typed."""
    _page(stage)
    services, actor = stage.shell.context.services, stage.shell.context.actor
    screen = cast("CustomerScreen", stage.shell.front())
    if not services.fields.all(actor):
        services.fields.add_invoice(actor)
        services.fields.add(actor, FieldDraft("信用额度", FieldKind.MONEY, "账务"))
        credit = services.fields.all(actor)[-1]
        services.fields.set(actor, screen.customer_id or 0, credit.id, "", "50万元")
        stage.settle()
    card = screen.profile
    _fold(screen).click()
    line = card.line("tax_id")
    line.edit()
    stage.settle()
    cast("LineEdit", card.findChild(LineEdit, "tax_id")).setText("91330106")
    line.submit()
    card.line("notes").edit()
    stage.settle()
    _left(screen).ensureWidgetVisible(line, 0, 200)
    stage.settle()


def _known_number(stage: Stage, customer_id: int) -> str:
    """A phone of another customer."""
    context = stage.shell.context
    page = context.services.customers.first_page(context.actor, ListQuery(), 40)
    return next(one.phone for one in page.rows if one.phone and one.id != customer_id)


def _known_name(stage: Stage, customer_id: int) -> str:
    """What another customer is called."""
    context = stage.shell.context
    page = context.services.customers.first_page(context.actor, ListQuery("kind = company"), 40)
    return next(one.name for one in page.rows if one.id != customer_id and not one.name.isascii())


def _alike_line(key: str, stage: Stage) -> None:
    """A line of the details gets a value that another customer has."""
    _page(stage)
    services, actor = stage.shell.context.services, stage.shell.context.actor
    screen = cast("CustomerScreen", stage.shell.front())
    own = screen.customer_id or 0
    typed = _known_name(stage, own)
    if key == "tax_id":
        page = services.customers.first_page(actor, ListQuery("kind = company"), 40)
        other = next(one.id for one in page.rows if one.id != own)
        held, typed = services.customers.get(actor, other).draft, "91330100799655058B"
        if held.tax_id != typed:
            services.editing.save(actor, other, held, replace(held, tax_id=typed))
            stage.settle()
        _fold(screen).click()
    line = screen.profile.line(key)
    line.edit()
    stage.settle()
    # of this line: an earlier page may not be gone yet
    cast("LineEdit", cast("QWidget", line.editing).findChild(LineEdit, key)).setText(typed)
    stage.settle()
    _left(screen).ensureWidgetVisible(line, 0, 200)
    stage.settle()


def _alike_contact(stage: Stage) -> None:
    """A contact gets a phone that another customer has."""
    _page(stage)
    screen = cast("CustomerScreen", stage.shell.front())
    card = screen.contacts
    first = next(one.key for one in card.lines() if isinstance(one.key, int))
    card.choose(first)
    stage.settle()
    editor = cast("ContactEditor", card.findChild(ContactEditor))
    editor.points[0].value.setText(_known_number(stage, screen.customer_id or 0))
    stage.settle()
    _left(screen).ensureWidgetVisible(editor, 0, 200)
    stage.settle()


def _own_fields(stage: Stage) -> None:
    _fields(stage)
    stage.go("settings")
    screen = stage.shell.front()
    fields = screen.fields  # type: ignore[attr-defined]  # the settings have them
    screen.sections.ensureWidgetVisible(fields)  # type: ignore[attr-defined]
    stage.settle()


SCENES = (
    Scene("customer_page", _page),
    Scene("customer_page_logging", _logging),
    Scene("customer_page_person", _person),
    Scene("customer_page_one", _only, "one"),
    Scene("customer_page_fields", _fields),
    Scene("customer_alike_name", partial(_alike_line, "name")),
    Scene("customer_alike_tax_id", partial(_alike_line, "tax_id")),
    Scene("customer_alike_contact", _alike_contact),
    Scene("settings_fields", _own_fields),
    Scene("settings_products", _products),
)
