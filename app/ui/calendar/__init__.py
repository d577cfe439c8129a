"""The calendar: a month, a week, or what comes day by day."""
