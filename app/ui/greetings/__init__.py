"""Greetings of a day: looked at one by one, edited, copied, printed; their templates."""
