"""The window. Nothing here knows the database."""
