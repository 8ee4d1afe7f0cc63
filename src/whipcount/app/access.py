"""Who may come in: a token or a password, the sessions of those who did, and the names of hosts."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_SESSIONS = 1000
"""Sessions that are kept; the one that was longest unused is forgotten then."""

TRIES, WINDOW = 10, 60.0
"""Wrong passwords from one address within so many seconds, after which it must wait."""

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Names by which a browser reaches a page on its own machine."""


@dataclass(slots=True)
class Session:
    """Somebody who came in: the name they code under, and the token that their forms carry.

    `sample` is the one that they are coding blind to the machine, empty where none.
    """

    coder: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    sample: str = ""


class Access:
    """The doors of a review page: what opens them, and who is in.

    With a `password` people come in by it and give their names; without, by the `token` of the
    address that the terminal shows, as `coder`. `hosts` are further names under which the page may
    be reached. `clock` counts seconds.
    """

    def __init__(
        self,
        coder: str,
        *,
        password: str = "",
        hosts: tuple[str, ...] = (),
        token: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.coder = coder
        self.token = token or secrets.token_urlsafe(24)
        self.cookie = f"whipcount-{secrets.token_hex(4)}"
        self.has_password = bool(password)
        self.hosts = frozenset(name.casefold() for name in hosts)
        self._key = secrets.token_bytes(32)
        self._password = self._digest(password)
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._wrong: dict[str, deque[float]] = {}
        self._lock = threading.Lock()
        self._clock = clock

    def by_token(self, token: str) -> bool:
        """Tell whether this is the token."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def by_password(self, password: str, address: str) -> bool:
        """Tell whether this is the password; PermissionError where the address must wait."""
        now = self._clock()
        with self._lock:
            wrong = self._wrong.setdefault(address, deque(maxlen=TRIES))
            while wrong and wrong[0] < now - WINDOW:
                wrong.popleft()
            if len(wrong) == TRIES:
                raise PermissionError("too many wrong passwords; wait a minute, then try again")
            if self.has_password and hmac.compare_digest(self._digest(password), self._password):
                del self._wrong[address]
                return True
            wrong.append(now)
            if len(self._wrong) > MOST_SESSIONS:
                self._wrong = {each: times for each, times in self._wrong.items() if times}
            return False

    def open(self, coder: str) -> str:
        """Begin a session and return its secret, the value of the cookie."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[secret] = Session(coder)
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return secret

    def session(self, secret: str) -> Session | None:
        """Return the session of a cookie's value, None where there is none."""
        with self._lock:
            found = self._sessions.get(secret)
            if found is not None:
                self._sessions.move_to_end(secret)
            return found

    def close(self, secret: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(secret, None)

    def knows_host(self, header: str) -> bool:
        """Tell whether a Host header names this page.

        A name that is nobody's address here may be another site's that points to this machine (DNS
        rebinding); an address in figures can't be, so with a password every one is let in.
        """
        name = host_name(header)
        if name in LOCAL_NAMES or name in self.hosts:
            return True
        return self.has_password and _is_address(name)

    def _digest(self, words: str) -> bytes:
        return hashlib.blake2b(words.encode(), key=self._key).digest()


def host_name(header: str) -> str:
    """Return a Host header without its port."""
    header = header.strip().casefold()
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
