"""How much memory a process holds."""

from pathlib import Path


def resident_mb(process: int | str = "self") -> float:
    """Resident memory of a process; 0 where the system does not say."""
    for row in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if row.startswith("VmRSS"):
            return int(row.split()[1]) / 1024
    return 0.0
