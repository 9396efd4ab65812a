"""The program that draws, as one file: a delegation runs the draw again with Python and nothing else.

``python3 replay.pyz DIR [DIR ...]`` reads ``input.csv`` and ``draw.json`` in the last folder, and the results of the
draws before in the others, writes what they give into ``DIR/again`` and says whether that is what was published. The
archive is the package ``lots.algorithm``, the same bytes on every server.
"""

import io
import zipfile
from functools import cache
from pathlib import Path

from lots import algorithm

_MAIN = '''"""Run a drawing of lots once more: python3 replay.pyz DIR, where DIR holds input.csv and draw.json.

A draw that builds on others comes last, after the folders of all of those, the oldest first.
"""

import json
import sys
from pathlib import Path

from lots.algorithm import DrawInput


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    *before, folder = map(Path, sys.argv[1:])
    said = json.loads((folder / "draw.json").read_text("utf-8"))
    if said.get("kind") == "brought_in":
        print("This draw was made elsewhere and brought in: it has no seed, and cannot be run again.")
        return 1
    results = [(each / "result.json").read_bytes() for each in before]
    drawn = DrawInput.from_files(said, (folder / "input.csv").read_bytes(), results).drawn(said["seed"])
    again, same = folder / "again", True
    again.mkdir(exist_ok=True)
    for name, content in drawn.files().items():
        (again / name).write_bytes(content)
        is_same = (folder / name).is_file() and (folder / name).read_bytes() == content
        same = same and is_same
        print(f"{name}: {'the same bytes' if is_same else 'DIFFERENT'}")
    return 0 if same else 1


sys.exit(main())
'''
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file knows: the archive does not depend on the day


@cache
def archive_bytes() -> bytes:
    """The archive; Python runs it as it is (``python3 replay.pyz``)."""
    package = Path(str(algorithm.__file__)).parent
    files = {f"lots/algorithm/{path.name}": path.read_bytes() for path in sorted(package.glob("*.py"))}
    files |= {"lots/__init__.py": b"", "__main__.py": _MAIN.encode()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:  # not compressed: that differs between versions of zlib
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), text)
    return content.getvalue()
