"""The timeline card on real services, filled anew whenever something was written."""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt

from app.domain.interactions import Channel, Direction
from app.i18n import Message, tr
from app.models import Interaction
from app.services.interactions import InteractionDraft
from app.ui.customer.timeline import TimelineCard
from app.ui.screen import Screen
from app.ui.widgets.layout import row
from tests.databases import CLOCK

NOW = CLOCK.now()


class Host(Screen):
    """A page with the timeline alone, loaded again at every change."""

    def __init__(self, stage, customer_id):
        super().__init__()
        self.stage, self.customer_id = stage, customer_id
        self.card = TimelineCard(stage.context)
        self.setLayout(row((self.card, 1)))
        stage.changes.changed.connect(self.load)
        self.load()

    def load(self, _areas=None):
        services, actor, wanted = self.stage.services, self.stage.actor, self.customer_id
        self.stage.tasks.run(self, lambda: services.pages.load(actor, wanted), self.card.show_page)

    def title(self):
        return tr("Customer")


def show_timeline(stage, customer_id):
    """The card of this customer, shown and filled."""
    host = Host(stage, customer_id)
    stage.show(host)
    stage.until(lambda: host.card.page is not None)
    stage.settle()
    host.card.host = host
    return host.card


def log(stage, customer_id, summary, ago=timedelta(), **more):
    """An interaction on record: a call that we made."""
    draft = InteractionDraft(Channel.PHONE, Direction.OUT, NOW - ago, summary, **more)
    return stage.services.interactions.log(stage.actor, customer_id, draft).interaction_id


def log_many(stage, db, customer_id, count):
    """So many calls, an hour between them, the newest first: "call 0", "call 1" …"""
    with db.write(stage.actor, Message("Many")) as session:
        for place in range(count):
            session.add(
                Interaction(
                    customer_id=customer_id,
                    staff_id=stage.actor.id,
                    channel="phone",
                    direction="out",
                    at=NOW - timedelta(hours=place + 1),
                    summary=f"call {place}",
                )
            )


def bodies(card):
    """The texts of the stream from the top."""
    return [card.view.shown(place).body for place in range(len(card.view.entries()))]


def click_part(qtbot, card, place, part):
    """Press a button within an entry with the mouse."""
    view = card.view
    view.set_current(place)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, place, part))


def point_of(view, place, part):
    """Where a part of an entry stands in the viewport: found by asking what is there."""
    for y in range(0, view.viewport().height(), 4):
        for x in range(0, 400, 6):
            if view.part_at(QPoint(x, y)) == (place, part):
                return QPoint(x, y)
    raise AssertionError(f"no {part} in entry {place}")
