"""Checks a Heller bundle with Python's standard library and openssl:  python3 verify.py bundle.zip [...]
Name a tree head (000007.txt) that you received earlier to see whether lines were cut off or made up since, and a root
certificate to trust instead of the bundle's. Figures are worked out again by Heller alone."""
import base64, calendar, filecmp, hashlib, json, os, re, subprocess, sys, tempfile, time, zipfile
ASIC, TOKEN, TAGS = "META-INF/ASiCManifest001.xml", "META-INF/timestamp001.tst", "tagmanifest-sha256.txt"
FRAME = "644c4ac9b8185f35e13abaa5b75c8fa36516081dbf5ca0349fd1d27391138232"  # what is the same in all bundles
faults = []
def need(holds, where, what): holds or faults.append(f"{where}: {what}")
def sha(data): return hashlib.sha256(data).hexdigest()
def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def parse(line, keys):  # RFC 8785 without floats, large numbers and NUL
    value = json.loads(line, parse_int=lambda n: int(n, 10 if abs(int(n)) < 1 << 53 else 99), parse_float=int, parse_constant=int)
    need(canonical(value) == line and not re.search(rb"(?<!\\)(\\\\)*\\u0000", line) and set(value) == set(keys.split()), line[:50], "not canonical")
    return value
def unzip(path):  # every byte of the archive follows from names and contents: it is made again and compared
    with zipfile.ZipFile(path) as old, zipfile.ZipFile("again.zip", "w") as new:
        names, size = old.namelist(), sum(entry.file_size for entry in old.infolist())
        files = {name: old.read(name) for name in names} if size < os.path.getsize(path) else {}
        need(len({name.lower() for name in names}) == len(files), "bundle", "files are packed, or a name stands twice")
        for name in sorted(files, key=lambda n: (n != "mimetype", n)):
            need(re.fullmatch(r"(?!.{201})[\w-][\w.-]*(/[\w-][\w.-]*)*", name, re.A), ascii(name), "no name for a bundle")
            (made := zipfile.ZipInfo(name)).create_system, made.external_attr = 3, 0o100644 << 16
            new.writestr(made, files[name])
    need(filecmp.cmp(path, "again.zip", False), "bundle", "changed around its files, or something hangs behind it")
    return files
def digests(files, known):
    payload, tags = {n for n in files if n[:5] == "data/"}, {"mimetype", "bagit.txt", "bag-info.txt", "manifest-sha256.txt"}
    sealed = {ASIC, TAGS} | {TOKEN, TOKEN[:-3] + "crl"} & set(files)
    need(set(files) == payload | tags | sealed | {"META-INF/seal-sha256.txt"}, "bundle", "a file too many or missing")
    for name, group in (("manifest", payload), ("tagmanifest", tags), ("META-INF/seal", sealed)):
        need(files[name + "-sha256.txt"] == "".join(f"{known[n]}  {n}\n" for n in sorted(group)).encode(), name, "does not fit")
    rows = [(n, base64.b64encode(bytes.fromhex(known[n])).decode()) for n in sorted(payload | tags | {TAGS})]
    frame = "".join(sorted(set(re.sub('(?<=URI=")[^"]*|(?<=Value>)[^<]*', "", files[ASIC].decode()).split("\n"))))
    need(re.findall('URI="([^"]*)">.*?Value>([^<]*)<', files[ASIC].decode()) == rows and sha(frame.encode() + files["mimetype"] + files["bagit.txt"]) == FRAME, ASIC, "the digests do not fit the files")
def journal(files):
    lines, said = (files[f"data/{n}.jsonl"].split(b"\n") for n in ("journal", "bodies"))
    need(lines.pop() == b"" and said.pop() == b"" and lines, "journal", "torn or empty")
    bodies, prev, gone, entries = {v["seq"]: v for v in (parse(line, "body salt seq") for line in said)}, "0" * 64, set(), []
    for number, line in enumerate(lines):
        entry, held, where = parse(line, "boot c kind mono prev seq sync v wall"), bodies.get(number), f"entry {number}"
        need((entry["seq"], entry["v"], entry["prev"]) == (number, 1, prev), where, "does not follow from the one before")
        salted = held and b"heller-commit/1\n" + bytes.fromhex(held["salt"] + sha(canonical(held["body"])))
        need(not held or len(salted) == 80 and sha(salted) == entry["c"], where, "what it says was changed")
        entries.append((entry["kind"], held["body"] if held else {}))
        gone, prev = gone | ({held["body"]["entry"]} if held and entry["kind"] == "erased" else set()), sha(line)
    need(sorted([*gone, *bodies]) == list(range(len(lines))) and len(bodies) == len(said), "bodies", "one too many or missing")
    return lines, entries
