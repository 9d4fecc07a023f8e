"""Session tokens of the widget: signed, short-lived, bound to one site and one origin. Nothing is stored of them."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

LIFE = 15 * 60  # seconds; the widget asks for a new one by itself


@dataclass(frozen=True)
class Pass:
    """What a valid token says."""

    site: str
    origin: str


class Tokens:
    """Signs and reads tokens with one secret."""

    def __init__(self, secret: bytes, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._clock = clock

    def sign(self, site: str, origin: str) -> str:
        """A token of this site for pages of this origin."""
        body = json.dumps([site, origin, int(self._clock()) + LIFE], separators=(",", ":")).encode()
        return f"{_encode(body)}.{_encode(self._mac(body))}"

    def read(self, token: str) -> Pass | None:
        """What the token says; None when it is not ours, was changed, or is over."""
        body, _, mac = token.partition(".")
        try:
            said = _decode(body)
            if not hmac.compare_digest(self._mac(said), _decode(mac)):
                return None
            site, origin, until = json.loads(said)
        except (ValueError, UnicodeError):
            return None
        return Pass(site, origin) if self._clock() < until else None

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._secret, b"htx widget session\n" + body, hashlib.sha256).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
