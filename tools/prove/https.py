"""The ways by which a phone reaches the diary, tried with the very files of docs/phone."""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.prove import networks
from tools.prove.networks import MESH_PHONES, PHONES, SERVER, Network, wait_until
from tools.prove.served import ROOT

FILES: Final = ROOT / "docs/phone"
NEEDED: Final = ("caddy", "certutil", "wg-quick")
NAME: Final = "Moth"
ROOT_CERTIFICATE: Final = ".local/share/caddy/pki/authorities/local/root.crt"
OBTAINED: Final = "certificate obtained successfully"
AUTHORITY: Final = "https://authority.internal:9443"
# Stands in for the public authority of the internet; all that way 1 is given besides its file.
PUBLIC: Final = f"""{{
	skip_install_trust
	auto_https disable_redirects
}}
{AUTHORITY} {{
	tls internal
	acme_server
}}
"""
CLIENT: Final = """{{
	acme_ca {address}/acme/local/directory
	acme_ca_root {root}
}}
import {file}
"""
MARKS: Final = {True: "yes", False: "**NO**", None: "-"}
LAN: Final = f"http://{SERVER}:8000"


@dataclass(frozen=True, slots=True)
class Way:
    """One way: the name of its files, what people type, and the phone's addresses."""

    title: str
    files: str
    base: str
    phones: Sequence[str] = PHONES


