"""Makes .xls files record by record, of Excel 97 and of Excel 95."""

import struct

from tests.exchange.outlook_files import ole

EXCEL_97, EXCEL_95 = 0x0600, 0x0500
GENERAL, DAY, MOMENT, CLOCK, HOURS, PERCENT = range(6)
"""Formats of cells in every file made here."""

_BUILT_IN = {GENERAL: 0, DAY: 14, MOMENT: 22, CLOCK: 20, HOURS: 46, PERCENT: 10}
_OWN = 164


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def text(value, counted_by="H", wide=None):
    """A text of Excel 97, in one byte a character where that will do."""
    wide = any(sign > "\xff" for sign in value) if wide is None else wide
    raw = value.encode("utf-16-le", "surrogatepass") if wide else value.encode("latin-1")
    units = len(raw) // 2 if wide else len(raw)
    return struct.pack(f"<{counted_by}B", units, wide) + raw


def _at(row, column, of=GENERAL):
    return struct.pack("<HHH", row, column, of)


def figure(row, column, value, of=GENERAL):
    return record(0x0203, _at(row, column, of) + struct.pack("<d", value))


def small(row, column, value, of=GENERAL, hundredth=False):
    """A whole number in four bytes, or its hundredth."""
    return record(0x027E, _at(row, column, of) + _rk(value, hundredth))


def smalls(row, column, values, of=GENERAL):
    """Whole numbers side by side in one record."""
    cells = b"".join(struct.pack("<H", of) + _rk(value) for value in values)
    last = struct.pack("<H", column + len(values) - 1)
    return record(0xBD, struct.pack("<HH", row, column) + cells + last)


def _rk(value, hundredth=False):
    return struct.pack("<i", value << 2 | 2 | hundredth)


def half_float(row, column, value):
    """The upper half of a float in four bytes."""
    bits = struct.unpack("<Q", struct.pack("<d", value))[0] >> 32 & ~3
    return record(0x027E, _at(row, column) + struct.pack("<I", bits))


def shared(row, column, index):
    return record(0xFD, _at(row, column) + struct.pack("<I", index))


def label(row, column, value):
    return record(0x0204, _at(row, column) + text(value))


def old_label(row, column, value, encoding):
    raw = value.encode(encoding)
    return record(0x0204, _at(row, column) + struct.pack("<H", len(raw)) + raw)


def truth(row, column, value):
    return record(0x0205, _at(row, column) + bytes((value, 0)))


def error(row, column, code):
    return record(0x0205, _at(row, column) + bytes((code, 1)))


def formula(row, column, result, of=GENERAL, between=b""):
    """A formula with what it came to: a number, a truth, a text, or an error's code in bytes."""
    after = b""
    if isinstance(result, bool):
        kept = bytes((1, 0, result, 0, 0, 0, 0xFF, 0xFF))
    elif isinstance(result, bytes):
        kept = bytes((2, 0, result[0], 0, 0, 0, 0xFF, 0xFF))
    elif isinstance(result, str):
        kept = bytes((0, 0, 0, 0, 0, 0, 0xFF, 0xFF))
        after = between + record(0x0207, text(result))
    else:
        kept = struct.pack("<d", result)
    return record(0x06, _at(row, column, of) + kept + bytes(8)) + after


def merged(*ranges):
    """Each a first and last row, a first and last column."""
    return record(0xE5, struct.pack("<H", len(ranges)) + b"".join(
        struct.pack("<HHHH", *one) for one in ranges
    ))  # fmt: skip


def strings(*values):
    """The shared texts, cut into records in the middle of a text where they are long."""
    head = struct.pack("<II", len(values), len(values))
    return record(0xFC, head + b"".join(map(text, values)))


def size(rows, columns):
    return record(0x0200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))


def stream(*sheets, shared_texts=(), from_1904=False, own_format="", version=EXCEL_97, more=b""):
    """A workbook's records; each sheet is its name, whether it is hidden, and its cells."""
    begin = record(0x0809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0))
    before = begin + record(0x42, struct.pack("<H", 1200 if version == EXCEL_97 else 936))
    before += record(0x22, struct.pack("<H", from_1904)) + more
    if own_format:
        before += record(0x041E, struct.pack("<H", _OWN) + text(own_format))
    for index in _BUILT_IN.values():
        index = _OWN if own_format and index == 10 else index
        before += record(0xE0, struct.pack("<HH", 0, index) + bytes(16))
    after = (strings(*shared_texts) if shared_texts else b"") + record(0x0A)
    parts = [
        record(0x0809, struct.pack("<HHHHII", version, 0x10, 0, 0, 0, 0)) + cells + record(0x0A)
        for _, _, cells in sheets
    ]

    def directory(start):
        made = b""
        for (name, hidden, _), part in zip(sheets, parts, strict=True):
            called = text(name, "B")
            if version == EXCEL_95:
                called = bytes((len(name.encode("gbk")),)) + name.encode("gbk")
            made += record(0x85, struct.pack("<IBB", start, hidden, 0) + called)
            start += len(part)
        return made

    globals_size = len(before) + len(directory(0)) + len(after)
    return before + directory(globals_size) + after + b"".join(parts)


def xls(*sheets, **more):
    """A whole .xls of Excel 97."""
    return ole({"Workbook": stream(*sheets, **more)})


def sheet(cells, name="Sheet1", hidden=0):
    return name, hidden, cells
