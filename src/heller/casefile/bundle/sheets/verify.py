"""Checks a Heller bundle with Python and openssl:  python3 verify.py bundle.zip [000007.txt ...] [root.pem ...]"""
import base64, filecmp, hashlib, json, os, re, ssl, subprocess, sys, tempfile, time, zipfile
ASIC, TOKEN, TAG = "META-INF/ASiCManifest001.xml", "META-INF/timestamp001.tst", "tagmanifest-sha256.txt"
SEALS = {"dossier", "closed", "stamp", "renewal", "anchor", "recovered", "clock"}
INFO = ("Bag-Software-Agent: ", "External-Identifier: ", "Payload-Oxum: ")
FRAME, SHUT = "687a56e4aec431ca52d997ea86657a9b8800e140c773cf49447377bc2ed719fc", "data/closed.jsonl"
MADE = r"data/(claim.json|dossier-\w\w.pdf|[A-Z]+.txt|verify.py|closed.jsonl|anchors/[\w.-]*(er|sha\d+.txt))"
NAMES = r"|data/(left-out.txt|(objects/..|samples)/[\w.-]+|anchors/(trust/)?[\w.-]*(tsr|crl|ocsp|pem|\d{6}.txt))"
ALSO = "figures, pages, sheets, beacons, .er, .ocsp, unstamped time, weak digests, program names, words around tokens"
faults, notes, DAY = [], [ALSO], "%Y-%m-%dT%H:%M:%S"
ODD = re.compile(rb'(?<!\\)(\\\\)*\\u0000|"salt":"[0-9a-f]{,63}[^0-9a-f]|"wall":"[^"]*[^Z]"')
def need(holds, where, what): holds or faults.append(f"{where}: {what}")
def sha(data): return hashlib.sha256(data).hexdigest()
def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def parse(line, keys):  # RFC 8785 without floats, large numbers and NUL
    one = json.loads(line, parse_float=int, parse_constant=int, parse_int=lambda n: [int(n)][abs(int(n)) >> 53])
    need((canonical(one), set(one), ODD.search(line)) == (line, {*keys.split()}, None), line[:50], "not canonical")
    return one
def unzip(path):  # every byte of the archive follows from names and contents: it is made again and compared
    with zipfile.ZipFile(path) as z, zipfile.ZipFile("again.zip", "w") as new:
        files = {n: z.read(n) for n in z.namelist()} if sum(e.file_size for e in z.filelist) < z.start_dir else {}
        need(len({name.lower() for name in z.namelist()}) == len(files), "bundle", "packed, or a name stands twice")
        for name in sorted(files, key=lambda n: (n != "mimetype", n)):
            (made := zipfile.ZipInfo(name)).create_system, made.external_attr = 3, 0o100644 << 16
            new.writestr(made, files[name])
    need(filecmp.cmp(path, "again.zip", False), "bundle", "changed around its files, or something hangs behind it")
    return files
def digests(files, known):
    payload = {"data/journal.jsonl", "data/bodies.jsonl", *(n for n in files if re.fullmatch(MADE + NAMES, n, re.A))}
    tags, seal = {"mimetype", "bagit.txt", "bag-info.txt", "manifest-sha256.txt"}, "META-INF/seal-sha256.txt"
    sealed = {ASIC, TAG} | {TOKEN, TOKEN[:-3] + "crl"} & set(files)
    need(set(files) == payload | tags | sealed | {seal}, "bundle", "a file too many or missing")
    for name, group in (("manifest-sha256.txt", payload), (TAG, tags), (seal, sealed)):
        need(files[name] == "".join(f"{known[n]}  {n}\n" for n in sorted(group)).encode(), name, "does not fit")
    rows = [(n, base64.b64encode(bytes.fromhex(known[n])).decode()) for n in sorted(payload | tags | {TAG})]
    parts = re.split('(?<=URI=")([^"]+)(?=">)|(?<=Value>)([^<]+)', files[ASIC].decode())
    frame = sha("".join(sorted(set(parts[::3]))).encode() + files["mimetype"] + files["bagit.txt"])
    need((parts[1::6], parts[5::6], frame) == (*map(list, zip(*rows)), FRAME), ASIC, "does not fit the files")
