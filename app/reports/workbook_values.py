"""Formulas that carry what they come to.

openpyxl writes formulas without values: a preview on a telephone, or whoever reads the file
without computing, would find empty cells. The values are put into the finished package.
"""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

Values: TypeAlias = dict[str, dict[str, float]]
"""By the title of the sheet and the place of the cell, as B7."""


def with_values(package: bytes, titles: Sequence[str], values: Values) -> bytes:
    """The same workbook; `titles` are its sheets in their order."""
    parts = {
        f"xl/worksheets/sheet{number}.xml": values[title]
        for number, title in enumerate(titles, 1)
        if title in values
    }
    made = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in parts:
                content = _filled(content.decode(), parts[entry.filename]).encode()
            target.writestr(entry, content)
    return made.getvalue()


def _filled(sheet: str, values: Mapping[str, float]) -> str:
    for place, value in values.items():
        empty = re.compile(rf'(<c r="{place}"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')
        sheet, count = empty.subn(rf"\g<1><v>{value!r}</v>", sheet)
        assert count == 1, f"no formula at {place}"
    return sheet
