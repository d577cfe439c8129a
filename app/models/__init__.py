"""SQLAlchemy tables, one aggregate a file. Importing this names them all."""

from app.models.attachment import Attachment
from app.models.base import Base, Joined, Journalled, joined_models, journalled_models
from app.models.contact import Contact, ContactPoint
from app.models.custom_field import CustomField, CustomValue
from app.models.customer import Customer, CustomerShare, CustomerTag, Tag
from app.models.fact import Fact
from app.models.interaction import Interaction, InteractionProduct, Note
from app.models.journal import Change, ChangeSet
from app.models.kept import Export, KeptReport
from app.models.product import Product
from app.models.saved_view import ImportMapping, SavedView
from app.models.staff import Staff, Team

__all__ = [
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
    "Export",
    "Fact",
    "ImportMapping",
    "Interaction",
    "InteractionProduct",
    "Joined",
    "Journalled",
    "KeptReport",
    "Note",
    "Product",
    "SavedView",
    "Staff",
    "Tag",
    "Team",
    "joined_models",
    "journalled_models",
]
