"""What was measured, and whether it is good enough."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Budget:
    """The most a figure may be, in its unit; `ratio`: also at most so many times the bare limit."""

    unit: str
    most: float
    ratio: float | None = None


BUDGETS = {
    "start_to_list": Budget("s", 1.0, 2.2),
    "key_median": Budget("ms", 20),
    "key_p95": Budget("ms", 60),
    "scroll_p95": Budget("ms", 16),
    "jump_end": Budget("ms", 40),
    "open_customer": Budget("ms", 60),
    "open_customer_10k": Budget("ms", 100),
    "log_call": Budget("ms", 30),
    "import_10k": Budget("s", 1.5),
    "import_100k": Budget("s", 12),
    "export_100k": Budget("s", 2.5),
    "reassign_10k": Budget("s", 0.3),
    "undo_10k": Budget("s", 0.3),
    "report_first": Budget("s", 0.5),
    "rss_mb": Budget("MB", 300),
    "today_fill": Budget("s", 0.3),
    "next_due": Budget("ms", 5),
    "rules_night": Budget("s", 10),
    "agent_rss_mb": Budget("MB", 70),
}


@dataclass(frozen=True)
class Figure:
    """A value and the least that is possible here, measured in the same run."""

    value: float
    bare: float | None = None


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.95))]


def middle(values: list[float]) -> float:
    return float(median(values))


def result(key: str, figure: Figure | None) -> dict[str, object] | None:
    """One entry of the results; None for what could not be measured, which counts as missed."""
    if figure is None:
        return None
    budget = BUDGETS[key]
    ratio = figure.value / figure.bare if figure.bare else None
    within = figure.value <= budget.most
    if budget.ratio is not None and ratio is not None:
        within = within and ratio <= budget.ratio
    return {
        "value": round(figure.value, 4),
        "unit": budget.unit,
        "bare": None if figure.bare is None else round(figure.bare, 4),
        "ratio": None if ratio is None else round(ratio, 2),
        "budget": budget.most,
        "within_budget": within,
    }


def line(key: str, found: dict[str, object] | None) -> str:
    """For people."""
    budget = BUDGETS[key]
    if found is None:
        return f"{key:17} missed                        (at most {budget.most} {budget.unit})"
    verdict = "" if found["within_budget"] else "  OVER"
    bare = "" if found["bare"] is None else f"  bare {found['bare']} ({found['ratio']}×)"
    value = f"{found['value']} {budget.unit}"
    return f"{key:17} {value:>14}  of {budget.most} {budget.unit}{verdict}{bare}"
