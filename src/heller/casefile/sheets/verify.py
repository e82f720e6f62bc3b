#!/usr/bin/env python3
"""Checks a Heller bundle with Python's standard library alone:  python3 verify.py bundle.zip

It checks every digest, the journal's numbers, chain and commitments, the originals and the tree
heads. It does not work the figures out again (Heller does) and cannot tell whether the whole journal
was made up later: compare the head it prints with one that a third party received earlier.
"""

import base64
import hashlib
import json
import sys
import zipfile

faults = []


def sha(data): return hashlib.sha256(data).hexdigest()
def need(holds, where, what): holds or faults.append(f"{where}: {what}")
def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def tree(leaves):  # RFC 9162, 2.1.1
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + tree(leaves[:k]) + tree(leaves[k:])).digest()


def manifests(files):
    tags = {n: d for n, d in files.items() if not n.startswith("data/") and n != "tagmanifest-sha256.txt"}
    need(set(tags) == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"}, "bundle", "a tag file too many or missing")
    payload = {n: d for n, d in files.items() if n.startswith("data/")}
    for name, group in (("manifest-sha256.txt", payload), ("tagmanifest-sha256.txt", tags)):
        wanted = "".join(f"{sha(group[n])}  {n}\n" for n in sorted(group)).encode()
        need(files.get(name) == wanted, name, "the digests do not fit the files")


def journal(files):
    lines = files["data/journal.jsonl"].split(b"\n")
    said = files["data/bodies.jsonl"].split(b"\n")
    need(lines.pop() == b"" and said.pop() == b"", "journal", "torn at the end")
    bodies = {}
    for line in said:
        value = json.loads(line)
        need(canonical(value) == line and value["seq"] not in bodies, "bodies", "a line is doubled or not canonical")
        bodies[value["seq"]] = value
    prev, originals, erased, entries = "0" * 64, set(), set(), set(range(len(lines)))
    for number, line in enumerate(lines):
        entry = json.loads(line)
        where = f"entry {number}"
        need(canonical(entry) == line, where, "not canonical")
        need(entry["seq"] == number, where, "a line was dropped, added or moved")
        need(entry["prev"] == prev, where, "does not follow from the one before")
        prev = sha(line)
        if number in bodies:
            body = bodies[number]["body"]
            salted = b"heller-commit/1\n" + bytes.fromhex(bodies[number]["salt"]) + bytes.fromhex(sha(canonical(body)))
            need(sha(salted) == entry["c"], where, "what it says was changed")
            if entry["kind"] == "exhibit":
                originals.add(body["digest"])
            if entry["kind"] == "erased":
                erased.add(body["entry"])
    need(set(bodies) | erased >= entries >= set(bodies), "bodies", "a body is missing or extra")
    return lines, originals, prev


def main(path):
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        need(len(names) == len(set(names)), "bundle", "a name stands twice")
        files = {name: archive.read(name) for name in names}
    manifests(files)
    lines, originals, head = journal(files)
    stored = {n.rsplit("/", 1)[1]: d for n, d in files.items() if n.startswith("data/objects/")}
    need(set(stored) == originals, "objects", "an original is missing or extra")
    for digest, data in stored.items():
        need(sha(data) == digest, f"object {digest[:12]}", "was changed")
    anchors = [n for n in files if n.startswith("data/anchors/")]
    need(anchors, "anchors", "there is no tree head")
    for name in anchors:
        words = dict(line.split(" ", 1) for line in files[name].decode().splitlines() if " " in line)
        covered = lines[: int(words["size"])]
        data = b"".join(line + b"\n" for line in covered)
        root = base64.b64encode(tree([hashlib.sha256(b"\0" + line).digest() for line in covered])).decode()
        fits = words["root"] == root and words["prefix"] == "sha256:" + sha(data) and int(words["bytes"]) == len(data)
        need(fits and len(covered) == int(words["size"]), name, "the journal does not fit this tree head")
    print(f"{len(files)} files, {len(lines)} entries, {len(stored)} originals\njournal head: {head}")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Exception as error:
        faults.append(f"cannot be read: {type(error).__name__}: {error}")
    print("\n".join(faults) if faults else "The bundle holds.")
    sys.exit(1 if faults else 0)
