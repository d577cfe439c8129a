"""Who is meant by a name as people say it, among customers that were found."""

from collections.abc import Sequence

from app.domain.quick_people import Person, mentions, without_title
from app.domain.script import fold, is_han
from app.domain.surnames import SURNAMES
from app.domain.vocabulary import Kind
from app.services.finding import Hit, Named

__all__ = ["Person", "meant", "without_title"]


def meant(said: str, hit: Hit, people: Sequence[Person]) -> list[Named]:
    """The contact that is called so, else the customer if it is, else nobody."""
    texts = {(one.field, one.text) for one in hit.matched}
    titled = without_title(said) != said
    contacts = [
        one
        for one in people
        if _is_called(said, one) or (not titled and ("contact.name", one.name) in texts)
    ]
    named = [Named(hit.id, hit.name, one.id, one.name) for one in contacts if _may(said, one.name)]
    if named:
        return named
    if hit.kind is Kind.PERSON:
        own = _is_called(said, Person(0, hit.name)) or (not titled and ("name", hit.name) in texts)
        return [Named(hit.id, hit.name)] if own and _may(said, hit.name) else []
    called = any(field in {"name", "other_names"} for field, _ in texts)
    return [Named(hit.id, hit.name)] if called and not titled else []


def _is_called(said: str, person: Person) -> bool:
    """Is all of what is said what this person may be called?"""
    return any((one.start, one.end) == (0, len(said)) for one in mentions(said, [person]))


def _may(said: str, name: str) -> bool:
    """王伟 is not 王伟杰: a whole Chinese name is no beginning of another."""
    full = fold(name)
    whole = len(said) > 1 and all(map(is_han, said)) and said[0] in SURNAMES
    return not (whole and full != said and full.startswith(said))
