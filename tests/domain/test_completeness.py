"""What is missing in a customer's record."""

from app.domain.completeness import completeness
from app.domain.customer import ContactDraft, CustomerDraft
from app.domain.vocabulary import ContactRole
from app.i18n import Message

WHO = Message("Who decides")


def test_who_decides_is_missing_until_a_contact_decides():
    adviser, decider = (
        ContactDraft("吴敏", role=ContactRole.ADVISES),
        ContactDraft("陈国强", role=ContactRole.DECIDES),
    )
    assert WHO in completeness(CustomerDraft("国强建材", contacts=(adviser,)), 0).missing
    both = CustomerDraft("国强建材", contacts=(adviser, decider))
    assert WHO not in completeness(both, 0).missing
