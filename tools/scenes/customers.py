"""Customers: list, details, form, bulk changes; the recycle bin."""

from typing import Final

from tools.scenes.stage import Scene, Stage


def _list(stage: Stage) -> None:
    stage.go("customers")


def _form(stage: Stage) -> None:
    stage.go("customers")
    stage.do("customers.edit")


def _new(stage: Stage) -> None:
    stage.go("customers")
    stage.do("customers.new")


def _filter(stage: Stage) -> None:
    stage.go("customers")
    stage.do("customers.filter")


def _delete(stage: Stage) -> None:
    stage.go("customers")
    stage.do("customers.delete")


def _bin(stage: Stage) -> None:
    stage.go("recycle_bin")


SCENES: Final = (
    Scene("customers", _list),
    Scene("customers_one", _list, "one"),
    Scene("customers_empty", _list, "empty"),
    Scene("customer_form", _form),
    Scene("customer_new", _new),
    Scene("customers_filter", _filter),
    Scene("customers_delete", _delete),
    Scene("recycle_bin", _bin),
    Scene("recycle_bin_empty", _bin, "empty"),
)