DOMAIN: Final = Way("domain", "domain", "https://diary.example.org")
HOME: Final = Way("home authority", "home", "https://diary.home.arpa")
MESH: Final = Way("mesh", "mesh", "https://diary.internal", MESH_PHONES)
PLAIN: Final = Way("plain http", "lan", LAN)
WAYS: Final = (DOMAIN, HOME, MESH, PLAIN)
# What `tracker check` may say of a fresh installation by any way.
EXPECTED: Final = ("TRACKER_BACKUP_DIR", "TRACKER_ALLOW_HTTP_LAN")
ASK: Final = (
    "import sys; from tools.prove.knocking import Door; "
    "told = Door(*sys.argv[1:]).ask('GET', '/sign-in'); print(told.status, told.text)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one way is tried: its networks and a folder for all that it writes."""

    home: Network
    outside: Network
    folder: Path

    @contextmanager
    def caddy(self, network: Network, caddyfile: Path, called: str) -> Iterator[Path]:
        """Run a Caddy; yield the folder that it takes for its home."""
        home = self.folder / called
        home.mkdir()
        words = ("caddy", "run", "--adapter", "caddyfile", "--config", str(caddyfile))
        log = self.folder / f"{called}.log"
        with network.running(words, log, {"HOME": str(home)}):
            # Its own certificate too is there a moment after it began to serve.
            wait_until(lambda: OBTAINED in log.read_text(), called)
            yield home

    def settings(self, way: Way) -> dict[str, str]:
        """Return the settings of a way's own file; the folder alone is another."""
        lines = (FILES / f"evenfall.{way.files}.env").read_text(encoding="utf-8").splitlines()
        pairs = (line.split("=", 1) for line in lines if not line.startswith("#"))
        return {**dict(pairs), "TRACKER_INSTANCE": str(self.folder / "instance")}

    @contextmanager
    def diary(self, settings: Mapping[str, str], *options: str) -> Iterator[None]:
        """Serve the diary at home."""
        log = self.folder / "diary.log"
        words = (sys.executable, "-m", "tracker", "serve", *options)
        with self.home.running(words, log, settings):
            wait_until(lambda: "serves on" in log.read_text(), "the diary")
            yield

    def tracker(self, settings: Mapping[str, str], *words: str) -> str:
        """Return what a command of the product prints, as the operator types it."""
        variables = [f"{name}={value}" for name, value in settings.items()]
        return self.home.run("env", *variables, sys.executable, "-m", "tracker", *words)

    def is_content(self, settings: Mapping[str, str]) -> bool:
        """Say whether `tracker check` has nothing against the way."""
        said = self.tracker(settings, "check").splitlines()
        named = {line.partition(":")[0] for line in said if line.startswith("TRACKER_")}
        return named <= set(EXPECTED)

    def ask(self, way: Way, authority: Path | None) -> str:
        """Return status and text of the way in, as a phone gets them."""
        words = (way.base, way.phones[0], str(authority or ""))
        return self.outside.run(sys.executable, "-c", ASK, *words)

    def visit(self, way: Way, authority: Path | None, link: str) -> dict[str, bool]:
        """Let the phone come, and return what it met."""
        told = (way.base, str(authority or ""), NAME, link, *way.phones)
        said = self.outside.run(sys.executable, "-m", "tools.prove.visit", *told)
        found: dict[str, bool] = json.loads(said.splitlines()[-1])
        return found


def prove() -> bool:
    """Try all, print a table, and say whether all held."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing or not networks.can_be_made():
        print(f"https: not tried here; it needs root, iproute2 and {', '.join(NEEDED)}")
        return True
    met = {way.title: _tried(way) for way in WAYS}
    rows = dict.fromkeys(what for found in met.values() for what in found)
    print("| tried |", " | ".join(met), "|")
    print("|---|" + "---|" * len(met))
    for what in rows:
        marks = (MARKS[found.get(what)] for found in met.values())
        print(f"| {what} |", " | ".join(marks), "|")
    return all(all(found.values()) for found in met.values())


def _tried(way: Way) -> dict[str, bool]:
    with ExitStack() as stack:
        home, outside = stack.enter_context(networks.joined())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        place = Place(home, outside, folder)
        if way is MESH:
            print("mesh by", stack.enter_context(networks.meshed(home, outside, FILES, folder)))
        settings = place.settings(way)
        if way is PLAIN:
            return _plain(place, settings)
        authority = stack.enter_context(_fronted(place, way))
        with place.diary(settings):
            link = place.tracker(settings, "user", "add", NAME, "--role", "patient")
            found = place.visit(way, authority, link)
            found["tracker check has nothing against it"] = place.is_content(settings)
        down = place.ask(way, authority)
        found["Caddy says so when the diary is down"] = down.startswith("502 The diary is not")
        if way is DOMAIN:
            found["the authority looked at the name before it signed"] = _challenged(folder)
    return found


def _plain(place: Place, settings: Mapping[str, str]) -> dict[str, bool]:
    """Try an address without https, first without the setting that allows it."""
    options = ("--host", SERVER)
    with place.diary({**settings, "TRACKER_ALLOW_HTTP_LAN": "0"}, *options):
        said = place.ask(PLAIN, None)
    (place.folder / "diary.log").unlink()
    with place.diary(settings, *options):
        link = place.tracker(settings, "user", "add", NAME, "--role", "patient")
        found = place.visit(PLAIN, None, link)
        found["tracker check has nothing against it"] = place.is_content(settings)
    explained = said.startswith("403") and "docs/phone.md" in said
    return {**found, "without the setting a page says how to get https": explained}


@contextmanager
def _fronted(place: Place, way: Way) -> Iterator[Path]:
    """Put Caddy in front; yield the certificate that the phone is told to trust."""
    shipped = FILES / f"Caddyfile.{way.files}"
    if way is DOMAIN:
        with _public(place, shipped) as root:
            yield root
        return
    with place.caddy(place.home, shipped, "caddy") as home:
        root = home / ROOT_CERTIFICATE
        fetched = place.folder / "fetched.crt"
        address = f"{way.base.replace('https:', 'http:')}/home-ca.crt"
        # As the phone does it: over plain http, from Caddy.
        script = "import sys, urllib.request as u; u.urlretrieve(*sys.argv[1:])"
        place.outside.run(sys.executable, "-c", script, address, str(fetched))
        if fetched.read_bytes() != root.read_bytes():
            raise RuntimeError("Caddy serves another certificate than its authority's")
        yield fetched


@contextmanager
def _public(place: Place, shipped: Path) -> Iterator[Path]:
    """Run an authority on the outside, and at home the Caddy that asks it for a certificate."""
    public = place.folder / "Caddyfile.public"
    public.write_text(PUBLIC)
    with place.caddy(place.outside, public, "authority") as home:
        root = home / ROOT_CERTIFICATE
        client = place.folder / "Caddyfile.client"
        client.write_text(CLIENT.format(address=AUTHORITY, root=root, file=shipped))
        with place.caddy(place.home, client, "caddy"):
            yield root


def _challenged(folder: Path) -> bool:
    """Say whether the authority really looked at the diary's name before it signed."""
    log = (folder / "caddy.log").read_text()
    return "served key authentication" in log


if __name__ == "__main__":
    sys.exit(0 if prove() else 1)
