"""What has earlier values that can be looked at and put back: a field, a contact."""

from typing_extensions import override

from app.domain.field_words import CONTACT_NAMES, stored_words
from app.domain.vocabulary import Actor
from app.i18n import tr
from app.services.customer_page import CustomerPage
from app.services.earlier_values import EarlierValue
from app.services.registry import Services
from app.ui.customer import people
from app.ui.customer.profile_subjects import Subject


class Remembered:
    """Told in a dialog. `load` and `put_back` are called off the GUI thread."""

    def title(self, page: CustomerPage) -> str:
        """What it is called."""
        raise NotImplementedError

    def load(self, services: Services, actor: Actor, customer_id: int) -> tuple[EarlierValue, ...]:
        """The earlier values, the latest first. Raises UserError."""
        raise NotImplementedError

    def name(self, one: EarlierValue) -> str:
        """Which of several fields a value is of; "" where there is but one."""
        raise NotImplementedError

    def words(self, one: EarlierValue) -> str:
        """The value to read; "" for nothing."""
        raise NotImplementedError

    def put_back(
        self, services: Services, actor: Actor, page: CustomerPage, one: EarlierValue
    ) -> None:
        """Write it again; `page` is what is shown. Raises UserError."""
        raise NotImplementedError


class RememberedField(Remembered):
    """A line of the profile."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    @override
    def title(self, page: CustomerPage) -> str:
        return str(self._subject.title(page))

    @override
    def load(self, services: Services, actor: Actor, customer_id: int) -> tuple[EarlierValue, ...]:
        return services.earlier.of_field(actor, customer_id, self._subject.key)

    @override
    def name(self, one: EarlierValue) -> str:
        return ""

    @override
    def words(self, one: EarlierValue) -> str:
        return self._subject.earlier_words(one)

    @override
    def put_back(
        self, services: Services, actor: Actor, page: CustomerPage, one: EarlierValue
    ) -> None:
        self._subject.put_back(services, actor, page, one)


class RememberedPerson(Remembered):
    """A contact with how to reach it; without a contact, how to reach the customer itself."""

    def __init__(self, contact_id: int | None) -> None:
        self._contact_id = contact_id

    @override
    def title(self, page: CustomerPage) -> str:
        held = people.person(page.record.draft, self._contact_id)
        return held.contact.name if held and held.contact else str(CONTACT_NAMES["points"])

    @override
    def load(self, services: Services, actor: Actor, customer_id: int) -> tuple[EarlierValue, ...]:
        if self._contact_id is None:
            return services.earlier.of_field(actor, customer_id, "points")
        return services.earlier.of_contact(actor, customer_id, self._contact_id)

    @override
    def name(self, one: EarlierValue) -> str:
        return str(CONTACT_NAMES[one.field]) if self._contact_id is not None else ""

    @override
    def words(self, one: EarlierValue) -> str:
        return stored_words(one.field, one.shown)

    @override
    def put_back(
        self, services: Services, actor: Actor, page: CustomerPage, one: EarlierValue
    ) -> None:
        before = page.record.draft
        typed = people.with_earlier(before, self._contact_id, one.field, one.stored)
        services.editing.save(actor, page.record.id, before, typed)


def put_back_words(name: str, value: str) -> str:
    """What the button says to who cannot see it."""
    value = value or tr("empty")
    if name:
        return tr("Put back {field}: {value}", field=name, value=value)
    return tr("Put back {value}", value=value)
