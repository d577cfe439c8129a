"""What a list shows: filter, order and search text, in the form that views and commands share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListQuery:
    """`filter` in the filter language; `sort` a column key, with `-` before it for descending.

    `search` is what was typed into the search field; its hits come in ranked order, or with
    `ranked` off in that of `sort`.
    """

    filter: str = ""
    sort: str = "name"
    search: str = ""
    ranked: bool = True