def journal(files, known):
    shut, prev, entries = files.get(SHUT, b""), "0" * 64, []
    closed = [parse(line, "body cells encoding entry original says") for line in shut.splitlines()]
    lines, said = (files[f"data/{n}.jsonl"].split(b"\n") for n in ("journal", "bodies"))
    need(lines.pop() == b"" and said.pop() == b"" and lines, "journal", "torn or empty")
    bodies, gone = {v["seq"]: v for v in (parse(n, "body salt seq") for n in said)}, {v["entry"] for v in closed}
    for number, line in enumerate(lines):
        entry, held = parse(line, "boot c kind mono prev seq sync v wall"), bodies.get(number)
        salted = b"heller-commit/1\n" + bytes.fromhex(held["salt"] + sha(canonical(held["body"]))) if held else b""
        truth = not held or (type(held["body"]), len(salted), sha(salted)) == (dict, 80, entry["c"])
        need(truth and time.strptime(entry["wall"][:19], DAY), f"entry {number}", "says something else")
        need(f'"prev":"{prev}","seq":{number},"sync":'.encode() in line and b'"v":1,' in line, line[:50], "is not next")
        entries.append((entry["kind"], held["body"] if held else {}))
        gone, prev = gone | ({held["body"]["entry"]} if held and entry["kind"] == "erased" else set()), sha(line)
    need(sorted([*gone, *bodies]) == [*range(len(lines))] and len(bodies) == len(said), "bodies", "too many or few")
    left, made = {*re.findall(r"\w{64}", said := str(files.get("data/left-out.txt")))}, dict(entries)["dossier"]
    wanted = {b["digest"] for k, b in entries if k == "exhibit" and b} ^ left | {v["original"] for v in closed} - {""}
    truth = {f"data/samples/{b['name']}": b["digest"] for k, b in entries if k == "segment"}
    truth.update((f"data/objects/{d[:2]}/{d}", d) for d in wanted)
    need({n: known[n] for n in files if n[5:8] in ("obj", "sam")} == truth, "data", "an original is other or missing")
    need(all(files["data/claim.json"].count(d.encode()) == 1 or d + "  l" in said for d in left), "left-out", "cited")
    need({n[5:]: known[n] for n in files if re.fullmatch(MADE, n)} == made["files"], "data", "not the journal's")
    about = re.findall(INFO[1] + "(.*)", files["bag-info.txt"].decode())
    need(about == [entries[0][1]["case"]], "bag-info.txt", "names another case")
    omitted(files, [kind for kind, _ in entries], made["entries"])
    need(len(closings := re.findall(rb'"closed":"\w+', shut)) == len({*closings}), SHUT, "one digest for two fields")
    notes.extend({re.sub(r"row \d+, |/", "closed ", n): 0 for n in re.findall('"place":"([^"]*)', shut.decode())})
    return lines, entries
def omitted(files, kinds, basis):  # what is not there is no fault, but a question
    last = max(n for n, kind in enumerate(kinds) if kind == "dossier")
    need(basis <= last and not {*kinds[basis:last]} - SEALS, "dossier", "does not rest on all entries before it")
    free = [row for row in files["bag-info.txt"].decode().splitlines() if not row.startswith(INFO)]
    stems = {name[:-4] for name in files if name.endswith((".tsr", ".tst"))}
    lists = [name for name in files if re.search("(crl|ocsp)$", name) and not name.startswith((*stems, "-"))]
    found = {"erased": kinds.count("erased"), "corrected or withdrawn": kinds.count("correction")}
    found |= {"newer than the dossier": len([kind for kind in kinds[last:] if kind not in SEALS])}
    notes.extend(f"entries {what}: {n}" for what, n in found.items() if n)
    notes.extend([f"free words: {free}"] * bool(free) + [f"lists without a stamp: {lists}"] * bool(lists))
    notes.extend(["the bundle as a whole, which no stamp covers"] * (TOKEN not in files))
def tree(leaves):  # RFC 9162, 2.1.1
    k = 1 << (len(leaves) - 1).bit_length() - 1 if len(leaves) > 1 else 0
    return hashlib.sha256(b"\1" + tree(leaves[:k]) + tree(leaves[k:])).digest() if k else leaves[0]