def originals(files, known, entries):
    left, made = files.get("data/left-out.txt", b"").decode(), [b for k, b in entries if k == "dossier"][-1]
    wanted = {b["digest"] for k, b in entries if k == "exhibit" and b} ^ set(re.findall(r"(\w{64})  \S+\n", left))
    stored = sorted((n, known[n]) for n in files if n.startswith("data/objects/"))
    need(stored == sorted((f"data/objects/{d[:2]}/{d}", d) for d in wanted), "originals", "one was changed, is missing or extra")
    for key, name in (("claim", "data/claim.json"), ("dossier", f"data/dossier-{made['lang']}.pdf")):
        need(known[name] == made[key], name, "is not the one that the journal names")
def tree(leaves):  # RFC 9162, 2.1.1
    k = 1 << (len(leaves) - 1).bit_length() - 1 if len(leaves) > 1 else 0
    return hashlib.sha256(b"\1" + tree(leaves[:k]) + tree(leaves[k:])).digest() if k else leaves[0]
def heads(lines, origin, anchors, chained, before=""):
    for name, text in anchors:
        covered = lines[:int(re.search(r"\nsize (\d+)\n", text)[1])]
        root, data = tree([hashlib.sha256(b"\0" + n).digest() for n in covered]), b"".join(n + b"\n" for n in covered)
        truth = f"heller-anchor/1\norigin {origin}\nsize {len(covered)}\nroot {base64.b64encode(root).decode()}\n" \
            f"bytes {len(data)}\nprefix sha256:{sha(data)}\n" + (before if chained else "".join(re.findall("previous .*\n", text)))
        need(text == truth, name, "the journal does not fit this tree head: lines were dropped or changed, or a head was")
        before = f"previous sha256:{sha(text.encode())}\n"
def openssl(*words): return subprocess.run(["openssl", *words], capture_output=True, text=True, errors="replace").stdout
def seconds(said): return calendar.timegm(time.strptime(re.sub(r".*[:=] ?(?=[A-Z])|\.\d+", "", said), "%b %d %H:%M:%S %Y GMT"))
def stamp(files, name, known):  # the digests of what was stamped and of the bare token
    bare, about, crl = ["-token_in"] * (name == TOKEN), (name.split(".")[0] + ".txt", ASIC)[name == TOKEN], name[:-3] + "crl"
    for path, wanted in (("token", name), ("data", about), ("crl", crl)): open(path, "wb").write(files.get(wanted, b""))
    when = at = seconds(re.search("Time stamp: .*", openssl("ts", "-reply", "-in", "token", *bare, "-text"))[0])
    check = ["ts", "-verify", "-data", "data", "-in", "token", *bare, "-CAfile"]
    need("Verification: OK" in openssl(*check, "trust", "-attime", str(at)), name, "this time stamp does not hold")
    if crl in files:  # the list may have been made after the stamp
        at = max(at, seconds(openssl("crl", "-inform", "DER", "-in", "crl", "-noout", "-lastupdate").strip()))
        open("both", "w").write(open("trust").read() + openssl("crl", "-inform", "DER", "-in", "crl"))
        need("OK" in openssl(*check, "both", "-attime", str(at), "-crl_check"), name, "its certificate was revoked")
    openssl("ts", "-reply", "-in", "token", *bare, "-token_out", "-out", "bare")
    return known[about], sha(open("bare", "rb").read()), time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(when))
def check(files, known, given):
    digests(files, known); lines, entries = journal(files)
    originals(files, known, entries)
    names = sorted(n for n in files if re.fullmatch(r"data/anchors/\d{6}\.txt", n))
    told = [(f"data/anchors/{b['number']:06}.txt", b["digest"]) for kind, b in entries if kind == "anchor"]
    need([] != told == [(n, known[n]) for n in names], "anchors", "a tree head is missing, or not the one that an entry names")
    heads(lines, entries[0][1]["case"], [(n, files[n].decode()) for n in names], True)
    heads(lines, entries[0][1]["case"], [g for g in given if "BEGIN CERT" not in g[1]], False)
    own, roots = [text for _, text in given if "BEGIN CERT" in text], [files[n].decode() for n in files if n.endswith(".pem")]
    open("trust", "w").write("\n".join(own or roots))
    made = {stamp(files, n, known) for n in files if n.endswith((".tsr", ".tst")) and not faults}
    made ^= {(b["anchor"], b["token"], b["time"][:19]) for kind, b in entries if kind == "stamp"}
    need(faults or {m[0] for m in made} <= {known[ASIC]}, "stamps", "stamps and their entries do not fit")
    print(f"{len(files)} files, {len(entries)} entries\njournal head: {sha(lines[-1])}")
if __name__ == "__main__":
    path, given = os.path.abspath(sys.argv[1]), [(name, open(name).read()) for name in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as folder:
        try: check(os.chdir(folder) or (files := unzip(path)), {name: sha(data) for name, data in files.items()}, given)
        except Exception as error: need(False, "cannot be read", f"{type(error).__name__}: {error}")
        os.chdir("/")
    sys.exit(print("\n".join(faults) if faults else "The bundle holds.") or bool(faults))
