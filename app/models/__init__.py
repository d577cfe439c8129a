"""SQLAlchemy tables, one aggregate a file. Importing this names them all."""

from app.models.attachment import Attachment
from app.models.base import Assigned, Base, Joined, Journalled, joined_models, journalled_models
from app.models.contact import Contact, ContactPoint
from app.models.custom_field import CustomField, CustomValue
from app.models.customer import Customer, CustomerShare, CustomerTag, Tag
from app.models.fact import Fact
from app.models.greeting import Greeting, GreetingChoice, GreetingTemplate
from app.models.interaction import Interaction, InteractionProduct, Note
from app.models.journal import Change, ChangeSet
from app.models.kept import Export, KeptReport
from app.models.product import Product
from app.models.promise import Promise, PromiseMove
from app.models.reminder import Delivery, Reminder
from app.models.reminder_rule import ReminderRule, RuleRun
from app.models.saved_view import ImportMapping, SavedView
from app.models.staff import Staff, Team
from app.models.working_day import WorkingDay

__all__ = [
    "Assigned",
    "Attachment",
    "Base",
    "Change",
    "ChangeSet",
    "Contact",
    "ContactPoint",
    "CustomField",
    "CustomValue",
    "Customer",
    "CustomerShare",
    "CustomerTag",
    "Delivery",
    "Export",
    "Fact",
    "Greeting",
    "GreetingChoice",
    "GreetingTemplate",
    "ImportMapping",
    "Interaction",
    "InteractionProduct",
    "Joined",
    "Journalled",
    "KeptReport",
    "Note",
    "Product",
    "Promise",
    "PromiseMove",
    "Reminder",
    "ReminderRule",
    "RuleRun",
    "SavedView",
    "Staff",
    "Tag",
    "Team",
    "WorkingDay",
    "joined_models",
    "journalled_models",
]
