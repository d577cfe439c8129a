"""Widgets that at least two screens use."""
