"""SQLAlchemy tables, one aggregate a file. Importing this names them all."""

from app.models.base import Base, Journalled, joined_models, journalled_models
from app.models.contact import Contact, ContactPoint
from app.models.customer import Customer, CustomerShare, CustomerTag, Tag
from app.models.journal import Change, ChangeSet
from app.models.kept import Export, KeptReport
from app.models.saved_view import ImportMapping, SavedView
from app.models.staff import Staff, Team

__all__ = [
    "Base",
    "Change",
    "ChangeSet",
    "Contact",
    "ContactPoint",
    "Customer",
    "CustomerShare",
    "CustomerTag",
    "Export",
    "ImportMapping",
    "Journalled",
    "KeptReport",
    "SavedView",
    "Staff",
    "Tag",
    "Team",
    "joined_models",
    "journalled_models",
]
