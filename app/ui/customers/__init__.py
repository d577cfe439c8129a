"""The customers: list, details, form, bulk changes."""
