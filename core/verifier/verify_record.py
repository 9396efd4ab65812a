"""Check a record of the review mechanism: was anything removed, altered, reordered or put in between?

    python3 verify_record.py RECORD [--head "SEQUENCE HASH"] [--older OLDER.json]
                             [--root HASH] [--roots FOLDER] [--key FINGERPRINT]

RECORD is a file that the portal gives a State: the record of acts (.json), which is the whole chain, the acts that the
State may read in full and hashes of the others; or the whole record of a review (.zip), which has that in it, and of
which every file is checked against its manifest first. `--head` is a head that you have from elsewhere, above all from
the printed page of a document that was cleared: the chain must have had it (spaces in the hash do not matter; may be
given several times). `--older` is a record of acts of the same chain that you downloaded before: the new one must begin
with it. `--root` is the hash of a root that you have from elsewhere (a mail, a page, a colleague), or its file as the
portal gave it out: the record must lead to it, so that nothing which was there that night is gone. `--roots` is a
folder of such files: each must follow the one before. `--key` is the fingerprint of the key that must have signed them.

Nothing else is needed but Python 3.8 or later: no network, and nothing of the portal. Only signatures need more, the
package `cryptography`: without it the program says that it has not looked at them. The exit status is 0 when all
holds, 1 when anything does not, 2 when the program was not called as above. Format and rules: docs/audit.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
LARGEST, LARGEST_ARCHIVE, PIECE = 500_000_000, 20_000_000_000, 1_000_000  # bytes
MOST_FILES, MANIFEST = 50_000, "manifest.json"
MANIFEST_KEYS = set(
    "fetched_by files format format_version head language made_at mechanism reader record review".split()
)
FILE_KEYS = {"frozen_sha256", "kind", "path", "sha256", "size", "title"}
SAFE_PATH = r"\w[\w.-]*(/\w[\w.-]*)*"
RECORD_KEYS = {
    1: {"format", "format_version", "chain", "reader", "head", "entries"},
    2: {"format", "format_version", "chain", "reader", "head", "entries", "roots"},
}
ROOT_KEYS = {"public_key", "root", "signature", "statement"}
STATEMENT_KEYS = {"day", "earlier", "format", "format_version", "key", "number", "tree"}
PROOF_KEYS = {"hash", "path", "salt", "sequence"}
DEPTH = 48  # of the tree over the heads of all chains
ENTRY_KEYS = {"sequence", "content_hash", "hash"}
CONTENT_KEYS = {
    "acting_state", "actor", "actor_name", "address_hash", "after", "at", "before", "concerned_states", "nonce",
    "reason", "room", "target", "verb",
}  # fmt: skip


class BrokenError(Exception):
    """Says in words what does not hold."""


def require(condition: object, reason: str) -> None:
    if not condition:
        raise BrokenError(reason)


def digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def canonical(value: Any) -> str:
    """JSON in the one form that is hashed: keys in order, no white space, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def is_hash(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_count(value: Any) -> bool:
    return is_number(value) and value >= 0


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values under one key could say different things to different readers."""
    require(len(dict(pairs)) == len(pairs), "a key stands twice in one object")
    return dict(pairs)


def refuse_constant(name: str) -> None:
    raise BrokenError(f"{name} is no number of JSON")


def read_json(path: Path) -> Any:
    require(path.is_file(), f"{path} is missing, or no file")
    require(path.stat().st_size <= LARGEST, f"{path} is larger than {LARGEST} bytes")
    return parse_json(path.read_bytes(), str(path))


def parse_json(content: bytes, path: str) -> Any:
    try:
        text = content.decode("utf-8")
        value = json.loads(text, object_pairs_hook=without_repeats, parse_constant=refuse_constant)
        canonical(value).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BrokenError(f"{path} is no JSON: {error}") from error
    return value


def as_record(record: Any, path: str) -> dict[str, Any]:
    """What was read as an object of the right shape; its entries and roots are looked at later."""
    require(isinstance(record, dict) and record.get("format") == "record-of-acts", f"{path} is no record of acts")
    version = record.get("format_version")
    require(is_number(version) and version in RECORD_KEYS, f"{path} has an unknown format")
    require(set(record) == RECORD_KEYS[version], f"{path} is no record of acts")
    for key in ("chain", "reader"):
        is_name = isinstance(record[key], str) and re.fullmatch(r"[A-Za-z0-9._/-]{1,100}", record[key])
        require(is_name, f"{path} names no {key}")
    for key in ("entries", "roots"):
        require(isinstance(record.get(key, []), list), f"{path} holds no list of {key}")
    head = record["head"]
    is_head = isinstance(head, dict) and set(head) == {"sequence", "hash"} and is_hash(head["hash"])
    require(is_head and is_number(head["sequence"]), f"{path} names no head")
    return record


def check_content(entry: dict[str, Any], where: str) -> None:
    """What can be read is what was hashed. Entries of the one chain of before say its hash too."""
    content, origin = entry["content"], entry.get("origin")
    is_whole = isinstance(content, dict) and set(content) - {"earlier_hash"} == CONTENT_KEYS
    require(is_whole, f"{where} does not say what an entry says")
    require(isinstance(content["nonce"], str) and len(content["nonce"]) >= 32, f"{where} has no random number")
    require(digest(canonical(content)) == entry["content_hash"], f"{where} was altered: its words do not fit its hash")
    if origin is not None:
        require(digest(canonical(origin)) == content["address_hash"], f"{where}: the address was altered")


def check_entry(entry: Any, number: int, previous: str, chain: str) -> str:
    """Check the entry that must be number ``number`` and follow ``previous``; give its hash."""
    where = f"entry {number} of {chain}"
    require(isinstance(entry, dict) and set(entry) >= ENTRY_KEYS, f"{where} is no entry")
    require(set(entry) - ENTRY_KEYS <= {"content", "origin"}, f"{where} holds what no entry holds")
    require("content" in entry or "origin" not in entry, f"{where} says from where, but not what")
    found = entry["sequence"]
    is_next = is_number(found) and found == number
    require(
        is_next, f"{where} is not in its place: entry {found!r} stands there (removed, put in between or reordered)"
    )
    require(is_hash(entry["content_hash"]) and is_hash(entry["hash"]), f"{where} has no hash")
    expected = digest(f"{previous}\n{entry['content_hash']}\n{chain}\n{number}")
    require(entry["hash"] == expected, f"{where} does not follow the entry before it, or is of another chain")
    if "content" in entry:
        check_content(entry, where)
    return expected


def check_chain(record: dict[str, Any]) -> list[str]:
    """Check all entries and the head of the file; give the hashes, the beginning of the chain first."""
    hashes, chain = [GENESIS], record["chain"]
    for number, entry in enumerate(record["entries"], start=1):
        hashes.append(check_entry(entry, number, hashes[-1], chain))
    last = {"sequence": len(hashes) - 1, "hash": hashes[-1]}
    require(record["head"] == last, f"the head of {chain} is not its last entry: entries are missing at the end")
    return hashes


def parse_head(text: str) -> tuple[int, str]:
    """A number and a hash, which may be in groups. Raises ArgumentTypeError."""
    number, _space, rest = text.strip().partition(" ")
    value = "".join(rest.split()).lower()
    if not re.fullmatch("[0-9]{1,18}", number) or not is_hash(value):
        raise argparse.ArgumentTypeError('a head is a number and a hash of 64 digits, as in "12 3f0a …"')
    return int(number), value


def check_head(hashes: list[str], head: tuple[int, str], chain: str) -> None:
    number, value = head
    require(number < len(hashes), f"{chain} has no entry {number}: it ends with entry {len(hashes) - 1}")
    require(hashes[number] == value, f"entry {number} of {chain} has another hash than the head you gave")


def check_older(record: dict[str, Any], hashes: list[str], older: dict[str, Any]) -> None:
    """The older record must be the beginning of this one."""
    chain = record["chain"]
    require(older["chain"] == chain, f"the older record is of another chain: {older['chain']}")
    before = check_chain(older)
    for number, value in enumerate(before):
        require(number < len(hashes), f"entry {number} of {chain} is in the older record, and gone from this one")
        require(hashes[number] == value, f"entry {number} of {chain} is not what it was in the older record")


def read_root(given: Any, extra: set[str], where: str) -> str:
    """Check that a root is what it says, but for its signature; give how it is called."""
    require(isinstance(given, dict) and set(given) == ROOT_KEYS | extra, f"{where} is no root")
    statement = given["statement"]
    require(isinstance(statement, dict) and set(statement) == STATEMENT_KEYS, f"{where} does not say what a root says")
    is_known = statement["format"] == "root-of-records" and statement["format_version"] == 1
    is_placed = is_number(statement["number"]) and isinstance(statement["day"], str)
    require(is_known and is_placed, f"{where} has an unknown format")
    name = f"root {statement['number']} of {statement['day']}"
    require(given["root"] == digest(canonical(statement)), f"{name} was altered: its words do not fit its hash")
    key, public_key, signature = statement["key"], given["public_key"], given["signature"]
    is_bare = (key, public_key, signature) == ("", "", "")
    is_keyed = is_hash(public_key) and sha256(bytes.fromhex(public_key)).hexdigest() == key
    require(is_bare or is_keyed, f"{name} does not show the key that it names")
    return name


def signed_by(given: dict[str, Any], name: str, wanted: str | None) -> str:
    """Check the signature of a root where that can be done; say what is known of it."""
    key = given["statement"]["key"]
    require(wanted in (None, key), f"{name} is not signed with the key that you gave")
    if not key:
        return "not signed"
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        require(wanted is None, "signatures cannot be checked here: the package cryptography is not installed")
        return "its signature was NOT checked: the package cryptography is not installed"
    try:
        public_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(given["public_key"]))
        public_key.verify(bytes.fromhex(given["signature"]), canonical(given["statement"]).encode("utf-8"))
    except (InvalidSignature, ValueError, TypeError) as error:
        raise BrokenError(f"{name} is not signed with its key") from error
    return f"signed with the key {key}"


def top_over(chain: str, proof: dict[str, Any]) -> str:
    """The top of the tree to which a proof leads from the chain. The name of the chain says which way to turn."""
    leaf = {"chain": chain, "hash": proof["hash"], "salt": proof["salt"], "sequence": proof["sequence"]}
    value = sha256(b"\x00" + canonical(leaf).encode("utf-8")).digest()
    place = int.from_bytes(sha256(chain.encode("utf-8")).digest()[: DEPTH // 8], "big")
    for text in proof["path"]:
        beside = bytes.fromhex(text)
        value = sha256(b"\x01" + (beside + value if place & 1 else value + beside)).digest()
        place >>= 1
    return value.hex()


def check_root(given: Any, hashes: list[str], chain: str, key: str | None) -> str:
    """The chain has what stood under a root that the file leads to; say so."""
    name = read_root(given, {"proof"}, f"a root of {chain}")
    proof = given["proof"]
    require(isinstance(proof, dict) and set(proof) == PROOF_KEYS, f"{name} shows no way from {chain}")
    path, number = proof["path"], proof["sequence"]
    is_path = isinstance(path, list) and len(path) == DEPTH and all(map(is_hash, path))
    require(is_path and is_hash(proof["salt"]) and is_count(number), f"{name} shows no way from {chain}")
    require(top_over(chain, proof) == given["statement"]["tree"], f"{name} was not made over {chain} as the file says")
    require(number < len(hashes), f"{chain} ends with entry {len(hashes) - 1}: at {name} it had {number}")
    require(hashes[number] == proof["hash"], f"entry {number} of {chain} is not the one that was there at {name}")
    return f"at {name} {chain} had {number} entries, which are all there; {signed_by(given, name, key)}"


def check_folder(folder: Path, record: dict[str, Any], key: str | None) -> str:
    """Files of roots follow each other, and those that the record leads to are among them."""
    files = [(path, read_json(path)) for path in sorted(folder.glob("root-*.json"))]
    names = {path: read_root(given, set(), str(path)) for path, given in files}
    files.sort(key=lambda file: file[1]["statement"]["number"])
    for place in range(1, len(files)):
        (path, given), before = files[place], files[place - 1][1]
        said, earlier = given["statement"], before["statement"]
        follows = said["number"] == earlier["number"] + 1 and said["earlier"] == before["root"]
        require(follows and said["day"] > earlier["day"], f"{names[path]} does not follow root {earlier['number']}")
    for path, given in files:
        signed_by(given, names[path], key)
    known = {given["root"] for _path, given in files}
    strange = [given["statement"]["day"] for given in record.get("roots", []) if given["root"] not in known]
    require(not strange, f"the record leads to a root of {strange[:1]} that is not in {folder}")
    return f"{len(files)} roots in {folder} follow each other"


def parse_root(text: str) -> str:
    """A hash, which may be in groups, or a file of a root. Raises ArgumentTypeError."""
    value = "".join(text.split()).lower()
    if is_hash(value):
        return value
    try:
        given = read_json(Path(text))
        read_root(given, set(), text)
    except BrokenError as error:
        raise argparse.ArgumentTypeError(f"a root is a hash of 64 digits or its file ({error})") from error
    return str(given["root"])


def json_in(archive: zipfile.ZipFile, name: str) -> Any:
    require(archive.getinfo(name).file_size <= LARGEST, f"{name} is larger than {LARGEST} bytes")
    return parse_json(archive.read(name), name)


def names_in(archive: zipfile.ZipFile, path: Path) -> set[str]:
    """What lies in the archive: names and sizes are looked at before any content is."""
    files = archive.infolist()
    is_bounded = len(files) <= MOST_FILES and sum(file.file_size for file in files) <= LARGEST_ARCHIVE
    require(is_bounded, f"{path} would unpack to far too much")
    for file in files:
        require(re.fullmatch(SAFE_PATH, file.filename), f"{file.filename!r} would be unpacked outside of its folder")
        is_plain = file.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not file.flag_bits & 1
        require(is_plain, f"{file.filename} is packed in a way that this program does not read")
    names = {file.filename for file in files}
    require(len(names) == len(files), f"two files in {path} have one name")
    require(MANIFEST in names, f"{path} has no {MANIFEST}: it is no record of a review")
    return names


def read_manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    """The list of what must lie in the archive, and of nothing else."""
    names, manifest = names_in(archive, path), json_in(archive, MANIFEST)
    is_known = isinstance(manifest, dict) and manifest.get("format") == "record-of-review"
    require(is_known and manifest.get("format_version") == 1, f"{path} has an unknown format")
    is_whole = set(manifest) == MANIFEST_KEYS and isinstance(manifest["files"], list)
    require(is_whole and isinstance(manifest["record"], str), f"{MANIFEST} is not whole")
    listed = set()
    for file in manifest["files"]:
        is_whole = isinstance(file, dict) and set(file) == FILE_KEYS and isinstance(file["path"], str)
        require(is_whole and file["path"] not in listed, f"{MANIFEST} names a file wrongly, or twice")
        require(file["frozen_sha256"] == "" or is_hash(file["frozen_sha256"]), f"{file['path']} has no hash")
        listed.add(file["path"])
    require(names >= listed | {manifest["record"]}, f"the manifest names what is missing: {sorted(listed - names)[:1]}")
    extra = sorted(names - listed - {MANIFEST})
    require(not extra, f"{extra[:1]} was put in: the manifest does not name it")
    return manifest


def check_archive(path: Path) -> Generator[str, None, dict[str, Any]]:
    """Check every file against the manifest; give the record of acts that lies among them."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive, path)
            for file in manifest["files"]:
                name, value = file["path"], sha256()
                require(archive.getinfo(name).file_size == file["size"], f"{name} was altered: it has another size")
                with archive.open(name) as content:  # never more of it than the archive has said
                    for piece in iter(lambda: content.read(PIECE), b""):
                        value.update(piece)
                require(value.hexdigest() == file["sha256"], f"{name} was altered: it does not fit its hash")
                require(file["frozen_sha256"] in ("", file["sha256"]), f"{name} is not what was frozen under its hash")
            record = as_record(json_in(archive, manifest["record"]), manifest["record"])
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise BrokenError(f"{path} is no sound archive: {error}") from error
    chain, reader = f"{manifest['mechanism']}/{manifest['review']}", manifest["reader"]
    is_its_own = [record[key] for key in ("chain", "reader", "head")] == [chain, reader, manifest["head"]]
    require(is_its_own, "the record of acts is of another review, reader or moment than the manifest")
    yield f"{len(manifest['files'])} files of {chain} for {reader}: all are there, none was put in, every hash fits"
    frozen = {file["frozen_sha256"] for file in manifest["files"]} - {""}
    named = frozen.intersection(re.findall("[0-9a-f]{64}", canonical(record["entries"])))
    yield f"{len(frozen)} hashes were frozen before; acts that {reader} may read name {len(named)} of them"
    return record


def check(arguments: argparse.Namespace) -> Iterator[str]:
    """Give in words what holds. Raises BrokenError for the first that does not."""
    if zipfile.is_zipfile(arguments.record):
        record = yield from check_archive(arguments.record)
    else:
        record = as_record(read_json(arguments.record), str(arguments.record))
    hashes, chain = check_chain(record), record["chain"]
    read = sum("content" in entry for entry in record["entries"])
    yield f"{chain}: {len(hashes) - 1} entries, {read} of them to be read by {record['reader']}; every hash fits"
    yield f"head: {len(hashes) - 1} {hashes[-1]}"
    for head in arguments.head:
        check_head(hashes, head, chain)
        yield f"the chain had the head {head[0]} that you gave"
    for path in arguments.older:
        check_older(record, hashes, as_record(read_json(path), str(path)))
        yield f"{path} is the beginning of this record"
    roots = record.get("roots", [])
    for given in roots:
        yield check_root(given, hashes, chain, arguments.key)
    for value in arguments.root:
        found = [given["statement"] for given in roots if given["root"] == value]
        require(found, f"the file does not lead to the root {value}: download it with the number of that root")
        yield f"the root that you gave is {found[0]['number']} of {found[0]['day']}"
    for folder in arguments.roots:
        yield check_folder(folder, record, arguments.key)


def main(arguments: list[str], out: Callable[[str], object] = print) -> int:
    parser = argparse.ArgumentParser(description="Check a record of acts.", allow_abbrev=False)
    parser.add_argument("record", type=Path, metavar="RECORD")
    parser.add_argument("--head", type=parse_head, action="append", default=[], metavar='"SEQUENCE HASH"')
    parser.add_argument("--older", type=Path, action="append", default=[], metavar="OLDER.json")
    parser.add_argument("--root", type=parse_root, action="append", default=[], metavar="HASH")
    parser.add_argument("--roots", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--key", metavar="FINGERPRINT")
    try:
        for line in check(parser.parse_args(arguments)):
            out(f"holds: {line}")
    except BrokenError as error:
        out(f"DOES NOT HOLD: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
