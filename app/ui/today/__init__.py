"""The first page: what is to be done today, and in the week ahead."""
