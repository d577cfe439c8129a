"""Sets and vectors of ids: handed to SQL as one parameter, fetched as one text.

A million ids travel as one string in 0.1 s; row by row it takes four times as long. numpy, a fifth
of the memory of a program that only reminds, is loaded with the first vector.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ARRAY, BigInteger, Select, String, Text, bindparam, cast, func, select
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

IdVector: TypeAlias = "NDArray[np.int64]"

_PIECE = 200_000
_FEW = 1_000
"""So many are looked through one by one without being felt."""


def no_ids() -> IdVector:
    """The empty vector."""
    import numpy as np

    return np.empty(0, dtype=np.int64)


def id_set(session: Session, ids: Iterable[int]) -> Select[tuple[int]]:
    """A select of these ids, for `column.in_(…)`, however many they are."""
    return _set_of(session.get_bind().dialect.name, None, id_value(session, ids))


def named_set(backend: str, name: str) -> Select[tuple[int]]:
    """As `id_set` for a statement that is kept: `id_value` is given for `name` when it runs."""
    return _set_of(backend, name, None)


def named_texts(backend: str, name: str) -> Any:
    """Texts as rows of one column for a kept statement; `text_value` is given for `name`."""
    if backend == "sqlite":
        return func.json_each(bindparam(name, type_=String)).table_valued("value")
    array = cast(bindparam(name, type_=ARRAY(String)), ARRAY(String))
    return func.unnest(array).table_valued("value").render_derived()


def text_value(session: Session, texts: Iterable[str]) -> Any:
    """The parameter that stands for these texts."""
    plain = list(texts)
    if session.get_bind().dialect.name == "sqlite":
        return json.dumps(plain, ensure_ascii=False)
    return plain


def id_value(session: Session, ids: Iterable[int]) -> Any:
    """The parameter that stands for these ids."""
    plain = id_list(ids)
    return json.dumps(plain) if session.get_bind().dialect.name == "sqlite" else plain


def id_list(ids: Iterable[int]) -> list[int]:
    """The ids as plain numbers, of a vector too."""
    # a vector's own way is much faster
    tolist = getattr(ids, "tolist", None)
    return list(ids) if tolist is None else tolist()


def text_set(session: Session, texts: Iterable[str]) -> Select[tuple[str]]:
    """As `id_set` of texts."""
    plain = list(texts)
    if session.get_bind().dialect.name == "sqlite":
        given = bindparam(None, json.dumps(plain), type_=String)
        rows = func.json_each(given).table_valued("value")
        return select(rows.c.value)
    array = bindparam(None, plain, type_=ARRAY(Text))
    return select(func.unnest(cast(array, ARRAY(Text))).label("value"))


def _set_of(backend: str, name: str | None, value: Any) -> Select[tuple[int]]:
    given: Any = {} if value is None else {"value": value}
    if backend == "sqlite":
        rows = func.json_each(bindparam(name, type_=String, **given)).table_valued("value")
        return select(rows.c.value)
    array = bindparam(name, type_=ARRAY(BigInteger), **given)
    return select(func.unnest(cast(array, ARRAY(BigInteger))).label("value"))


def fetch_ids(session: Session, query: Select[Any]) -> IdVector:
    """The first column of `query`, in its order, as a vector."""
    # options such as those of the recycle bin are read from the statement that is executed
    options = query.get_execution_options()
    joined = joined_ids(query, session.get_bind().dialect.name)
    return parsed_ids(session.scalar(joined, execution_options=options))


def joined_ids(query: Select[Any], backend: str) -> Select[Any]:
    """A select of one text: the first column of `query`, for `parsed_ids`."""
    rows = query.subquery()
    column = next(iter(rows.c))
    if backend == "sqlite":
        joined: Any = func.group_concat(column)
    else:
        joined = func.string_agg(cast(column, String), ",")
    return select(joined).select_from(rows)


def parsed_ids(text: str | None) -> IdVector:
    """The vector of what `joined_ids` selected."""
    import numpy as np

    if not text:
        return no_ids()
    # Piece by piece: reading numbers lets no other thread run, the window's included.
    parts: list[IdVector] = []
    start = 0
    while start < len(text):
        end = text.find(",", start + _PIECE)
        piece = text[start:] if end < 0 else text[start:end]
        parts.append(np.fromstring(piece, dtype=np.int64, sep=","))
        start += len(piece) + 1
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def runs(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Blocks of consecutive ids, first and last: few for what was made in bulk."""
    plain = id_list(ids)
    if len(plain) > _FEW:
        yield from _many_runs(plain)
        return
    first = last = None
    for one in sorted(plain):
        if first is None or last is None:
            first = one
        elif one > last + 1:
            yield first, last
            first = one
        last = one
    if first is not None and last is not None:
        yield first, last


def _many_runs(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    import numpy as np

    vector = np.unique(np.fromiter(ids, dtype=np.int64))
    breaks = np.flatnonzero(np.diff(vector) != 1)
    firsts = vector[np.concatenate(([0], breaks + 1))]
    lasts = vector[np.concatenate((breaks, [len(vector) - 1]))]
    yield from zip(firsts.tolist(), lasts.tolist(), strict=True)
