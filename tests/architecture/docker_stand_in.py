"""``docker`` for machines without one: ``compose exec`` and ``compose run`` run the command on this machine.

Everything else is only noted. What stands for a container is described in docker.json beside this program.
"""

import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
ONLY_NOTED = {"build", "up", "stop", "down"}


def main(words: list[str]) -> None:
    with (HERE / "docker.log").open("a") as log:
        log.write(" ".join(words) + "\n")
    if words[0] != "compose":
        raise SystemExit(f"unknown: {words}")
    verb, *rest = words[1:]
    if verb in ONLY_NOTED:
        return
    allowed = {"exec": {"-T", "--no-TTY"}, "run": {"-T", "--rm", "--no-deps"}}[verb]
    while rest[0].startswith("-"):
        allowed.remove(rest.pop(0))
    place = json.loads((HERE / "docker.json").read_text())
    service, *command = rest
    for pattern, address in place["addresses"]:
        command = [re.sub(pattern, address, word) for word in command]
    os.chdir(place["folder"])
    os.execvpe(command[0], command, place["services"][service]["environment"])  # noqa: S606 - that is its purpose


if __name__ == "__main__":
    main(sys.argv[1:])
