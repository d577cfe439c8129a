"""The doors to the database: sessions, visibility, journal, search index, big lists, backup."""