def openssl(*words): return subprocess.run(["openssl", *words], capture_output=True, encoding="latin1").stdout
def seconds(said): return ssl.cert_time_to_seconds(re.sub(r".*[:=] ?(?=[A-Z])|\.\d+", "", said).strip())
def stamp(files, name, known):  # the digests of what was stamped and of the bare token, and the time
    about, crl = name == TOKEN and ASIC or name.split(".")[0] + ".txt", name[:-3] + "crl"
    for path, wanted in ("token", name), ("data", about), ("crl", crl): open(path, "wb").write(files.get(wanted, b""))
    open("both", "w").write(open("trust").read() + openssl("crl", "-inform", "DER", "-in", "crl"))
    openssl("ts", "-reply", "-in", "token", *["-token_in"] * (name == TOKEN), "-token_out", "-out", "bare")
    bare = ["-in", "bare", "-token_in"]  # without the answer around it, whose words nobody signed
    when = seconds(re.search("(?m)^Time stamp: .*", openssl("ts", "-reply", *bare, "-text"))[0])
    made = crl in files and seconds(openssl("crl", "-inform", "DER", "-in", "crl", "-noout", "-lastupdate"))
    for at, trust, more in [(when, "trust", []), (max(when, made), "both", ["-crl_check"])][:1 + (crl in files)]:
        said = openssl("ts", "-verify", "-data", "data", *bare, "-CAfile", trust, "-attime", str(at), *more)
        need("OK" in said, name, "this time stamp does not hold, or its authority was revoked")
    notes.extend([f"whether the authority of {name} was revoked"] * (crl not in files))
    notes.extend([f"{name}, whose time is still to come"] * (when > time.time() + 86400))
    return known[about], sha(open("bare", "rb").read()), time.strftime(DAY, time.gmtime(when))
def check(files, known, given):
    digests(files, known)
    lines, entries = journal(files, known)
    told = {f"data/anchors/{b['number']:06}.txt": b["digest"] for kind, b in entries if kind == "anchor"}
    need({} != told == {n: known[n] for n in files if re.fullmatch(r"data/anchors/\d{6}.txt", n)}, "anchors", "others")
    befores = ["", *(f"previous sha256:{told[n]}\n" for n in sorted(told))]
    mine = [(n, t, "".join(re.findall("previous .*\n", t))) for n, t in given if "BEGIN CERT" not in t]
    for name, text, before in mine + [(n, files[n].decode(), b) for n, b in zip(sorted(told), befores)]:
        data = b"".join(line + b"\n" for line in lines[:int(re.search(r"\nsize (\d+)\n", text)[1])])
        root = base64.b64encode(tree([hashlib.sha256(b"\0" + n).digest() for n in data.split(b"\n")[:-1]])).decode()
        truth = f"{entries[0][1]['case']}\nsize {data.count(10)}\nroot {root}\nbytes {len(data)}\n"
        truth = f"heller-anchor/1\norigin {truth}prefix sha256:{sha(data)}\n{before}"
        need(text == truth, name, "the journal does not fit it, or it was changed")
    own = [t for _, t in given if "BEGIN CERT" in t] or [files[n].decode() for n in files if n.endswith(".pem")]
    notes.extend("whom to trust: " + n for n in files if n.endswith(".pem"))
    open("trust", "w").write("\n".join(own))
    made = [stamp(files, n, known) for n in files if n.endswith((".tsr", ".tst")) and not faults]
    need(len(made) == len({token for _, token, _ in made}), "stamps", "one under two names")
    odd = {*made} ^ {(b["anchor"], b["token"], b["time"][:19]) for kind, b in entries if kind == "stamp"}
    need(faults or {m[0] for m in odd} <= {known[ASIC]}, "stamps", "stamps and their entries do not fit")
if __name__ == "__main__":
    path = os.path.abspath(sys.argv[1])  # a head that was kept may have been mailed: its ends mean nothing
    given = [(name, open(name, encoding="utf-8-sig").read().strip() + "\n") for name in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as folder:
        try: check(os.chdir(folder) or (files := unzip(path)), {name: sha(data) for name, data in files.items()}, given)
        except Exception as error: need(False, "cannot be read", f"{type(error).__name__}: {error}")
    sys.exit(print("\n".join(faults or ["not checked: " + n for n in notes] + ["The rest holds."])) or bool(faults))
