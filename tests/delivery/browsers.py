"""A browser's side of a push: its keys, and what it makes of a message (RFC 8291)."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tracker.domain.endpoints import Endpoint

CURVE: Final = ec.SECP256R1()
HEAD: Final = 16 + 4 + 1 + 65


def text(content: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass(slots=True)
class Browser:
    """A browser that is subscribed at `url`."""

    url: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def public(self) -> bytes:
        """Return its point."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def endpoint(self) -> Endpoint:
        """Return what the server knows of it."""
        return Endpoint(self.url, self.public, self.secret)

    def told(self) -> dict[str, str]:
        """Return what its page sends to the server."""
        return {"endpoint": self.url, "p256dh": text(self.public), "auth": text(self.secret)}

    def read(self, body: bytes) -> bytes:
        """Decrypt a message; one that was not for this browser fails."""
        salt, point = body[:16], body[21:HEAD]
        assert body[16:21] == b"\x00\x00\x10\x00\x41"
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        info = b"WebPush: info\0" + self.public + point
        shared = self.key.exchange(ec.ECDH(), theirs)
        material = HKDF(SHA256(), 32, self.secret, info).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
        content = AESGCM(key).decrypt(nonce, body[HEAD:], None)
        return content.rstrip(b"\0").removesuffix(b"\x02")

    def read_json(self, body: bytes) -> dict[str, Any]:
        """Return the message as its worker reads it."""
        found: dict[str, Any] = json.loads(self.read(body))
        return found
