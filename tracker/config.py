"""The settings: read once from `TRACKER_*` variables, then frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

from tracker.disk import make_folder
from tracker.domain.addresses import address_in
from tracker.domain.endpoints import SERVICES
from tracker.domain.words import N_, Refused
from tracker.variables import (
    Registration,
    SettingRefused,
    host_of,
    instant,
    is_loopback,
    parsed,
)

__all__ = ["ClockRefused", "Registration", "SettingRefused", "Settings"]

HOST: Final = "127.0.0.1"
PORT: Final = 8000
LOCAL_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")


class ClockRefused(Refused):
    """A test clock was asked for where real people could meet it, or can't be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that is decided outside the program.

    Attributes:
        instance: the folder of database, keys and backups.
        database_url: SQLite file or PostgreSQL, as SQLAlchemy writes it; may hold a password.
        secret_key_file: where the random bytes lie from which all keys are derived.
        backup_dir: where backups go.
        base_url: the public address without a slash at its end; None when not set.
        trusted_hosts: further host names under which the server answers.
        proxy_hops: how many proxies in front may be believed.
        asked_registration: None when not set, see `registration`.
        backup_keep: months until a backup is deleted.
        allow_http_lan: whether sign-in works over plain http on private addresses.
        contact: how people reach the operator; None when not set.
        push_hosts: further push services that reminders may be handed to.
        smtp_url: the mail host, may hold a password; None sends no mail.
        test_clock: an instant or `@FILE`; None is the real clock.
        host: the address that `serve` binds.
        port: the port that `serve` binds; 0 lets the system choose.
        public: whether the operator said that demo data may be met by strangers.
    """

    instance: Path
    database_url: str = field(repr=False)
    secret_key_file: Path
    backup_dir: Path
    base_url: str | None = None
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    asked_registration: Registration | None = None
    backup_keep: int = 12
    allow_http_lan: bool = False
    contact: str | None = None
    push_hosts: tuple[str, ...] = ()
    smtp_url: str | None = field(default=None, repr=False)
    test_clock: str | None = None
    host: str = HOST
    port: int = PORT
    public: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Return the settings of these variables; only a test clock's file is read.

        Raises:
            SettingRefused: a name is unknown or a value can't be used.
            ClockRefused: a test clock is asked for and not all its conditions hold.
        """
        # `parsed` gives each name's own type, which its table of parsers decides.
        asked: dict[str, Any] = parsed(environ)
        allowed = asked.pop("ALLOW_TEST_CLOCK", False)
        instance = asked.pop("INSTANCE", Path("instance").absolute())
        if "CLOCK" in asked:
            asked["TEST_CLOCK"] = asked.pop("CLOCK")
        if "REGISTRATION" in asked:
            asked["ASKED_REGISTRATION"] = asked.pop("REGISTRATION")
        asked.setdefault("DATABASE_URL", f"sqlite:///{instance / 'tracker.db'}")
        asked.setdefault("SECRET_KEY_FILE", instance / "secret.key")
        asked.setdefault("BACKUP_DIR", instance / "backups")
        settings = cls(instance=instance, **{name.lower(): asked[name] for name in asked})
        if settings.test_clock is not None:
            settings.refuse_unsafe_clock(allowed=allowed)
        elif any(":" in host or is_loopback(host) for host in settings.push_hosts):
            raise SettingRefused(
                N_("TRACKER_PUSH_HOSTS: ports and this machine itself are for tests alone.")
            )
        return settings

    def serving_on(self, host: str, port: int, *, public: bool = False) -> Self:
        """Return the settings of a server bound to this address.

        Raises:
            ClockRefused: strangers could reach a server whose clock is not the real one.
        """
        if self.test_clock is not None and not is_loopback(host):
            raise ClockRefused(
                N_("A test clock works on this machine only, not on %(host)s."), host=host
            )
        return replace(self, host=host, port=port, public=public)

    @property
    def on_loopback(self) -> bool:
        """Say whether only this machine can reach the bound address."""
        return is_loopback(self.host)

    @property
    def meets_strangers(self) -> bool:
        """Say whether people beyond this machine come here, also where a proxy brings them."""
        named = urlsplit(self.base_url or "http://localhost").hostname or ""
        return not (self.on_loopback and is_loopback(named)) or self.proxy_hops > 0

    @property
    def takes_plain_http(self) -> bool:
        """Say whether people sign in over plain http at home: not where https is meant."""
        return self.allow_http_lan and not (self.base_url or "").startswith("https:")

    @property
    def registration(self) -> Registration:
        """Return who may open a diary: as asked, else anyone on this machine, else the invited."""
        default = Registration.INVITE if self.meets_strangers else Registration.OPEN
        return self.asked_registration or default

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the host names, without ports, under which the server answers."""
        everywhere = self.host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
        bound = () if everywhere else (f"[{self.host}]" if ":" in self.host else self.host,)
        named = (host_of(urlsplit(self.base_url)),) if self.base_url else ()
        return tuple(dict.fromkeys((*LOCAL_NAMES, *bound, *named, *self.trusted_hosts)))

    @property
    def database_file(self) -> Path | None:
        """Return the SQLite file; None with PostgreSQL."""
        name = self.database_url.removeprefix("sqlite:///")
        return None if name == self.database_url else Path(name)

    @property
    def push_key_file(self) -> Path:
        """Return the file of the key by which push services know this installation."""
        return self.instance / "push.key"

    @property
    def push_services(self) -> tuple[str, ...]:
        """Return the hosts that reminders may be handed to; under a test clock no real ones."""
        return (*(() if self.test_clock else SERVICES), *self.push_hosts)

    @property
    def mail_sender(self) -> str | None:
        """Return the address that mails come from: the operator's, else the mail host's user."""
        user = unquote(urlsplit(self.smtp_url or "").username or "")
        return address_in(self.contact or "") or address_in(user)

    @property
    def push_subject(self) -> str | None:
        """Return how the keepers of push services reach the operator; None where nobody said."""
        if self.mail_sender is not None:
            return f"mailto:{self.mail_sender}"
        secure = self.base_url is not None and self.base_url.startswith("https://")
        return self.base_url if secure else None

    @property
    def audit_heads_file(self) -> Path:
        """Return the file that keeps signed checkpoints outside the database."""
        return self.instance / "audit-heads.log"

    @property
    def erased_file(self) -> Path:
        """Return the list of erased diaries, which every restore applies."""
        return self.instance / "erased.log"

    @property
    def help_file(self) -> Path:
        """Return the operator's list of where to find help right now."""
        return self.instance / "help.txt"

    def help_text(self) -> str | None:
        """Return what the operator wrote into it; None where that can't be read."""
        try:
            return self.help_file.read_text("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    @property
    def serving_file(self) -> Path:
        """Return the file that a running server holds locked."""
        return self.instance / "serving.lock"

    def clock(self) -> datetime:
        """Return what counts as now, aware and in UTC.

        Raises:
            ClockRefused: the file of a test clock can't be read or holds no instant.
        """
        if self.test_clock is None:
            return datetime.now(UTC)
        if not self.test_clock.startswith("@"):
            return instant(self.test_clock)
        file = self.test_clock[1:]
        try:
            return instant(Path(file).read_text(encoding="ascii").strip())
        except (OSError, ValueError) as error:
            raise ClockRefused(
                N_("The test clock's file %(file)s holds no instant such as 2026-11-21T22:00:00Z."),
                file=file,
            ) from error

    def prepare(self) -> None:
        """Make the instance folder, readable by its owner alone.

        Raises:
            SettingRefused: it can't be made or is not ours.
        """
        try:
            make_folder(self.instance)
            # A checkout brings the folder along, readable by all.
            self.instance.chmod(0o700)
        except OSError as error:
            raise SettingRefused(
                N_("The folder %(folder)s can't be used: %(why)s."),
                folder=self.instance,
                why=error.strerror,
            ) from error

    def refuse_unsafe_clock(self, *, allowed: bool) -> None:
        """Refuse a test clock that real people could meet."""
        if not allowed:
            raise ClockRefused(
                N_("TRACKER_CLOCK is for tests: it needs TRACKER_ALLOW_TEST_CLOCK=1 beside it.")
            )
        database = urlsplit(self.database_url)
        # PostgreSQL's other way to name a host is not worth reading for a test.
        hosts = (
            "elsewhere" if "host" in database.query else database.hostname or "localhost",
            urlsplit(self.base_url or "http://localhost").hostname or "",
        )
        if self.proxy_hops or not all(map(is_loopback, hosts)):
            raise ClockRefused(
                N_(
                    "A test clock needs a database on this machine, TRACKER_BASE_URL unset or "
                    "localhost, and TRACKER_PROXY_HOPS=0."
                )
            )
        self.clock()
