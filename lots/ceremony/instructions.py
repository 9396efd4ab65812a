"""What people type to commit to a value and to check a draw; the tests run it."""

from collections.abc import Sequence

from lots.ceremony.seeding import combined
from lots.files import NAMES

EXAMPLE = "4711/our secret words"
# Each with the system it is for; names of systems are the same in every language.
COMMITMENT_COMMANDS = (
    ("Linux", f"printf '%s' '{EXAMPLE}' | sha256sum"),
    ("macOS", f"printf '%s' '{EXAMPLE}' | shasum -a 256"),
    (
        "Windows PowerShell",
        "[BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash("
        f"[Text.Encoding]::UTF8.GetBytes('{EXAMPLE}'))).Replace('-', '').ToLower()",
    ),
    ("Python", f"python3 -c \"import hashlib; print(hashlib.sha256('{EXAMPLE}'.encode()).hexdigest())\""),
)
CHECKED_FILES = (*NAMES, "verify.py")
VERIFY_COMMAND = "python3 verify.py ."
REPLAY_COMMAND = "python3 replay.pyz ."


def commands_for(codes: Sequence[str]) -> tuple[str, str]:
    """How a draw is verified and run again: it, or a chain of draws in folders that bear their codes, oldest first."""
    if len(codes) == 1:
        return VERIFY_COMMAND, REPLAY_COMMAND
    folders = " ".join(codes)
    return f"python3 verify.py {folders}", f"python3 replay.pyz {folders}"


EXAMPLE_SEED = combined([("african", "4711"), ("asia-pacific", "20"), ("public-1", "88.13")])
