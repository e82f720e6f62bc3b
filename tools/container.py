"""Runs the steps of the Containerfile without an image to pull: in trees of Debian made by debootstrap, entered by
chroot (root, debootstrap, a network). Then a watch runs in the tree as the user of the image, and its health is
asked for.

    python tools/container.py FOLDER [--bind PATH ...]

FOLDER keeps the bare tree for the next time. `--bind` shows a file or folder of this machine in the trees while they
are built, such as /etc/pip.conf where a registry of one's own is used. It is no container: layers, namespaces and
the limits of a runtime are not tried.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CHROOT = shutil.which("chroot") or "/usr/sbin/chroot"  # not where the tree's PATH points
SUITE = "bookworm"  # that of the image's base
KEPT = (
    "PIP_",
    "SSL_",
    "REQUESTS_",
    "http",
    "HTTP",
    "no_proxy",
    "NO_PROXY",
)  # of the environment, for the build only


class Step(NamedTuple):
    """One instruction of a Containerfile: its word in capitals and the rest of its line."""

    word: str
    rest: str


def steps(said: str) -> list[Step]:
    """The instructions in their order; a line that ends with a backslash goes on in the next."""
    lines = [line for line in said.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        found.append(Step(word.upper(), rest.strip()))
    return found


def words(rest: str) -> list[str]:
    """A command in the form of a JSON list, else by the shell's rules."""
    return list(json.loads(rest)) if rest.startswith("[") else shlex.split(rest)


class Tree:
    """A stage while it is built: where it lies, its environment, folder and user."""

    def __init__(self, place: Path, env: Mapping[str, str]) -> None:
        self.place, self.env, self.folder, self.user = place, dict(env), "/", "root"
        self.health: list[str] = []

    def run(
        self, command: Sequence[str], *, more: Mapping[str, str] = {}, **how: object
    ) -> subprocess.Popen[str]:
        """Begin a command in the tree, as its user, in its folder."""
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **more, **self.env}
        inside = ["sh", "-c", 'cd "$0" && exec "$@"', self.folder, *command]
        entered = [CHROOT, f"--userspec={self.user}:{self.user}", str(self.place), *inside]
        return subprocess.Popen(entered, env=env, text=True, **how)  # type: ignore[call-overload,no-any-return]

    def copy(self, source: Path, target: str) -> None:
        """A file or folder as COPY does it: a folder's contents, a file into a folder."""
        place = self.place / str(Path(self.folder, target)).lstrip("/")
        if source.is_dir():
            shutil.copytree(source, place, symlinks=True, dirs_exist_ok=True)
            return
        into = place / source.name if target.endswith("/") else place
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, into)


def bare(folder: Path) -> Path:
    """The tree of the base, made once."""
    place = folder / "base"
    if not (place / "etc" / "debian_version").exists():
        subprocess.run(["debootstrap", "--variant=minbase", SUITE, str(place)], check=True, stdout=2)
    return place


def build(folder: Path, bound: Sequence[Path]) -> Tree:
    """All stages; returns the last."""
    base, stages, tree = bare(folder), {}, None
    args = {key: value for key, value in os.environ.items() if key.startswith(KEPT)}
    for step in steps((ROOT / "Containerfile").read_text("utf-8")):
        print(step.word, step.rest[:100], flush=True)
        if step.word == "FROM":
            name = step.rest.partition(" AS ")[2] or "image"
            shutil.rmtree(folder / name, ignore_errors=True)
            subprocess.run(["cp", "-a", str(base), str(folder / name)], check=True)
            stages[name] = tree = Tree(folder / name, {})
        elif tree is not None:
            _step(tree, step, stages, args, bound)
        elif step.word != "ARG":
            raise SystemExit(f"{step.word} before FROM")
    if tree is None:
        raise SystemExit("no stage")
    return tree


