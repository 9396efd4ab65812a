"""How much memory this process has needed."""

from pathlib import Path


def peak_megabytes() -> float:
    """The most that was resident. The kernel's figure for this program alone: ``getrusage`` inherits the parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this kernel does not say how much memory a process has needed")
