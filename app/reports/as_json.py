"""A report for other programs."""

from dataclasses import asdict
from typing import Any

from app.reports.base import as_plain
from app.reports.runner import Loaded


def as_json(loaded: Loaded[Any]) -> dict[str, Any]:
    """Plain values: report, period, filter, variant, figures by name, tables by name."""
    report = loaded.report
    period = loaded.asked.period
    return {
        "report": report.name,
        "period": {
            "from": period.begin.isoformat() if period.begin else None,
            "to": period.end.isoformat() if period.end else None,
        },
        "filter": loaded.filter,
        "variant": report.variant,
        "at": loaded.at.isoformat(),
        "figures": {name: asdict(one) for name, one in report.figures(loaded.data).items()},
        "tables": {
            table.name: {
                "columns": [column.key for column in table.columns],
                "rows": [[as_plain(cell) for cell in row] for row in table.rows],
            }
            for table in report.tables(loaded.data)
        },
    }
