"""One card of a customer's page on real services, filled anew whenever something was written."""

from app.i18n import tr
from app.ui.screen import Screen
from app.ui.widgets.layout import STRETCH, col, hold, row
from app.ui.widgets.surface import Scroll


class Host(Screen):
    """A page with one card, as wide as it is in the program."""

    def __init__(self, stage, make, customer_id):
        super().__init__()
        self.stage, self.customer_id = stage, customer_id
        self.card = make(stage.context)
        self.card.setFixedWidth(368)
        self.setLayout(row((Scroll(hold(col(self.card, STRETCH))), 1)))
        stage.changes.changed.connect(self.load)
        self.load()

    def load(self, _areas=None):
        services, actor, wanted = self.stage.services, self.stage.actor, self.customer_id
        self.stage.tasks.run(self, lambda: services.pages.load(actor, wanted), self.card.show_page)

    def title(self):
        return tr("Customer")


def show_card(stage, make, customer_id):
    """The card of this customer, shown; the host is its `host`."""
    host = Host(stage, make, customer_id)
    stage.show(host)
    stage.until(lambda: host.card.page is not None)
    host.card.host = host
    return host.card


def entry(card, words):
    """The menu entry that begins with these words."""
    found = [one for one in card.menu.actions() if one.text().startswith(words)]
    assert found, [one.text() for one in card.menu.actions()]
    return found[0]
