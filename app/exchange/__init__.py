"""Readers and writers of files: plain rows in and out."""
