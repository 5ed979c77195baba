"""A home network and a phone outside of it, on one machine: two namespaces and a cable between."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SERVER: Final = "192.168.1.5"
PHONES: Final = ("192.168.1.20", "192.168.1.21", "192.168.1.22")
AUTHORITY: Final = "192.168.1.9"
MESH_SERVER: Final = "10.78.0.1"
MESH_PHONES: Final = ("10.78.0.2", "10.78.0.3", "10.78.0.4")
# Who is where; each namespace has a hosts file of its own, so real names lead nowhere else.
HOSTS: Final = {
    "localhost": "127.0.0.1",
    "diary.example.org": SERVER,
    "diary.home.arpa": SERVER,
    "diary.internal": MESH_SERVER,
    "authority.internal": AUTHORITY,
}
NAMES: Final = Path("/etc/netns")
PATIENCE: Final = 30.0
# It advises the kernel's own WireGuard and stops, unless told that there is none.
USERSPACE: Final = {"WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD": "1"}


@dataclass(frozen=True, slots=True)
class Network:
    """One namespace, by name."""

    name: str

    def command(self, *words: str) -> list[str]:
        """Return the command that runs `words` here."""
        return ["ip", "netns", "exec", self.name, *words]

    def run(self, *words: str, given: str = "") -> str:
        """Run a command here and return what it printed.

        Raises:
            RuntimeError: it failed; with all that it said.
        """
        done = subprocess.run(
            self.command(*words), input=given, text=True, capture_output=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{words[0]} failed: {done.stderr}")
        return done.stdout.strip()

    @contextmanager
    def running(
        self, words: Sequence[str], log: Path, more: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Run a command here for a while; what it says goes into `log`."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("TRACKER_")}
        with log.open("ab") as saying:
            process = subprocess.Popen(
                self.command(*words),
                env={**kept, **(more or {})},
                stdin=subprocess.DEVNULL,
                stdout=saying,
                stderr=saying,
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def can_be_made() -> bool:
    """Say whether this machine and this user can make namespaces."""
    return os.geteuid() == 0 and shutil.which("ip") is not None


@contextmanager
def joined() -> Iterator[tuple[Network, Network]]:
    """Make a home with the server and an outside with the phones; take both away after."""
    home, outside = (Network(f"evenfall-{place}-{os.getpid()}") for place in ("home", "outside"))
    with ExitStack() as stack:
        for network in (home, outside):
            stack.enter_context(_made(network))
        ends = ("type", "veth", "peer", "name", "cable", "netns", outside.name)
        _ip("link", "add", "cable", "netns", home.name, *ends)
        for network, addresses in ((home, (SERVER,)), (outside, (*PHONES, AUTHORITY))):
            for address in addresses:
                network.run("ip", "address", "add", f"{address}/24", "dev", "cable")
            network.run("ip", "link", "set", "cable", "up")
        yield home, outside


@contextmanager
def _made(network: Network) -> Iterator[None]:
    hosts = NAMES / network.name / "hosts"
    hosts.parent.mkdir(parents=True)
    hosts.write_text("".join(f"{address} {name}\n" for name, address in HOSTS.items()))
    # Whatever isn't in the hosts file is asked of nobody.
    hosts.with_name("resolv.conf").write_text("nameserver 127.0.0.1\n")
    _ip("netns", "add", network.name)
    try:
        network.run("ip", "link", "set", "lo", "up")
        yield
    finally:
        _ip("netns", "delete", network.name)
        shutil.rmtree(hosts.parent)


@contextmanager
def meshed(home: Network, outside: Network, shipped: Path, folder: Path) -> Iterator[str]:
    """Put a WireGuard tunnel between both, of the files in `shipped`; yield whose it is.

    Keys are put in, and the phone gets the further addresses from which it is tried.
    """
    ends = {"server": home, "phone": outside}
    words = {MESH_PHONES[0] + "/32": ", ".join(f"{address}/32" for address in MESH_PHONES)}
    for end, named in (("server", "THIS_MACHINE"), ("phone", "THE_PHONE")):
        secret = ends[end].run("wg", "genkey")
        words[f"PRIVATE_KEY_OF_{named}"] = secret
        words[f"PUBLIC_KEY_OF_{named}"] = ends[end].run("wg", "pubkey", given=secret)
    with ExitStack() as stack:
        for end, network in ends.items():
            text = (shipped / f"wireguard.{end}.conf").read_text(encoding="utf-8")
            for word, meaning in words.items():
                text = text.replace(word, meaning)
            # A file is called as its end of the tunnel.
            file = folder / f"wg-{end}.conf"
            file.touch(0o600)
            file.write_text(text)
            stack.enter_context(_tunnel(network, file))
        by_kernel = "wireguard" in home.run("ip", "-details", "link", "show", "type", "wireguard")
        yield "the kernel's WireGuard" if by_kernel else "wireguard-go"


@contextmanager
def _tunnel(network: Network, file: Path) -> Iterator[None]:
    userspace = [f"{name}={text}" for name, text in USERSPACE.items()]
    network.run("env", *userspace, "wg-quick", "up", str(file))
    try:
        yield
    finally:
        network.run("wg-quick", "down", str(file))


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something to come true.

    Raises:
        TimeoutError: it did not.
    """
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come up")
        time.sleep(0.1)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], capture_output=True, check=True)