def _step(
    tree: Tree, step: Step, stages: Mapping[str, Tree], args: dict[str, str], bound: Sequence[Path]
) -> None:
    match step.word:
        case "RUN":
            with ExitStack() as undo:
                _system(tree.place, undo)
                for source in (Path("/etc/resolv.conf"), *bound):
                    _bind(tree.place, source, undo)
                done = tree.run(["sh", "-c", step.rest], more=args).wait()
            if done:
                raise SystemExit(f"{step.rest}: exit code {done}")
        case "COPY":
            *sources, target = [word for word in words(step.rest) if not word.startswith("--")]
            stage = step.rest.partition("--from=")[2].partition(" ")[0]
            for name in sources:
                tree.copy(stages[stage].place / name.lstrip("/") if stage else ROOT / name, target)
        case "ENV":
            tree.env |= dict(word.split("=", 1) for word in words(step.rest))
        case "ARG":
            name, _, value = step.rest.partition("=")
            args.setdefault(name, value)
        case "WORKDIR":
            tree.folder = step.rest
            (tree.place / step.rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "USER":
            tree.user = step.rest
        case "HEALTHCHECK":
            tree.health = words(step.rest.partition("CMD ")[2])
        case "VOLUME" | "ENTRYPOINT" | "CMD":
            pass
        case _:
            raise SystemExit(f"{step.word} is not known here")


def _bind(root: Path, source: Path, undo: ExitStack) -> None:
    """Show a file or folder of this machine in the tree until the block ends, for reading alone: what is installed in
    the tree writes into nothing of this machine."""
    place = root / str(source).lstrip("/")
    if source.is_dir():
        place.mkdir(parents=True, exist_ok=True)
    elif not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    subprocess.run(["mount", "--bind", str(source), str(place)], check=True)
    undo.callback(subprocess.run, ["umount", "-l", str(place)], check=False)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)


def _system(root: Path, undo: ExitStack) -> None:
    """A /proc and a /dev of the tree's own."""
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    undo.callback(subprocess.run, ["umount", "-l", str(root / "proc")], check=False)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "dev", str(root / "dev")], check=True)
    undo.callback(subprocess.run, ["umount", "-l", str(root / "dev")], check=False)
    for name, number in (("null", 3), ("zero", 5), ("random", 8), ("urandom", 9)):
        os.mknod(root / "dev" / name, 0o666 | stat.S_IFCHR, os.makedev(1, number))
        (root / "dev" / name).chmod(0o666)
    (root / "dev" / "shm").mkdir(mode=0o1777)
    (root / "dev" / "fd").symlink_to("/proc/self/fd")


def lived(tree: Tree) -> int:
    """Doctor, a watch for a while, its health while it runs and after it; 0 where all is as it should be."""
    with ExitStack() as undo:
        _system(tree.place, undo)
        print("heller doctor:", flush=True)
        doctor = tree.run(["heller", "doctor", "--lang", "en"]).wait()
        toml = '[[target]]\naddress = "127.0.0.1"\nway = "connect"\nport = 9\n'
        (tree.place / "tmp" / "watch.toml").write_text(toml)
        watch = tree.run(
            [
                "heller",
                "watch",
                "/cases/line",
                "--config",
                "/tmp/watch.toml",
                "--seconds",
                "25",
                "--lang",
                "en",
            ]
        )
        health = [1]
        while watch.poll() is None and health[-1]:
            health.append(tree.run(tree.health, stderr=subprocess.DEVNULL).wait())
        ended = watch.wait()
        after = tree.run(tree.health, stderr=subprocess.DEVNULL).wait()
        owner = (tree.place / "cases" / "line").stat().st_uid
    print(
        f"doctor {doctor}, health while it runs {health[-1]}, watch {ended}, health after it {after}, owner of the "
        f"case {owner}"
    )
    return 0 if not health[-1] and not ended and after and owner and doctor in (0, 11) else 1


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--bind", type=Path, action="append", default=[])
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    sys.exit(lived(build(given.folder.resolve(), given.bind)))
