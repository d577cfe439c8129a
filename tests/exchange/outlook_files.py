"""Makes .msg files: an OLE file of 512-byte sectors, and the properties of a mail in it."""

import struct
from datetime import UTC, datetime, timedelta

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL, LEAST_LARGE = 512, 64, 4096
TEXT, BYTE_TEXT, BYTES, OBJECT, LONG, TIME = 0x1F, 0x1E, 0x102, 0x0D, 0x03, 0x40


def ole(tree):
    """An OLE file's bytes: `tree` is name → bytes of a stream, or name → tree of a storage."""
    entries = [{"name": "Root Entry", "kind": 5, "tree": tree}]
    _add(entries, 0)
    sectors, fat = [], []

    def store(data):
        """Puts data into sectors; the number of the first one."""
        if not data:
            return END
        first = len(sectors)
        for place in range(0, len(data), SECTOR):
            sectors.append(data[place : place + SECTOR].ljust(SECTOR, b"\0"))
            fat.append(len(sectors))
        fat[-1] = END
        return first

    small, small_fat = b"", []
    for entry in entries[1:]:
        data = entry.get("data", b"")
        entry["size"] = len(data)
        if entry["kind"] != 2 or not data:
            entry["start"] = END if entry["kind"] == 2 else 0
        elif len(data) >= LEAST_LARGE:
            entry["start"] = store(data)
        else:
            entry["start"] = len(small_fat)
            count = -(-len(data) // SMALL)
            small_fat += [*range(len(small_fat) + 1, len(small_fat) + count), END]
            small += data.ljust(count * SMALL, b"\0")
    entries[0] |= {"start": store(small), "size": len(small)}
    small_start = store(b"".join(struct.pack("<I", one) for one in small_fat))
    small_count = -(-len(small_fat) * 4 // SECTOR)
    directory = b"".join(map(_entry, entries))
    directory_start = store(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    fat_count = 1
    while (len(fat) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    fat_start = len(sectors)
    fat += [FAT_SECTOR] * fat_count
    fat += [FREE] * (fat_count * SECTOR // 4 - len(fat))
    sectors.append(b"".join(struct.pack("<I", one) for one in fat))
    places = [*range(fat_start, fat_start + fat_count), *[FREE] * (109 - fat_count)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    numbers = [0, fat_count, directory_start, 0, LEAST_LARGE]
    numbers += [small_start if small_fat else END, small_count, END, 0, *places]
    head += b"".join(struct.pack("<I", one) for one in numbers)
    return head + b"".join(sectors)


def _add(entries, parent):
    tree = entries[parent].pop("tree")
    numbers = {}
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        numbers[name] = len(entries)
        held = tree[name]
        kind = {"kind": 1, "tree": held} if isinstance(held, dict) else {"kind": 2, "data": held}
        entries.append({"name": name, **kind})
    entries[parent]["child"] = _balanced(entries, list(numbers.values()))
    for number in numbers.values():
        if "tree" in entries[number]:
            _add(entries, number)


def _balanced(entries, numbers):
    """Links the entries as a search tree; its top."""
    if not numbers:
        return FREE
    middle = len(numbers) // 2
    entries[numbers[middle]]["left"] = _balanced(entries, numbers[:middle])
    entries[numbers[middle]]["right"] = _balanced(entries, numbers[middle + 1 :])
    return numbers[middle]


def _entry(entry):
    name = (entry["name"] + "\0").encode("utf-16-le")
    links = [entry.get(side, FREE) for side in ("left", "right", "child")]
    return name.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(name), entry["kind"], 1, *links, 0, entry["start"], entry["size"]
    )


def storage(properties, head=8, page=None):
    """A storage's streams: a property's number → text, bytes, whole number, time or storage.

    Text is wide, or in the code page given.
    """
    tree, fixed = {}, bytes(head)
    for number, value in properties.items():
        if isinstance(value, datetime):
            since = value - datetime(1601, 1, 1, tzinfo=UTC)
            kind, short = TIME, since // timedelta(microseconds=1) * 10
        elif isinstance(value, int):
            kind, short = LONG, value
        elif isinstance(value, dict):
            kind, short = OBJECT, 0xFFFFFFFF
        elif isinstance(value, bytes):
            kind, short = BYTES, len(value)
        else:
            kind = BYTE_TEXT if page else TEXT
            value = value.encode(page or "utf-16-le")
            short = len(value) + (1 if page else 2)
        fixed += struct.pack("<IIQ", number << 16 | kind, 6, short)
        if kind not in {TIME, LONG}:
            tree[f"__substg1.0_{number:04X}{kind:04X}"] = value
    tree["__properties_version1.0"] = fixed
    return tree


def mail(properties, recipients=(), files=(), head=32, page=None):
    """The storage of a mail."""
    tree = storage(properties, head, page)
    for number, recipient in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = storage(recipient, page=page)
    for number, file in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = storage(file, page=page)
    return tree


def msg(properties, recipients=(), files=(), page=None):
    """A whole .msg."""
    tree = mail(properties, recipients, files, page=page)
    tree["__nameid_version1.0"] = {
        "__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""
    }  # fmt: skip
    return ole(tree)
